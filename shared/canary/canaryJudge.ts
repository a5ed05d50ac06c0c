import { sampleRatioCheck } from '../stats/evidenceValue';
import { effectOf, type Effect } from './canaryEffect';
import { accumulate, type AccumulatedLook, type ArmRows, type CanaryLook } from './canaryEvidence';
import { judgeGuardrails } from './canaryGuardrails';
import type { CanaryJudgement, CanaryVerdictKind, LookEffect } from './canaryJudgement';
import { absoluteMargin, CANARY_POLICY_VERSION, type CanaryPlan } from './canaryPlan';
import { roundFigures } from './roundFigures';
import { SAMPLE_RATIO_ALPHA, towardsBetter } from './canaryFinding';
import { effectPath } from './canarySequence';
import { decidingMethod, sideBySide } from './canaryTests';
import {
  guardrailReason,
  headline,
  planReason,
  primaryReason,
  ratioReason,
  rowsReason,
} from './canaryWords';
import { missingRows } from './missingRows';

/** What is judged: the plan and every look, oldest first. */
export interface CanaryCase {
  readonly plan: CanaryPlan;
  readonly looks: readonly Pick<CanaryLook, 'control' | 'candidate' | 'primary' | 'guardrails'>[];
  /** Looks that were there when the plan was last changed; 0 for a plan made before the data. */
  readonly looksBeforePlan: number;
}

/**
 * Judges a canary by the written policy.
 *
 * Order: a split that is not the planned one blocks everything; a broken critical guardrail rolls back; too few
 * rows hold; then the interval of the effect decides against margin and zero.
 *
 * @param input at least one look
 * @returns the same figures to 12 digits, and so the same canonical JSON, for the same plan and looks
 * @throws RangeError without looks
 */
export function judgeCanary({ plan, looks, looksBeforePlan }: CanaryCase): CanaryJudgement {
  const path = accumulate(looks);
  const total = path.at(-1);
  if (total === undefined) throw new RangeError('judgeCanary: no look to judge');
  const effects = path.map(({ primary }) => effectOf(primary));
  const effect = effects.at(-1)!;
  const effectsPath = effectPath(plan, effects);
  const last = effectsPath.at(-1)!;
  const guardrails = judgeGuardrails(plan, total.guardrails);
  const sampleRatio = checkRatio(plan, total);
  const margin = absoluteMargin(plan.margin, effect.control ?? plan.expected.controlValue);
  const side = sideOf(plan, effect, last, margin);
  const isBlocked = sampleRatio.isMismatch;
  const verdict = isBlocked ? 'hold' : decide(side, guardrails);
  const moreRows =
    verdict === 'hold' && !isBlocked ? missingRows(plan, effect, last, margin) : null;
  const finding = { plan, effect, last, margin, side, sampleRatio, guardrails, moreRows };
  return roundFigures({
    policyVersion: CANARY_POLICY_VERSION,
    verdict,
    isBlocked,
    sentence: headline(finding, verdict, isBlocked),
    moreRows,
    reasons: [
      ratioReason(finding),
      rowsReason(finding),
      primaryReason(finding),
      ...guardrails.map((one) => guardrailReason(one, plan)),
      ...planReason(looksBeforePlan),
    ],
    rows: { control: total.control, candidate: total.candidate },
    primary: {
      control: effect.control,
      candidate: effect.candidate,
      difference: effect.difference,
      ...relativeTo(effect, last),
      interval: last.interval,
      margin,
      alpha: plan.alpha,
      method: decidingMethod(plan),
    },
    path: effectsPath,
    tests: sideBySide(plan, total.primary, effect, last),
    guardrails,
    sampleRatio,
  });
}

function checkRatio(plan: CanaryPlan, { control, candidate, primary }: AccumulatedLook) {
  // Who came twice was assigned once.
  const assigned = (arm: ArmRows) => arm.rows - arm.repeated - arm.inBothArms;
  const counts = [assigned(control), assigned(candidate)];
  const shares = [1 - plan.candidateShare, plan.candidateShare];
  const all = assigned(control) + assigned(candidate);
  const check = sampleRatioCheck(counts, shares);
  // Both versions scored every row: there is no split to be wrong.
  const isPaired = primary.kind === 'pairedRanked';
  return {
    planned: plan.candidateShare,
    observed: all === 0 ? null : assigned(candidate) / all,
    chiSquare: isPaired ? 0 : check.chiSquare,
    pValue: isPaired ? 1 : check.chiSquarePValue,
    alwaysValidPValue: isPaired ? 1 : check.pValue,
    isMismatch: !isPaired && check.chiSquarePValue < SAMPLE_RATIO_ALPHA,
  };
}

function sideOf(
  plan: CanaryPlan,
  effect: Effect,
  last: LookEffect,
  margin: number,
): CanaryVerdictKind {
  const isShort = Math.min(effect.candidateRows, effect.controlRows) < plan.minimumRows;
  if (isShort || last.interval === null || last.difference === null) return 'hold';
  const ends = last.interval.map((end) => towardsBetter(plan, end));
  const [worst, best] = [Math.min(...ends), Math.max(...ends)];
  const isProven =
    plan.rollBackOn === 'beyondMargin'
      ? best < -margin
      : best < 0 && towardsBetter(plan, last.difference) < -margin;
  if (isProven) return 'rollBack';
  return worst > -margin ? 'promote' : 'hold';
}

function decide(
  side: CanaryVerdictKind,
  guardrails: CanaryJudgement['guardrails'],
): CanaryVerdictKind {
  const critical = guardrails.filter(({ isCritical }) => isCritical);
  if (critical.some(({ state }) => state === 'broken')) return 'rollBack';
  // A critical guardrail that is worse than allowed, or cannot be assessed, is no ground to promote on.
  if (side === 'promote' && critical.some(({ state }) => state !== 'kept')) return 'hold';
  return side;
}

function relativeTo({ control, difference }: Effect, { interval }: LookEffect) {
  if (control === null || control === 0 || difference === null)
    return { relative: null, relativeInterval: null };
  const base = Math.abs(control);
  return {
    relative: difference / base,
    relativeInterval:
      interval === null ? null : ([interval[0] / base, interval[1] / base] as const),
  };
}
