import type { ModelId } from '../../shared/base/ids';
import type { handoffChannels } from '../../shared/handoff/channels';
import { NO_PIPELINES, PipelineSettingsRevision } from '../../shared/handoff/pipelineSettings';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import type { Db } from '../db/openDatabase';
import { findNewestRevision, insertRevision } from '../db/policyRevision';
import { requireModel } from '../registry/registryService';

type Input<K extends keyof typeof handoffChannels> = InputOf<(typeof handoffChannels)[K]>;

/** Where a model's pipelines are; none until somebody says so. */
function findSettings(db: Db, modelId: ModelId): PipelineSettingsRevision {
  const saved = findNewestRevision(db, 'pipeline_setting', modelId);
  return PipelineSettingsRevision.parse(
    saved ?? { revision: 0, policy: NO_PIPELINES, reason: '', setAtUtc: null, setBy: null },
  );
}

/** Where a model's pipelines are. @throws AppFailure NOT_FOUND */
export function getSettings(
  ctx: AppContext,
  { modelId }: Input<'handoff.getSettings'>,
): PipelineSettingsRevision {
  requireModel(ctx, modelId);
  return findSettings(ctx.db, modelId);
}

/**
 * Says where a model's pipelines are; packets that are written keep the settings they were written with.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (somebody was first; `current` is what holds now)
 */
export function setSettings(
  ctx: AppContext,
  { modelId, policy, reason, revision }: Input<'handoff.setSettings'>,
): PipelineSettingsRevision {
  const before = getSettings(ctx, { modelId });
  const detail = { before: before.policy, after: policy, reason };
  return ctx.write('handoff.settingsSet', modelId, detail, (db) => {
    const current = findSettings(db, modelId);
    if (current.revision !== revision) {
      throw new AppFailure(
        'CONFLICT',
        'The pipeline settings were changed since you opened them. Nothing was changed.',
        { current },
      );
    }
    const saved = {
      revision: revision + 1,
      policy,
      reason,
      setAtUtc: ctx.nowUtc(),
      setBy: ctx.actor.printedName,
    };
    insertRevision(db, 'pipeline_setting', modelId, saved);
    return saved;
  });
}
