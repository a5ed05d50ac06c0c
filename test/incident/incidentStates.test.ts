import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raiseAlert } from '../../electron/incident/alertService';
import type { DriftReportId } from '../../shared/base/ids';
import { closingIds } from '../../shared/incident/closing';
import {
  ENTRY_KINDS,
  incidentStateAfter,
  type EntryKind,
  type Evidence,
  type Incident,
} from '../../shared/incident/incident';
import { RESPONSIBLE } from '../support/incident';
import { testClock } from '../support/testClock';
import {
  colours,
  createTestModel,
  csvFile,
  evenly,
  okValue,
  type TestModel,
} from '../support/testModel';

const HOUR_MS = 3_600_000;
const clock = testClock();
let model: TestModel;
/** Reports in which nothing moved, of every run. */
const good: DriftReportId[] = [];
let bad: DriftReportId;

beforeAll(async () => {
  model = await createTestModel({ nowMs: clock.nowMs });
  bad = (await model.importDrifted()).id;
});
afterAll(() => model.close());

type Act =
  | { readonly do: 'tick'; readonly hours: number }
  | { readonly do: 'restore' | 'reopen' | 'learn' }
  | { readonly do: 'began'; readonly hours: number }
  | {
      readonly do: 'note';
      readonly kind: EntryKind;
      readonly evidence: Cited;
      readonly hours: number;
    }
  | { readonly do: 'close'; readonly evidence: Cited };
type Cited = 'bad' | 'oldest' | 'newest' | 'event' | 'none';

const cited = fc.constantFrom<Cited>('bad', 'oldest', 'newest', 'event', 'none');
const hours = fc.integer({ min: -9, max: 9 });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constant('tick'), hours }),
  fc.record({ do: fc.constantFrom('restore', 'reopen', 'learn') }),
  fc.record({ do: fc.constant('began'), hours }),
  fc.record({
    do: fc.constant('note'),
    kind: fc.constantFrom(...ENTRY_KINDS),
    evidence: cited,
    hours,
  }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('close'), evidence: cited }) },
);

function evidenceOf(which: Cited): Evidence | null {
  if (which === 'event') return { kind: 'auditEvent', seq: 1 };
  const reportId = { bad, oldest: good[0], newest: good.at(-1), none: undefined }[which];
  return reportId === undefined ? null : { kind: 'driftReport', reportId };
}

/** An incident of an alert that was raised now. */
async function openIncident(): Promise<Incident> {
  const { modelId, versionId } = model;
  const atUtc = new Date(clock.nowMs()).toISOString();
  const session = model.core.context.vault.session()!;
  const alertId = session.write('test.raised', 'x', {}, (db) =>
    raiseAlert(db, {
      modelId,
      versionId,
      segment: null,
      rule: `drift ${crypto.randomUUID()}`,
      source: { kind: 'drift', reportId: bad },
      label: 'January',
      severity: 'warning',
      message: 'Size moved.',
      atUtc,
    }),
  );
  const input = { alertIds: [alertId], title: 'Sizes moved', beganAtUtc: null, reason: 'All' };
  return okValue<'incident.openIncident'>(await model.call('incident.openIncident', input));
}

/** Does it, whether or not it is allowed. */
async function perform({ id: incidentId, revision }: Incident, step: Act): Promise<void> {
  const { call } = model;
  const ref = { incidentId, revision };
  const inHours = (n: number): string => new Date(clock.nowMs() + n * HOUR_MS).toISOString();
  switch (step.do) {
    case 'tick':
      return clock.advance(step.hours * HOUR_MS);
    case 'restore': {
      const same = csvFile({ size: evenly(0), colour: colours(0.5) });
      good.push(okValue<'drift.importBatch'>(await model.importBatch(same, 'Back')).id);
      return;
    }
    case 'reopen':
      return void (await call('incident.reopenIncident', { ...ref, reason: 'Again' }));
    case 'learn':
      return void (await call('incident.writePostMortem', { ...ref, text: 'Inches' }));
    case 'began': {
      const beganAtUtc = inHours(step.hours);
      return void (await call('incident.setBegan', { ...ref, beganAtUtc, reason: 'They said' }));
    }
    case 'note': {
      const evidence = evidenceOf(step.evidence);
      const entry = { kind: step.kind, atUtc: inHours(step.hours), text: 'So it was', evidence };
      return void (await call('incident.addEntry', { ...ref, ...entry }));
    }
    case 'close': {
      const evidence = evidenceOf(step.evidence);
      if (evidence === null) return;
      const shown = await call('incident.previewClosing', { ...ref, evidence });
      if (!shown.ok) return;
      const signing = { ...RESPONSIBLE, isClockConfirmed: true };
      await call('incident.closeIncident', { stageId: shown.value.stageId, signing });
    }
  }
}

