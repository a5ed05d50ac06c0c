import { accumulate } from '../../shared/canary/canaryEvidence';
import { effectOf } from '../../shared/canary/canaryEffect';
import { judgeCanary } from '../../shared/canary/canaryJudge';
import { defaultPlan, type CanaryPlan } from '../../shared/canary/canaryPlan';
import type { canaryChannels, CanaryFileComparison } from '../../shared/canary/channels';
import type { CanaryLook } from '../../shared/canary/canaryEvidence';
import type { InputOf } from '../../shared/ipc/channel';
import type { CoreContext } from '../app/context';
import { pickTableFile } from '../io/pickSource';

type Input = InputOf<(typeof canaryChannels)['canary.compareFiles']>;

/**
 * Judges two files by the usual policy, without a workspace; nothing is stored.
 *
 * @throws AppFailure NOT_FOUND (token), BAD_DATA (unreadable, or the column is not of the kind)
 */
export async function compareFiles(ctx: CoreContext, input: Input): Promise<CanaryFileComparison> {
  const control = await pickTableFile(ctx, input.control, 'Rows of the control');
  const candidate = await pickTableFile(ctx, input.candidate, 'Rows of the candidate');
  const asked = planOf(input);
  const look = await ctx.jobs.run(
    'canary.readLook',
    {
      path: candidate,
      source: {
        kind: 'twoFiles',
        control: { path: control, expectedSha256: null },
        candidate: { path: candidate, expectedSha256: null },
      },
      plan: asked,
      idColumn: null,
      timeColumn: null,
    },
    ctx,
  );
  const plan = completePlan(asked, look, input.candidateShare);
  const { primary: _primary, guardrails: _guardrails, ...facts } = look;
  return { plan, look: facts, judgement: judgeCanary({ plan, looks: [look], looksBeforePlan: 0 }) };
}

function planOf({ column, kind, direction, margin }: Input): CanaryPlan {
  const plan = defaultPlan(column, kind, 0);
  return { ...plan, primary: { ...plan.primary, direction }, margin };
}

/** Nothing was planned before: the margin is taken of what the control showed, the split as it came. */
function completePlan(plan: CanaryPlan, look: CanaryLook, share: number | null): CanaryPlan {
  const effect = effectOf(accumulate([look])[0]!.primary);
  const { control, candidate } = look;
  const observed = candidate.rows / Math.max(1, control.rows + candidate.rows);
  return {
    ...plan,
    candidateShare: share ?? Math.min(0.9, Math.max(0.001, observed)),
    expected: { ...plan.expected, controlValue: effect.control ?? 0 },
  };
}
