import type { CanaryVerdictKind, GuardrailFinding } from '../../shared/canary/canaryJudgement';
import type { CanaryHead } from '../../shared/canary/channels';
import { formatNoun } from '../ui/formatNumber';
import type { State } from '../ui/theme';

interface Look {
  readonly state: State;
  readonly label: string;
}

export const VERDICT_LOOKS: Readonly<Record<CanaryVerdictKind, Look>> = {
  promote: { state: 'ok', label: 'Promote' },
  hold: { state: 'watch', label: 'Hold' },
  rollBack: { state: 'alert', label: 'Roll back' },
};

export const NOT_JUDGED: Look = { state: 'unknown', label: 'Not judged' };

export const GUARDRAIL_LOOKS: Readonly<Record<GuardrailFinding['state'], Look>> = {
  kept: { state: 'ok', label: 'Kept' },
  unclear: { state: 'watch', label: 'Unclear' },
  broken: { state: 'alert', label: 'Broken' },
  notAssessed: { state: 'unknown', label: 'Not assessed' },
};

/** What a list of canaries says in one sentence. */
export function canariesSentence(heads: readonly CanaryHead[]): string {
  if (heads.length === 0) return 'No candidate is on trial.';
  const count = (verdict: CanaryVerdictKind) =>
    heads.filter((head) => head.verdict === verdict).length;
  const judged = heads.filter(({ verdict }) => verdict !== null).length;
  return `${formatNoun(heads.length, 'candidate')} on trial, ${judged} judged: ${count('promote')} to promote, ${count('hold')} to hold, ${count('rollBack')} to roll back.`;
}
