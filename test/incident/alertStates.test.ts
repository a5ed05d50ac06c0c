import { array, assert, asyncProperty, constantFrom, nat, record } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raiseAlert } from '../../electron/incident/alertService';
import type { AlertId, PersonId } from '../../shared/base/ids';
import {
  AlertAct,
  AlertState,
  isWaiting,
  stateAfter,
  type Alert,
  type Severity,
} from '../../shared/incident/alert';
import { testClock } from '../support/testClock';
import { createTestModel, okValue, type TestModel } from '../support/testModel';

const clock = testClock();
let model: TestModel;
let me: PersonId;
beforeAll(async () => {
  model = await createTestModel({ nowMs: clock.nowMs });
  const [person] = okValue<'vault.listPeople'>(await model.call('vault.listPeople', {}));
  me = person!.id;
});
afterAll(() => model.close());

/** What a person or a rule does next; `isStale` names a revision that is not the newest. */
interface Command {
  readonly act: Exclude<AlertAct, 'wake'> | 'warning' | 'critical';
  readonly isStale: boolean;
}

const command = record({
  act: constantFrom(
    ...(['acknowledge', 'own', 'explain', 'snooze', 'close', 'warning', 'critical'] as const),
  ),
  isStale: nat(9).map((n) => n === 0),
});

/** The alert as it should be, kept beside the real one. */
interface Expected {
  id: AlertId;
  state: AlertState;
  severity: Severity;
  nOccurrences: number;
  nSteps: number;
}

async function alertsOf(rule: string): Promise<Alert[]> {
  const alerts = okValue<'incident.listAlerts'>(
    await model.call('incident.listAlerts', { modelId: model.modelId }),
  );
  return alerts.filter((alert) => alert.rule === rule);
}

function raise(rule: string, severity: Severity): AlertId {
  clock.advance(1000);
  const atUtc = new Date(clock.nowMs()).toISOString();
  const facts = { versionId: null, segment: null, label: 'w', message: 'm', atUtc } as const;
  const source = { kind: 'performance', windowId: null, metric: rule } as const;
  return model.core.context.vault
    .session()!
    .write('test.raised', 'x', {}, (db) =>
      raiseAlert(db, { ...facts, modelId: model.modelId, rule, source, severity }),
    );
}

function call(act: Exclude<AlertAct, 'wake'>, ref: { alertId: AlertId; revision: number }) {
  switch (act) {
    case 'acknowledge':
      return model.call('incident.acknowledgeAlert', { ...ref, reason: 'r' });
    case 'own':
      return model.call('incident.ownAlert', { ...ref, ownerId: me, reason: 'r' });
    case 'explain':
      return model.call('incident.explainAlert', { ...ref, explanation: 'r' });
    case 'snooze': {
      const untilUtc = new Date(clock.nowMs() + 60_000).toISOString();
      return model.call('incident.snoozeAlert', { ...ref, untilUtc, reason: 'r' });
    }
    case 'close':
      return model.call('incident.closeAlert', { ...ref, reason: 'r' });
  }
}

function occur(expected: Expected, rule: string, severity: Severity): Expected {
  const id = raise(rule, severity);
  if (expected.state === 'closed') {
    return { id, state: 'new', severity, nOccurrences: 1, nSteps: 0 };
  }
  const isWorse = expected.severity === 'warning' && severity === 'critical';
  return {
    id: expected.id,
    state: isWorse ? 'new' : expected.state,
    severity: isWorse ? 'critical' : expected.severity,
    nOccurrences: expected.nOccurrences + 1,
    nSteps: expected.nSteps + (isWorse ? 1 : 0),
  };
}

interface Taken {
  readonly expected: Expected;
  readonly predicted: string;
  readonly answered: string;
}

async function take(expected: Expected, rule: string, { act, isStale }: Command): Promise<Taken> {
  if (act === 'warning' || act === 'critical') {
    return { expected: occur(expected, rule, act), predicted: 'ok', answered: 'ok' };
  }
  const next = isStale ? null : stateAfter(expected.state, act);
  const ref = { alertId: expected.id, revision: expected.nSteps + (isStale ? 1 : 0) };
  const answer = await call(act, ref);
  const answered = answer.ok ? 'ok' : answer.error.code;
  if (next === null) return { expected, predicted: 'CONFLICT', answered };
  const taken = { ...expected, state: next, nSteps: expected.nSteps + 1 };
  return { expected: taken, predicted: 'ok', answered };
}

describe('an alert', () => {
  it('goes through its states by allowed steps only, whatever people and rules do', async () => {
    let nRuns = 0;
    await assert(
      asyncProperty(array(command, { minLength: 4, maxLength: 16 }), async (commands) => {
        const rule = `rule ${String((nRuns += 1))}`;
        const id = raise(rule, 'warning');
        let expected: Expected = {
          id,
          state: 'new',
          severity: 'warning',
          nOccurrences: 1,
          nSteps: 0,
        };
        for (const one of commands) {
          const taken = await take(expected, rule, one);
          expect(taken.answered).toBe(taken.predicted);
          ({ expected } = taken);
          const alerts = await alertsOf(rule);
          const found = alerts.find((alert) => alert.id === expected.id)!;
          expect({
            id: found.id,
            state: found.state,
            severity: found.severity,
            nOccurrences: found.occurrences.length,
            nSteps: found.steps.length,
          }).toEqual(expected);
          expect(found.revision).toBe(found.steps.length);
          expect(alerts.filter(({ state }) => state !== 'closed').length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('is never closed unseen, and never leaves that state', () => {
    expect(stateAfter('new', 'close')).toBeNull();
    for (const act of AlertAct.options) expect(stateAfter('closed', act)).toBeNull();
  });

  it('waits for a person while it is new and nobody has put it off', () => {
    const now = '2026-01-02T03:04:05.000Z';
    for (const state of AlertState.options)
      expect(isWaiting({ state, snoozedUntilUtc: null }, now)).toBe(state === 'new');
    expect(isWaiting({ state: 'new', snoozedUntilUtc: '2026-01-02T03:04:06.000Z' }, now)).toBe(
      false,
    );
    expect(isWaiting({ state: 'new', snoozedUntilUtc: now }, now)).toBe(true);
  });
});

describe('wrong input', () => {
  it('is told apart: an owner nobody knows, a pause that ends in the past or never', async () => {
    const ref = { alertId: raise('wrong input', 'warning'), revision: 0 };
    expect(
      await model.call('incident.ownAlert', { ...ref, ownerId: crypto.randomUUID(), reason: 'r' }),
    ).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    for (const untilUtc of [clock.nowMs(), clock.nowMs() + 91 * 86_400_000].map((ms) =>
      new Date(ms).toISOString(),
    )) {
      expect(
        await model.call('incident.snoozeAlert', { ...ref, untilUtc, reason: 'r' }),
      ).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    }
    expect(await alertsOf('wrong input')).toMatchObject([{ state: 'new', revision: 0 }]);
  });
});
