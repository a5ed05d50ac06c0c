import { expect, it } from 'vitest';
import { judgeCanary } from '../../shared/canary/canaryJudge';
import type { CanaryVerdictKind } from '../../shared/canary/canaryJudgement';
import { twoProportionTest } from '../../shared/stats/twoProportionTest';
import { ACCURACY, caseOf, rateLook } from '../canary/canaryCases';

const RUNS = 2_000;
const DAYS = 20;
const ROWS_A_DAY = 4_000;
const CONTROL = 0.83;

/** Mulberry32: the same runs on every machine. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function successes(random: () => number, n: number, share: number): number {
  let count = 0;
  for (let i = 0; i < n; i++) if (random() < share) count++;
  return count;
}

/** What looking every day and stopping at the first decision comes to, in shares of runs. */
function simulate(candidate: number) {
  const random = randomOf(20_260_102);
  const stopped = { sequence: { promote: 0, rollBack: 0 }, fixed: { promote: 0, rollBack: 0 } };
  for (let run = 0; run < RUNS; run++) {
    const decided: { sequence: CanaryVerdictKind; fixed: CanaryVerdictKind } = {
      sequence: 'hold',
      fixed: 'hold',
    };
    let [x1, n1, x2, n2] = [0, 0, 0, 0];
    for (let day = 0; day < DAYS; day++) {
      const rows = Math.round(ROWS_A_DAY * ACCURACY.candidateShare);
      x2 += successes(random, rows, candidate);
      x1 += successes(random, ROWS_A_DAY - rows, CONTROL);
      [n1, n2] = [n1 + ROWS_A_DAY - rows, n2 + rows];
      if (decided.sequence === 'hold')
        decided.sequence = judgeCanary(caseOf(ACCURACY, rateLook([x1, n1], [x2, n2]))).verdict;
      if (decided.fixed === 'hold') decided.fixed = fixedVerdict([x1, n1], [x2, n2]);
    }
    for (const kind of ['sequence', 'fixed'] as const)
      if (decided[kind] !== 'hold') stopped[kind][decided[kind]]++;
  }
  return stopped;
}

/** The same rule with the interval of one look, as if there were no others. */
function fixedVerdict(
  [x1, n1]: readonly [number, number],
  [x2, n2]: readonly [number, number],
): CanaryVerdictKind {
  const test = twoProportionTest(
    { count: x1, n: n1 },
    { count: x2, n: n2 },
    1 - 2 * ACCURACY.alpha,
  );
  if (test.status !== 'ok') return 'hold';
  const margin = ACCURACY.margin.value;
  const [worst, best] = test.differenceInterval;
  if (best < 0 && test.difference < -margin) return 'rollBack';
  return worst > -margin ? 'promote' : 'hold';
}

it('keeps the promised error under a look a day, where a fixed test does not', () => {
  const atMargin = simulate(CONTROL - ACCURACY.margin.value);
  const equal = simulate(CONTROL);
  const percent = (count: number) => `${((count / RUNS) * 100).toFixed(2)} %`;
  console.log(
    [
      `${RUNS} runs, ${DAYS} looks, ${ROWS_A_DAY} rows a day, ${ACCURACY.candidateShare * 100} % to the candidate, accuracy ${CONTROL}, margin ${ACCURACY.margin.value}, promised ${ACCURACY.alpha * 100} %`,
      `false promotion (worse by the margin): fixed test ${percent(atMargin.fixed.promote)}, sequence ${percent(atMargin.sequence.promote)}`,
      `false rollback (no difference):        fixed test ${percent(equal.fixed.rollBack)}, sequence ${percent(equal.sequence.rollBack)}`,
      `promoted when equal:                   fixed test ${percent(equal.fixed.promote)}, sequence ${percent(equal.sequence.promote)}`,
    ].join('\n'),
  );
  expect(atMargin.sequence.promote / RUNS).toBeLessThanOrEqual(ACCURACY.alpha);
  expect(equal.sequence.rollBack / RUNS).toBeLessThanOrEqual(ACCURACY.alpha);
  expect(atMargin.fixed.promote / RUNS).toBeGreaterThan(ACCURACY.alpha);
}, 300_000);
