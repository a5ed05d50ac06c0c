import { expect, it } from 'vitest';
import { CanaryId, CanaryVerdictId, IncidentId, ModelVersionId } from '../../shared/base/ids';
import { UtcInstant } from '../../shared/base/time';
import { timelineEntries } from '../../renderer/registry/timelineEntries';

const NONE = { changes: [], requests: [], aliases: [] };
const ID = '0198c1d2-0000-7000-8000-000000000001';

it('a verdict stands in the timeline of its model, in words', () => {
  const verdict = {
    id: CanaryVerdictId.parse(ID),
    canaryId: CanaryId.parse(ID),
    candidateVersionId: ModelVersionId.parse(ID),
    candidate: 3,
    control: 1,
    verdict: 'rollBack',
    sentence: 'Roll back: it is worse.',
    judgedAtUtc: UtcInstant.parse('2026-01-02T03:04:05.000Z'),
    judgedBy: 'Ada',
  } as const;
  expect(
    timelineEntries({ modelId: ID, history: NONE, verdicts: [verdict], happenings: [] }),
  ).toEqual([
    {
      key: `verdict ${ID}`,
      atUtc: '2026-01-02T03:04:05.000Z',
      sentence: 'The canary of version 3 against 1 said roll back.',
      who: 'Ada',
      reason: 'Roll back: it is worse.',
      path: `/canaries/${ID}`,
      kind: 'verdict',
    },
  ]);
});

it('an incident stands in the timeline of its model, newest first', () => {
  const told = { incidentId: IncidentId.parse(ID), title: 'Sizes moved', who: 'Ada' };
  const at = (hour: number) => UtcInstant.parse(`2026-01-02T0${hour}:04:05.000Z`);
  const happenings = [
    { ...told, what: 'open', atUtc: at(3), text: 'All moved' },
    { ...told, what: 'decision', atUtc: at(4), text: 'Ask the supplier' },
    { ...told, what: 'close', atUtc: at(5), text: 'Centimetres again' },
  ] as const;
  const entries = timelineEntries({ modelId: ID, history: NONE, verdicts: [], happenings });
  const line = { who: 'Ada', path: `/incidents/${ID}`, kind: 'incident' };
  expect(entries).toEqual([
    {
      ...line,
      key: 'incident 2',
      atUtc: at(5),
      sentence: 'The incident “Sizes moved” was closed.',
      reason: 'Centimetres again',
    },
    {
      ...line,
      key: 'incident 1',
      atUtc: at(4),
      sentence: 'In the incident “Sizes moved”: decision.',
      reason: 'Ask the supplier',
    },
    {
      ...line,
      key: 'incident 0',
      atUtc: at(3),
      sentence: 'The incident “Sizes moved” was opened.',
      reason: 'All moved',
    },
  ]);
});
