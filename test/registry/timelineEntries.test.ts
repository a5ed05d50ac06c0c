import { expect, it } from 'vitest';
import { CanaryId, CanaryVerdictId, ModelVersionId } from '../../shared/base/ids';
import { UtcInstant } from '../../shared/base/time';
import { timelineEntries } from '../../renderer/registry/timelineEntries';

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
  expect(timelineEntries({ changes: [], requests: [], aliases: [] }, [verdict])).toEqual([
    {
      key: `verdict ${ID}`,
      atUtc: '2026-01-02T03:04:05.000Z',
      sentence: 'The canary of version 3 against 1 said roll back.',
      who: 'Ada',
      reason: 'Roll back: it is worse.',
      versionId: ID,
      kind: 'verdict',
    },
  ]);
});
