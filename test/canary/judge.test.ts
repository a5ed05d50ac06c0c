import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { judgeCanary } from '../../shared/canary/canaryJudge';
import { CanaryJudgement } from '../../shared/canary/canaryJudgement';
import { storeValues, type MetricEvidence } from '../../shared/canary/canaryEvidence';
import { defaultPlan, type CanaryPlan } from '../../shared/canary/canaryPlan';
import { fromUnsorted } from '../../shared/stats/empiricalDistribution';
import { sampleMoments } from '../../shared/stats/sampleMoments';
import { ACCURACY, armRows, caseOf, rateLook } from './canaryCases';

const SHIPPED = rateLook([83_000, 100_000], [4_410, 5_263]);

function means(control: readonly number[], candidate: readonly number[]): MetricEvidence {
  const arm = (values: readonly number[]) => ({
    ...sampleMoments(values),
    values: storeValues(fromUnsorted(values)),
  });
  return { kind: 'mean', control: arm(control), candidate: arm(candidate) };
}

function meanLook(control: readonly number[], candidate: readonly number[]) {
  return {
    control: armRows(control.length),
    candidate: armRows(candidate.length),
    primary: means(control, candidate),
    guardrails: [],
  };
}

/** Reproducible values without a pattern. */
function wave(n: number, level: number, phase = 0): number[] {
  return Array.from({ length: n }, (_, i) => level + Math.sin(i * 12.9898 + phase) * 10);
}

const LATENCY: CanaryPlan = {
  ...defaultPlan('latency_ms', 'continuous', 120),
  primary: {
    column: 'latency_ms',
    kind: 'continuous',
    labelColumn: null,
    direction: 'lowerIsBetter',
  },
  candidateShare: 0.5,
};

describe('the verdict', () => {
  it('promotes when the worst end of the interval is above the margin', () => {
    const judgement = judgeCanary(caseOf(ACCURACY, SHIPPED));
    expect(judgement).toMatchObject({ verdict: 'promote', isBlocked: false, moreRows: null });
    expect(judgement.sentence).toMatch(
      /^Promote: correct is 0\.838 with the candidate and 0\.830 with the control; no difference is shown, and at worst it changes by -0\.\d+, which is above the margin of -0\.020 \(Mixture sequential test \(mSPRT\), one-sided 95\.0 %, n = 5,263 \/ 100,000\)\.$/u,
    );
  });

  it('rolls back a drop beyond the margin that is no chance', () => {
    const judgement = judgeCanary(caseOf(ACCURACY, rateLook([83_000, 100_000], [4_000, 5_263])));
    expect(judgement.verdict).toBe('rollBack');
    expect(judgement.sentence).toContain('it is worse by 0.070, beyond the margin of 0.020');
  });

  it('holds with the rows that are missing when a tiny sample comes', () => {
    const judgement = judgeCanary(caseOf(ACCURACY, rateLook([790, 950], [43, 50])));
    expect({ verdict: judgement.verdict, moreRows: judgement.moreRows! > 50 }).toEqual({
      verdict: 'hold',
      moreRows: true,
    });
    expect(judgement.reasons[1]!.sentence).toBe(
      '50 candidate and 950 control rows have an outcome; each arm needs 100 (minimum of the plan).',
    );
  });

  it('says "no difference" about an identical pair', () => {
    const judgement = judgeCanary(caseOf(ACCURACY, rateLook([78_850, 95_000], [4_150, 5_000])));
    expect(judgement.sentence).toContain('no difference: at worst');
    expect(judgement.primary).toMatchObject({ difference: 0, relative: 0 });
  });

  it('judges nothing when the split is not the planned one', () => {
    const judgement = judgeCanary(caseOf(ACCURACY, rateLook([83_000, 100_000], [8_300, 10_000])));
    expect(judgement).toMatchObject({
      verdict: 'hold',
      isBlocked: true,
      sampleRatio: { isMismatch: true },
    });
    expect(judgement.sentence).toBe(
      'Hold, nothing was judged: the candidate got 9.1 % of rows where 5.0 % were planned.',
    );
  });

  it('holds without a number when every outcome is the same', () => {
    const judgement = judgeCanary(caseOf(ACCURACY, rateLook([100_000, 100_000], [5_263, 5_263])));
    expect(judgement).toMatchObject({ verdict: 'hold', moreRows: null });
    expect(judgement.reasons[1]!.sentence).toContain('Every outcome of both arms is the same.');
  });

  it('reads a lower latency as better', () => {
    const slower = judgeCanary(caseOf(LATENCY, meanLook(wave(2_000, 120), wave(2_000, 130, 1))));
    const faster = judgeCanary(caseOf(LATENCY, meanLook(wave(2_000, 120), wave(2_000, 110, 1))));
    expect([slower.verdict, faster.verdict]).toEqual(['rollBack', 'promote']);
  });

  it('holds when an arm has no outcome, or the metric is constant', () => {
    const empty = judgeCanary(caseOf(LATENCY, meanLook(wave(200, 120), [])));
    const constant = judgeCanary(caseOf(LATENCY, meanLook(Array(200).fill(5), Array(200).fill(5))));
    expect(empty.sampleRatio.isMismatch).toBe(true);
    expect([empty.verdict, constant.verdict]).toEqual(['hold', 'hold']);
    expect(constant.reasons[1]!.sentence).toContain('The metric is constant in both arms.');
  });

  it('is bound to the planned looks when they are fixed', () => {
    const plan: CanaryPlan = {
      ...ACCURACY,
      design: {
        kind: 'fixedLooks',
        bounds: 'spendObrienFleming',
        looks: 2,
        candidateRows: 5_263,
      },
    };
    const half = rateLook([41_500, 50_000], [2_180, 2_632]);
    const judgement = judgeCanary(caseOf(plan, half, half));
    expect(judgement.path.map(({ interval }) => interval !== null)).toEqual([true, true]);
    expect(judgement.verdict).toBe('promote');
    expect(judgeCanary(caseOf(plan, half)).verdict).toBe('hold');
  });

  it('says when the plan was changed after looks were seen', () => {
    const judgement = judgeCanary({ ...caseOf(ACCURACY, SHIPPED, SHIPPED), looksBeforePlan: 1 });
    expect(judgement.reasons.at(-1)).toEqual({
      about: 'plan',
      speaksFor: null,
      sentence:
        'The plan was changed after 1 look was seen, so the promised error rates do not hold any more.',
    });
  });
});

