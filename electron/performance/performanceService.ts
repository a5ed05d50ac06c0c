import type { ModelId } from '../../shared/base/ids';
import type { InputOf, OutputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type {
  performanceChannels,
  PerformanceDetail,
  PerformanceOverview,
  PerformanceSettingsRevision,
  PerformanceWindow,
} from '../../shared/performance/channels';
import type { AppContext } from '../app/context';
import { requireModel, wholeVersions } from '../registry/registryService';
import {
  dropJoinBlobs,
  findLog,
  findLogs,
  findMeasurements,
  findNewestHeads,
  findOutcomeFiles,
  findReport,
} from './performanceRepo';
import { findSettings, insertSettings } from './settingsRepo';

type Input<K extends keyof typeof performanceChannels> = InputOf<(typeof performanceChannels)[K]>;

/** Every window of a model with its newest measurement. @throws AppFailure NOT_FOUND */
export function overview(
  ctx: AppContext,
  { modelId }: Input<'performance.overview'>,
): PerformanceOverview {
  requireModel(ctx, modelId);
  return {
    modelId,
    windows: windowsOf(ctx, modelId),
    outcomeFiles: findOutcomeFiles(ctx.db, modelId),
    settings: findSettings(ctx.db, modelId),
    versions: wholeVersions(ctx.db, modelId).map(({ id, snapshot }) => ({
      id,
      version: snapshot.version,
    })),
  };
}

function windowsOf({ db }: AppContext, modelId: ModelId): PerformanceWindow[] {
  const heads = findNewestHeads(db, modelId);
  return findLogs(db, modelId).flatMap((log) => {
    const report = heads.get(log.id);
    return report === undefined ? [] : [{ log, report }];
  });
}

/** One measurement of a log, whole. @throws AppFailure NOT_FOUND */
export function getReport(
  { db }: AppContext,
  { logId, reportId }: Input<'performance.getReport'>,
): PerformanceDetail {
  const log = findLog(db, logId);
  const report = findReport(db, logId, reportId);
  if (log === null || report === null)
    throw new AppFailure('NOT_FOUND', 'There is no such measurement.', { logId });
  return { log, report, measurements: findMeasurements(db, logId) };
}

/**
 * Changes what is kept of files from now on; what is kept already stays until it is dropped.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (somebody changed it first; `current` is what holds now)
 */
export function setSettings(
  ctx: AppContext,
  input: Input<'performance.setSettings'>,
): PerformanceSettingsRevision {
  requireModel(ctx, input.modelId);
  const { policy, reason } = input;
  const before = findSettings(ctx.db, input.modelId).policy;
  return ctx.write(
    'performance.settingsSet',
    input.modelId,
    { before, after: policy, reason },
    (db) => {
      const current = findSettings(db, input.modelId);
      if (current.revision !== input.revision) {
        throw new AppFailure('CONFLICT', 'The settings were changed since you opened them.', {
          current,
        });
      }
      const saved = {
        revision: current.revision + 1,
        policy,
        reason,
        setAtUtc: ctx.nowUtc(),
        setBy: ctx.actor.printedName,
      };
      insertSettings(db, input.modelId, saved);
      return saved;
    },
  );
}

/**
 * Drops every hash that is kept to join outcomes of this model; what was measured stays.
 *
 * @throws AppFailure NOT_FOUND
 */
export function dropJoin(
  ctx: AppContext,
  { modelId, reason }: Input<'performance.dropJoin'>,
): OutputOf<(typeof performanceChannels)['performance.dropJoin']> {
  requireModel(ctx, modelId);
  return ctx.write(
    'performance.joinDropped',
    modelId,
    (dropped: { readonly nLogs: number; readonly nOutcomeFiles: number }) => ({
      after: { ...dropped },
      reason,
    }),
    (db) => dropJoinBlobs(db, modelId, ctx.nowUtc()),
  );
}
