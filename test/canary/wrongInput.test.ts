import { beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan } from '../../shared/canary/canaryPlan';
import type { CanaryId } from '../../shared/base/ids';
import { importRows, planTrial, TRIAL_PLAN } from '../support/canary';
import { createTestModel, csvFile, okValue, type TestModel } from '../support/testModel';

const RANKED = {
  ...defaultPlan('score', 'ranked', 0.7),
  primary: {
    column: 'score',
    kind: 'ranked',
    labelColumn: 'label',
    direction: 'higherIsBetter',
  },
  candidateShare: 0.5,
} as const;
const LATENCY = { ...defaultPlan('ms', 'continuous', 10), candidateShare: 0.5 };

function spread(n: number): number[] {
  return Array.from({ length: n }, (_, i) => (i * 37) % 101);
}

describe('wrong input of a canary', () => {
  let model: TestModel;
  const canaries = new Map<unknown, CanaryId>();

  beforeAll(async () => {
    model = await createTestModel();
    for (const plan of [TRIAL_PLAN, RANKED, LATENCY])
      canaries.set(plan, (await planTrial(model, plan)).canaryId);
  });

  function read(
    plan: unknown,
    files: readonly [string, string | null],
    columns: Parameters<typeof importRows>[3] = {},
  ) {
    return importRows(model, canaries.get(plan)!, files, columns);
  }

  it.each([
    [
      'text in the metric',
      LATENCY,
      [{ ms: [1, 2] }, { ms: [1, 'slow'] }],
      {},
      /row 2, column "ms": the value is not a number/u,
    ],
    [
      'a metric that is not yes or no',
      TRIAL_PLAN,
      [{ correct: [1, 0] }, { correct: [1, 7] }],
      {},
      /row 2, column "correct": the value is not yes or no/u,
    ],
    [
      'a column that is not there',
      TRIAL_PLAN,
      [{ correct: [1, 0] }, { right: [1, 0] }],
      {},
      /column "correct": the file has no such column/u,
    ],
    ['an empty arm', TRIAL_PLAN, [{ correct: [1, 0] }, { correct: [] }], {}, /no data rows/u],
    [
      'arms that do not overlap in time',
      TRIAL_PLAN,
      [
        { correct: [1, 0], at: ['2026-01-01', '2026-01-02'] },
        { correct: [1, 0], at: ['2026-02-01', '2026-02-02'] },
      ],
      { timeColumn: 'at' },
      /do not overlap in time/u,
    ],
    [
      'the same rows scored by both, all of one class',
      RANKED,
      [{ label: [1, 1, 1], score: [0.1, 0.2, 0.3], other: [0.1, 0.2, 0.3] }, null],
      { layout: { kind: 'paired', candidateColumn: 'other' } },
      /at least two of each class/u,
    ],
    [
      'an assignment that nobody has',
      TRIAL_PLAN,
      [{ correct: [1, 0], arm: ['A', 'A'] }, null],
      {
        layout: {
          kind: 'oneFile',
          assignmentColumn: 'arm',
          controlLabel: 'A',
          candidateLabel: 'B',
        },
      },
      /no row is assigned to the candidate/u,
    ],
    [
      'one file where two are needed',
      TRIAL_PLAN,
      [{ correct: [1, 0] }, null],
      {},
      /Only one file was chosen/u,
    ],
  ] as const)('refuses %s and records nothing', async (_what, plan, tables, columns, message) => {
    const [control, candidate] = tables;
    const answer = await read(
      plan,
      [csvFile(control), candidate === null ? null : csvFile(candidate, 'candidate.csv')],
      columns,
    );
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', message: expect.stringMatching(message) },
    });
    const canaryId = canaries.get(plan)!;
    const { nLooks } = okValue<'canary.get'>(await model.call('canary.get', { canaryId }));
    expect(nLooks).toBe(0);
  });

  it.each([
    [
      'labels all of one class',
      RANKED,
      { label: Array(150).fill(1), score: spread(150) },
      /one class/u,
    ],
    ['a constant metric', LATENCY, { ms: Array(150).fill(3) }, /constant in both arms/u],
    ['one row', LATENCY, { ms: [3] }, /each arm needs 100/u],
    ['no outcome at all', LATENCY, { ms: Array(150).fill('NaN') }, /no row with an outcome|need/u],
  ])('holds with a reason for %s', async (_what, plan, table, message) => {
    const fresh = await planTrial(model, plan);
    const other = { ...table, row: spread(150).slice(0, Object.values(table)[0]!.length) };
    const answer = await importRows(model, fresh.canaryId, [csvFile(table), csvFile(other)]);
    const { judgement } = okValue<'canary.importLook'>(answer);
    expect(judgement!.verdict).toBe('hold');
    expect(judgement!.reasons.map(({ sentence }) => sentence).join(' ')).toMatch(message);
  });

  it('blocks the verdict when the split is not the planned one', async () => {
    const { canaryId } = await planTrial(model);
    const files = [
      csvFile({ correct: spread(1_000).map((value) => value % 2) }),
      csvFile({ correct: spread(700).map((value) => value % 2) }),
    ] as const;
    const { judgement } = okValue<'canary.importLook'>(await importRows(model, canaryId, files));
    expect(judgement).toMatchObject({ verdict: 'hold', isBlocked: true });
  });

  it('compares the same rows scored by both versions', async () => {
    const { canaryId } = await planTrial(model, RANKED);
    const label = spread(400).map((value) => Number(value > 50));
    const score = spread(400).map((value, i) => value + ((i * 13) % 40));
    const other = spread(400).map((value, i) => value + ((i * 13) % 45));
    const layout = { kind: 'paired', candidateColumn: 'other' } as const;
    const path = csvFile({ label, score, other });
    const { judgement } = okValue<'canary.importLook'>(
      await importRows(model, canaryId, [path, null], { layout }),
    );
    expect(judgement!.tests.map(({ name }) => name)).toEqual([
      'Mixture sequential test (mSPRT)',
      'DeLong, the same rows',
    ]);
    expect(judgement!.sampleRatio.isMismatch).toBe(false);
  });
});
