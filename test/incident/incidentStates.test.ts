import {
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  integer,
  oneof,
  record,
  type Arbitrary,
} from 'fast-check';
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

const cited = constantFrom<Cited>('bad', 'oldest', 'newest', 'event', 'none');
const hours = integer({ min: -9, max: 9 });
const act: Arbitrary<Act> = oneof(
  record({ do: constant('tick'), hours }),
  record({ do: constantFrom('restore', 'reopen', 'learn') }),
  record({ do: constant('began'), hours }),
  record({
    do: constant('note'),
    kind: constantFrom(...ENTRY_KINDS),
    evidence: cited,
    hours,
  }),
  { weight: 3, arbitrary: record({ do: constant('close'), evidence: cited }) },
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

/** What must hold after anything is done, and does not. */
async function faultsOf(before: Incident, after: Incident): Promise<readonly string[]> {
  const last = after.steps.findLast(({ act: done }) => done === 'close' || done === 'reopen');
  const isKept =
    JSON.stringify(after.steps.slice(0, before.steps.length)) === JSON.stringify(before.steps) &&
    before.entries.every((entry) => after.entries.some((one) => isSame(one, entry)));
  const durations = [after.timeToDetect, after.timeToRestore].map(({ durationMs }) => durationMs);
  const isClosed = after.state === 'closed';
  const rules: readonly (readonly [string, boolean])[] = [
    ['what was written stays', isKept],
    ['no time is negative', durations.every((ms) => ms === null || ms >= 0)],
    ['only a closing closes', isClosed === (last?.act === 'close')],
    ['what was reopened is not restored', !isReopened(before, after) || isUnrestored(after)],
    ['what is closed is restored', !isClosed || !isUnrestored(after)],
    ['it closes on a good record', !isClosed || showsGoodRecord(after)],
    ['it closes by signature', !isClosed || (await isSigned(after))],
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => rule);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isReopened(before: Incident, after: Incident): boolean {
  return before.state === 'closed' && after.state === 'open';
}

function isUnrestored({ restoredAtUtc, timeToRestore }: Incident): boolean {
  return restoredAtUtc === null && timeToRestore.durationMs === null;
}

function showsGoodRecord({ entries }: Incident): boolean {
  const written = entries.toSorted((a, b) => a.ordinal - b.ordinal).at(-1);
  const evidence = written?.evidence?.evidence;
  return (
    written?.kind === 'restoration' &&
    evidence?.kind === 'driftReport' &&
    good.includes(evidence.reportId)
  );
}

async function isSigned(incident: Incident): Promise<boolean> {
  const recordId = closingIds(incident).at(-1) ?? '';
  const { signatures } = okValue<'vault.listSignatures'>(
    await model.call('vault.listSignatures', { recordType: 'incident.closing', recordId }),
  );
  return signatures.some(({ meaning, isCurrent }) => meaning === 'responsibility' && isCurrent);
}

/** Does one after the other; what did not hold, and the states on the way. */
async function live(acts: readonly Act[]) {
  let incident = await openIncident();
  const faults: string[] = [];
  const states: string[] = [];
  for (const step of acts) {
    await perform(incident, step);
    const next = await read(incident.id);
    faults.push(...(await faultsOf(incident, next)));
    incident = next;
    states.push(next.state);
  }
  return { faults, states, incident };
}

describe('an incident', () => {
  it('never closes without signed evidence, runs backwards or forgets, whatever is done in whatever order', async () => {
    expect.hasAssertions();
    await assert(
      asyncProperty(array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
        // Later than anything before, whatever the clock was set back to.
        clock.advance(1000 * HOUR_MS);
        expect((await live(acts)).faults).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });

  it('closes on evidence, reopens, and closes again on newer evidence only, also when the clock goes back', async () => {
    clock.advance(1000 * HOUR_MS);
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
    const { faults, states, incident } = await live(steps);
    expect(faults).toEqual([]);
    // A report that the clock dates before the reopening does not count.
    expect(states.map((state) => state === 'closed')).toEqual(
      steps.map((_, i) => i === 3 || i === 11),
    );
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
