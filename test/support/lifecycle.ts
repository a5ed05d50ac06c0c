import type { ModelId, ModelVersionId, PromotionRequestId } from '../../shared/base/ids';
import type { Gate, PromotionStage } from '../../shared/registry/lifecycle';
import type { VersionLifecycle } from '../../shared/registry/lifecycleChannels';
import type { TestCore } from './testCore';
import { okValue, registerVersion, type TestModel } from './testModel';

type Caller = Pick<TestCore, 'call'>;

export async function lifecycleOf(
  { call }: Caller,
  versionId: ModelVersionId,
): Promise<VersionLifecycle> {
  return okValue<'registry.getLifecycle'>(await call('registry.getLifecycle', { versionId }));
}

/** Sets the gates of a model; a stage that is left out has none. */
export async function setGates(
  { call, modelId }: Caller & { readonly modelId: ModelId },
  gates: Readonly<Partial<Record<PromotionStage, Gate[]>>>,
): Promise<void> {
  const { revision } = okValue<'registry.getLifecyclePolicy'>(
    await call('registry.getLifecyclePolicy', { modelId }),
  );
  const policy = { Staging: [], Production: [], ...gates };
  okValue<'registry.setLifecyclePolicy'>(
    await call('registry.setLifecyclePolicy', { modelId, policy, reason: 'Ours', revision }),
  );
}

/** Asks for a promotion. */
export async function ask(
  { call }: Caller,
  versionId: ModelVersionId,
  toStage: PromotionStage,
): Promise<PromotionRequestId> {
  const input = { versionId, toStage, reason: 'Ready' };
  const { request } = okValue<'registry.requestPromotion'>(
    await call('registry.requestPromotion', input),
  );
  return request!.id;
}

/** Asks for a promotion and carries it out; its gates must be open. */
export async function bring(
  test: Caller,
  versionId: ModelVersionId,
  toStage: PromotionStage,
): Promise<void> {
  const requestId = await ask(test, versionId, toStage);
  okValue<'registry.promote'>(
    await test.call('registry.promote', { requestId, reason: `To ${toStage}` }),
  );
}

export async function nextVersion(test: TestModel): Promise<ModelVersionId> {
  return okValue<'registry.registerVersion'>(await registerVersion(test, test.modelId)).id;
}

/** Number and stage of every version, as they lie in the tables. */
export function stages({ core }: TestModel): unknown {
  return core.context.vault
    .session()!
    .db.prepare(
      `SELECT v.version, coalesce(s.stage, 'None') AS stage FROM model_version v
       LEFT JOIN version_stage s ON s.version_id = v.id ORDER BY v.version`,
    )
    .raw()
    .all();
}

/** Actions of the registry on record, oldest first. */
export function registryEvents({ core }: TestModel): string[] {
  return core.context.vault
    .session()!
    .db.prepare<[], string>(
      "SELECT action FROM audit_event WHERE action LIKE 'registry.%' ORDER BY seq",
    )
    .pluck()
    .all();
}