async function read(incidentId: Incident['id']): Promise<Incident> {
  return okValue<'incident.getIncident'>(await model.call('incident.getIncident', { incidentId }));
}

async function expectSound(before: Incident, after: Incident): Promise<void> {
  // What was written stays as it was written.
  expect(after.steps.slice(0, before.steps.length)).toEqual(before.steps);
  expect(after.entries).toEqual(expect.arrayContaining([...before.entries]));
  for (const { durationMs } of [after.timeToDetect, after.timeToRestore])
    expect(durationMs ?? 0).toBeGreaterThanOrEqual(0);
  const closings = closingIds(after);
  const last = after.steps.findLast(({ act }) => act === 'close' || act === 'reopen');
  expect(after.state).toBe(last?.act === 'close' ? 'closed' : 'open');
  if (last?.act === 'reopen' && before.state === 'closed') expect(after.restoredAtUtc).toBeNull();
  if (after.state === 'open') return;
  const written = after.entries.toSorted((a, b) => a.ordinal - b.ordinal).at(-1);
  expect(written).toMatchObject({
    kind: 'restoration',
    evidence: { evidence: { kind: 'driftReport' } },
  });
  expect(good.map((reportId) => ({ kind: 'driftReport', reportId }))).toContainEqual(
    written?.evidence?.evidence,
  );
  expect(after.restoredAtUtc).not.toBeNull();
  const record = { recordType: 'incident.closing', recordId: closings.at(-1)! } as const;
  expect(
    okValue<'vault.listSignatures'>(await model.call('vault.listSignatures', record)).signatures,
  ).toMatchObject([{ meaning: 'responsibility', isCurrent: true }]);
}

describe('an incident', () => {
  it('never closes without signed evidence, runs backwards or forgets, whatever is done in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
        // Later than anything before, whatever the clock was set back to.
        clock.advance(1000 * HOUR_MS);
        let incident = await openIncident();
        for (const step of acts) {
          await perform(incident, step);
          const next = await read(incident.id);
          await expectSound(incident, next);
          incident = next;
        }
      }),
      { numRuns: 12 },
    );
  });

  it('closes on evidence, reopens, and closes again on newer evidence only, also when the clock goes back', async () => {
    clock.advance(1000 * HOUR_MS);
    let incident = await openIncident();
    const states: string[] = [];
    const steps: Act[] = [
      { do: 'close', evidence: 'newest' },
      { do: 'tick', hours: 2 },
      { do: 'restore' },
      { do: 'close', evidence: 'newest' },
      { do: 'reopen' },
      { do: 'tick', hours: -1 },
      { do: 'close', evidence: 'newest' },
      { do: 'restore' },
      { do: 'close', evidence: 'newest' },
      { do: 'tick', hours: 3 },
      { do: 'restore' },
      { do: 'close', evidence: 'newest' },
    ];
    for (const step of steps) {
      await perform(incident, step);
      const next = await read(incident.id);
      await expectSound(incident, next);
      incident = next;
      states.push(incident.state);
    }
    // A report that the clock dates before the reopening does not count.
    expect(states).toEqual([
      ...['open', 'open', 'open', 'closed', 'open', 'open', 'open', 'open', 'open', 'open', 'open'],
      'closed',
    ]);
    expect(closingIds(incident)).toHaveLength(2);
  });

  it('has no step from a state that is not in the table', () => {
    const acts = ['addEntry', 'setBegan', 'writePostMortem', 'close', 'reopen'] as const;
    expect(acts.map((one) => [one, incidentStateAfter('open', one)])).toEqual([
      ['addEntry', 'open'],
      ['setBegan', 'open'],
      ['writePostMortem', 'open'],
      ['close', 'closed'],
      ['reopen', null],
    ]);
    expect(acts.map((one) => [one, incidentStateAfter('closed', one)])).toEqual([
      ['addEntry', null],
      ['setBegan', null],
      ['writePostMortem', 'closed'],
      ['close', null],
      ['reopen', 'open'],
    ]);
  });
});
