import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CanaryId } from '../../shared/base/ids';
import { approveAs } from '../support/breach';
import {
  importRows,
  judgeTrial,
  outcomes,
  planTrial,
  TRIAL_PLAN,
  type Trial,
} from '../support/canary';
import { addConfirmed } from '../support/handoff';
import { bring, setGates } from '../support/lifecycle';
import { signAs } from '../support/people';
import { anotherModel } from '../support/predictions';
import { createTestModel, okValue, type TestModel } from '../support/testModel';

const MANAGER = 'Mara Manager';
const ACTING = { ...TRIAL_PLAN, onRollBack: 'rollBack' } as const;
/** A candidate that loses far more than the margin. */
const LOST = [0.8, 0.6] as const;

let workspace: TestModel;
beforeAll(async () => {
  workspace = await createTestModel();
  await addConfirmed(workspace, MANAGER, ['manager']);
});
afterAll(() => workspace.close());

/** Version 1 was live, the candidate is: the whole traffic, half of it judged against version 1. */
async function liveCandidate(
  plan: typeof TRIAL_PLAN = ACTING,
): Promise<Trial & { model: TestModel }> {
  const model = await anotherModel(workspace);
  await setGates(model, {});
  const trial = await planTrial(model, plan);
  for (const versionId of [model.versionId, trial.candidateId]) {
    await bring(model, versionId, 'Staging');
    await bring(model, versionId, 'Production');
  }
  return { model, ...trial };
}

function approvePlan(model: TestModel, canaryId: CanaryId): Promise<unknown> {
  return approveAs(model, MANAGER, { recordType: 'canary.plan', recordId: canaryId });
}

async function liveVersion({ call, modelId }: TestModel): Promise<number | null> {
  const { model } = okValue<'registry.getModel'>(await call('registry.getModel', { modelId }));
  return model.liveVersion;
}

/** The policy that each rollback of a model names; null for a person's. */
function rollbackPolicies({ core, modelId }: TestModel): unknown[] {
  return core.context.vault
    .session()!
    .db.prepare<[string], string>(
      `SELECT e.body FROM audit_event e JOIN model_version v ON v.id = e.subject
       WHERE e.action = 'registry.rolledBack' AND v.model_id = ? ORDER BY e.seq`,
    )
    .pluck()
    .all(modelId)
    .map((body) => JSON.parse(body).after.policy ?? null);
}

describe('a verdict to roll back', () => {
  it('raises an alert about the candidate, and only recommends by the usual plan', async () => {
    const { model, canaryId, candidateId } = await liveCandidate(TRIAL_PLAN);
    const canary = await judgeTrial(model, canaryId, LOST);
    expect(canary).toMatchObject({ verdict: 'rollBack', isCandidateLive: true });
    const alerts = okValue<'incident.listAlerts'>(
      await model.call('incident.listAlerts', { modelId: model.modelId }),
    );
    expect(alerts).toMatchObject([
      {
        versionId: candidateId,
        rule: 'canary',
        severity: 'critical',
        occurrences: [
          {
            source: { kind: 'canary', canaryId },
            message: canary.verdicts[0]!.judgement.sentence,
          },
        ],
      },
    ]);
    expect(await liveVersion(model)).toBe(2);
  });

  it('goes back by itself by a plan that a manager approved before, and names it', async () => {
    const { model, canaryId } = await liveCandidate();
    await approvePlan(model, canaryId);
    const canary = await judgeTrialByImport(model, canaryId);
    expect(canary).toMatchObject({ verdict: 'rollBack', isCandidateLive: false });
    expect(await liveVersion(model)).toBe(1);
    expect(rollbackPolicies(model)).toEqual([
      { kind: 'canary', revision: 1, approvedBy: [MANAGER] },
    ]);
  });

  it('goes back when a person records it, too', async () => {
    const { model, canaryId } = await liveCandidate();
    const files = [outcomes(LOST[0]), outcomes(LOST[1], 2_000, 5_000)] as const;
    okValue<'canary.importLook'>(await importRows(model, canaryId, files));
    await approvePlan(model, canaryId);
    okValue<'canary.judge'>(await model.call('canary.judge', { canaryId }));
    expect(await liveVersion(model)).toBe(1);
  });

  it('changes nothing while nobody approved the plan, nor when they do so after it', async () => {
    const { model, canaryId } = await liveCandidate();
    await judgeTrial(model, canaryId, LOST);
    await approvePlan(model, canaryId);
    okValue<'handoff.settle'>(await model.call('handoff.settle', {}));
    expect(await liveVersion(model)).toBe(2);
    expect(rollbackPolicies(model)).toEqual([]);
  });

  it('changes nothing by a plan that was changed since it was approved', async () => {
    const { model, canaryId } = await liveCandidate();
    await approvePlan(model, canaryId);
    const revised = { canaryId, plan: { ...ACTING, alpha: 0.04 }, reason: 'Stricter', revision: 1 };
    okValue<'canary.revisePlan'>(await model.call('canary.revisePlan', revised));
    await judgeTrial(model, canaryId, LOST);
    expect(await liveVersion(model)).toBe(2);
  });

  it('is spent once people promote the candidate again', async () => {
    const { model, canaryId, candidateId } = await liveCandidate();
    await approvePlan(model, canaryId);
    await judgeTrialByImport(model, canaryId);
    await bring(model, candidateId, 'Staging');
    await bring(model, candidateId, 'Production');
    okValue<'handoff.settle'>(await model.call('handoff.settle', {}));
    expect(await liveVersion(model)).toBe(2);
  });
});

it('does not let who wrote a plan approve it', async () => {
  const { model, canaryId } = await liveCandidate();
  const ref = { recordType: 'canary.plan', recordId: canaryId } as const;
  expect(await signAs(model.call, 'vault.signRecord', ref, 'approval')).toMatchObject({
    ok: false,
    error: { code: 'FORBIDDEN' },
  });
});

/** Imports one look; the plan puts its verdict on record by itself. */
async function judgeTrialByImport(model: TestModel, canaryId: CanaryId) {
  const files = [outcomes(LOST[0]), outcomes(LOST[1], 2_000, 5_000)] as const;
  okValue<'canary.importLook'>(await importRows(model, canaryId, files));
  return okValue<'canary.get'>(await model.call('canary.get', { canaryId }));
}
