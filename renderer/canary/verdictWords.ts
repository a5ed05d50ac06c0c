import type { CanaryVerdictKind, GuardrailFinding } from '../../shared/canary/canaryJudgement';
import type { Canary, CanaryHead, CanaryVerdict } from '../../shared/canary/channels';
import { formatNoun, formatShare } from '../ui/formatNumber';
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

/** Where a verdict becomes a packet for the pipeline, and how that is called. */
export function handoffLink(
  canary: Pick<Canary, 'modelId' | 'candidateVersionId' | 'controlVersionId' | 'control' | 'plans'>,
  { id, judgement: { verdict }, planRevision }: CanaryVerdict,
): { readonly to: string; readonly label: string } {
  const at = (purpose: string, versionId: string): string =>
    `/models/${canary.modelId}/handoff/${purpose}/${id}/${versionId}`;
  if (verdict === 'rollBack')
    return {
      to: at('rollBack', canary.controlVersionId),
      label: `Hand it to the pipeline: all traffic to version ${canary.control}`,
    };
  const rollOut = at('rollOut', canary.candidateVersionId);
  const share = nextShare(
    canary.plans.find(({ revision }) => revision === planRevision),
    verdict,
  );
  return share === null
    ? { to: rollOut, label: 'Hand it to the pipeline: all traffic to the candidate' }
    : {
        to: `${rollOut}/${Number((share * 100).toFixed(1))}`,
        label: `Hand it to the pipeline, with ${formatShare(share)} of traffic for the candidate`,
      };
}

/** The share that a verdict asks for: the next of the ramp, or the same; null for all of it. */
function nextShare(
  revision: Canary['plans'][number] | undefined,
  verdict: Exclude<CanaryVerdictKind, 'rollBack'>,
): number | null {
  if (revision === undefined) return null;
  const { candidateShare, ramp } = revision.plan;
  return verdict === 'hold' ? candidateShare : (ramp.find((one) => one > candidateShare) ?? null);
}
