import { formatCount, formatPValue, formatShare, formatStatistic } from '../base/formatNumber';
import { towardsBetter, SAMPLE_RATIO_ALPHA, type CanaryFinding } from './canaryFinding';
import type {
  CanaryReason,
  CanaryVerdictKind,
  GuardrailFinding,
  LookEffect,
} from './canaryJudgement';
import type { CanaryPlan } from './canaryPlan';
import { decidingMethod } from './canaryTests';

const VERDICT_NAMES = { promote: 'Promote', hold: 'Hold', rollBack: 'Roll back' } as const;

/** The verdict in one sentence, made from its figures. */
export function headline(
  finding: CanaryFinding,
  verdict: CanaryVerdictKind,
  isBlocked: boolean,
): string {
  if (isBlocked)
    return `Hold, nothing was judged: the candidate got ${formatShare(finding.sampleRatio.observed ?? 0)} of rows where ${formatShare(finding.sampleRatio.planned)} were planned.`;
  const broken = finding.guardrails.find(
    ({ isCritical, state }) => isCritical && state === 'broken',
  );
  if (verdict === 'rollBack' && broken !== undefined)
    return `Roll back: the critical guardrail ${broken.column} (${broken.measure}) is broken.`;
  const why = primaryReason(finding).sentence;
  const open = finding.guardrails.find(({ isCritical, state }) => isCritical && state !== 'kept');
  if (verdict === 'hold' && finding.side === 'promote' && open !== undefined)
    return `Hold: the critical guardrail ${open.column} (${open.measure}) is not shown to be kept. ${why}`;
  return `${VERDICT_NAMES[verdict]}${verdict === 'hold' ? ' (inconclusive)' : ''}: ${why}${moreWords(finding, verdict)}`;
}

function moreWords({ moreRows }: CanaryFinding, verdict: CanaryVerdictKind): string {
  if (verdict !== 'hold') return '';
  return moreRows === null ? '' : ` About ${formatCount(moreRows)} more candidate rows are needed.`;
}

export function ratioReason({ sampleRatio }: CanaryFinding): CanaryReason {
  const { observed, planned, pValue, isMismatch } = sampleRatio;
  const figures = `The candidate got ${observed === null ? 'no' : formatShare(observed)} of rows, ${formatShare(planned)} were planned; chi-square p ${formatPValue(pValue)}`;
  return {
    about: 'sampleRatio',
    speaksFor: isMismatch ? 'hold' : null,
    sentence: isMismatch
      ? `${figures}, below ${SAMPLE_RATIO_ALPHA}: a sample ratio mismatch, so the arms are no fair comparison. Find out how rows were assigned, or lost, before anything is judged.`
      : `${figures}, not below ${SAMPLE_RATIO_ALPHA}.`,
  };
}

export function rowsReason({ plan, effect, moreRows }: CanaryFinding): CanaryReason {
  const { candidateRows, controlRows, obstacle } = effect;
  const few = Math.min(candidateRows, controlRows);
  const isShort = few < plan.minimumRows;
  const counted = `${formatCount(candidateRows)} candidate and ${formatCount(controlRows)} control rows have an outcome`;
  if (isShort)
    return {
      about: 'rows',
      speaksFor: 'hold',
      sentence: `${counted}; each arm needs ${formatCount(plan.minimumRows)} (minimum of the plan).`,
    };
  if (obstacle !== null)
    return { about: 'rows', speaksFor: 'hold', sentence: `${counted}. ${obstacle}` };
  const more =
    moreRows === null ? '' : ` At this effect about ${formatCount(moreRows)} more would decide.`;
  return {
    about: 'rows',
    speaksFor: null,
    sentence: `${counted}, at least the ${formatCount(plan.minimumRows)} of the plan.${more}`,
  };
}