describe('guardrails', () => {
  const failures: CanaryPlan['guardrails'][number] = {
    kind: 'rateLimit',
    column: 'failed',
    isCritical: true,
    limit: 0.01,
  };
  const failed = (control: number, candidate: number): MetricEvidence => ({
    kind: 'rate',
    control: { count: control, n: 100_000 },
    candidate: { count: candidate, n: 5_263 },
  });
  const judged = (plan: CanaryPlan, evidence: MetricEvidence) =>
    judgeCanary(caseOf(plan, rateLook([83_000, 100_000], [4_410, 5_263], [evidence])));

  it('roll back when a critical one is broken, whatever the primary metric says', () => {
    const judgement = judged({ ...ACCURACY, guardrails: [failures] }, failed(500, 160));
    expect(judgement.guardrails[0]).toMatchObject({ state: 'broken', candidate: 0.0304009120274 });
    expect(judgement).toMatchObject({
      verdict: 'rollBack',
      sentence: 'Roll back: the critical guardrail failed (rate against a limit) is broken.',
    });
  });

  it('only warn when one that is not critical is broken', () => {
    const plan = { ...ACCURACY, guardrails: [{ ...failures, isCritical: false }] };
    expect(judged(plan, failed(500, 160)).verdict).toBe('promote');
  });

  it('hold a promotion while a critical one is worse than allowed by chance', () => {
    const judgement = judged({ ...ACCURACY, guardrails: [failures] }, failed(500, 56));
    expect(judgement.guardrails[0]!.state).toBe('unclear');
    expect(judgement.verdict).toBe('hold');
    expect(judgement.sentence).toMatch(/^Hold: the critical guardrail failed/u);
  });
});

const counts = fc.record({
  control: fc.integer({ min: 0, max: 9_500 }),
  candidate: fc.integer({ min: 0, max: 500 }),
});

describe('a judgement', () => {
  it('is valid, and the same to the byte when it is made again', () =>
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 4 }), (looks) => {
        const input = caseOf(
          ACCURACY,
          ...looks.map((look) => rateLook([look.control, 9_500], [look.candidate, 500])),
        );
        const judgement = CanaryJudgement.parse(judgeCanary(input));
        const copy = JSON.parse(JSON.stringify(input)) as typeof input; // plain data
        expect(canonicalJson(judgeCanary(copy))).toBe(canonicalJson(judgement));
      }),
    ));

  it('turns the sign of the effect when the arms are swapped', () =>
    fc.assert(
      fc.property(counts, ({ control, candidate }) => {
        const plan = { ...ACCURACY, candidateShare: 0.5 };
        const there = judgeCanary(caseOf(plan, rateLook([control, 9_500], [candidate, 9_500])));
        const back = judgeCanary(caseOf(plan, rateLook([candidate, 9_500], [control, 9_500])));
        expect(back.primary.difference! + there.primary.difference!).toBe(0);
        const ends = (interval: readonly number[] | null) => interval ?? [0, 0];
        expect(ends(back.primary.interval)[0]).toBeCloseTo(-ends(there.primary.interval)[1]!, 10);
      }),
    ));

  it('does not depend on the order of rows, nor on which look they came with', () => {
    const [a, b] = [wave(900, 120), wave(900, 121, 1)];
    const shuffled = (values: readonly number[]) => values.toSorted((x, y) => x - y);
    const ends = (input: ReturnType<typeof caseOf>) => judgeCanary(input).primary.interval!;
    const whole = ends(caseOf(LATENCY, meanLook(a, b)));
    const permuted = ends(caseOf(LATENCY, meanLook(shuffled(a), shuffled(b))));
    const parts = ends(
      caseOf(
        LATENCY,
        meanLook(a.slice(0, 300), b.slice(0, 300)),
        meanLook(a.slice(300), b.slice(300)),
      ),
    );
    expect(permuted[0]).toBeCloseTo(whole[0], 9);
    expect(parts[1]).toBeCloseTo(whole[1], 9);
  });
});