export function primaryReason(finding: CanaryFinding): CanaryReason {
  const { plan, effect, last, side } = finding;
  const about = 'primary';
  const { control, candidate } = effect;
  if (control === null || candidate === null)
    return { about, speaksFor: 'hold', sentence: effect.obstacle ?? 'The metric is not defined.' };
  const figures = `${plan.primary.column} is ${formatStatistic(candidate)} with the candidate and ${formatStatistic(control)} with the control`;
  if (last.interval === null)
    return {
      about,
      speaksFor: 'hold',
      sentence: `${figures}; ${effect.difference === 0 ? 'no difference so far, and ' : ''}nothing can be said yet (${decidingMethod(plan)}).`,
    };
  return { about, speaksFor: side, sentence: `${figures}; ${intervalWords(finding, last)}` };
}

function intervalWords(finding: CanaryFinding, { difference, interval }: LookEffect): string {
  const { plan, margin, side } = finding;
  const ends = interval!.map((end) => towardsBetter(plan, end));
  const [worst, best] = [Math.min(...ends), Math.max(...ends)];
  const level = formatShare(1 - plan.alpha);
  const n = `n = ${formatCount(finding.effect.candidateRows)} / ${formatCount(finding.effect.controlRows)}`;
  const method = `${decidingMethod(plan)}, one-sided ${level}, ${n}`;
  const bound = formatStatistic(-margin);
  if (side === 'promote') {
    const same =
      best >= 0 && worst <= 0
        ? difference === 0
          ? 'no difference: '
          : 'no difference is shown, and '
        : '';
    return `${same}at worst it changes by ${formatStatistic(worst)}, which is above the margin of ${bound} (${method}).`;
  }
  if (side === 'rollBack')
    return `it is worse by ${formatStatistic(Math.abs(difference ?? 0))}, beyond the margin of ${formatStatistic(margin)}, and at best changes by ${formatStatistic(best)}, which is below ${plan.rollBackOn === 'worse' ? '0' : bound} (${method}).`;
  const same = best >= 0 && worst <= 0 ? 'no difference is shown, but ' : '';
  return `${same}the change lies between ${formatStatistic(worst)} and ${formatStatistic(best)}, so the margin of ${bound} is not decided (${method}).`;
}

export function guardrailReason(finding: GuardrailFinding, plan: CanaryPlan): CanaryReason {
  const { column, measure, candidate, control, allowed, pValue, state, isCritical } = finding;
  const name = `${isCritical ? 'Critical guardrail' : 'Guardrail'} ${column} (${measure})`;
  if (state === 'notAssessed' || candidate === null || allowed === null || pValue === null)
    return {
      about: 'guardrail',
      speaksFor: isCritical ? 'hold' : null,
      sentence: `${name} cannot be assessed yet: too few rows, or no variation.`,
    };
  const isLimit = measure === 'rate against a limit';
  const against = isLimit
    ? `a limit of ${formatStatistic(allowed)} (beta-binomial`
    : `${formatStatistic(control ?? 0)}; ${formatStatistic(allowed)} worse is allowed (mSPRT`;
  const figures = `${formatStatistic(candidate)} against ${against}, Holm p ${formatPValue(pValue)}, threshold ${plan.alpha})`;
  const words = {
    kept: 'is kept',
    unclear: 'is worse than allowed, which may be chance',
    broken: 'is broken',
  } as const;
  const speaks = { kept: null, unclear: 'hold', broken: 'rollBack' } as const;
  return {
    about: 'guardrail',
    speaksFor: isCritical ? speaks[state] : null,
    sentence: `${name} ${words[state]}: ${figures}.`,
  };
}

export function planReason(looksBeforePlan: number): readonly CanaryReason[] {
  if (looksBeforePlan === 0) return [];
  return [
    {
      about: 'plan',
      speaksFor: null,
      sentence: `The plan was changed after ${formatCount(looksBeforePlan)} ${looksBeforePlan === 1 ? 'look was' : 'looks were'} seen, so the promised error rates do not hold any more.`,
    },
  ];
}
