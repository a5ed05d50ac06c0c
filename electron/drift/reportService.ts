import type { DriftHistory, driftChannels } from '../../shared/drift/channels';
import { ColumnRole } from '../../shared/drift/column';
import {
  Verdict,
  type DriftReport,
  type DriftReportHead,
  type FeatureDetail,
  type FeatureDrift,
} from '../../shared/drift/driftReport';
import type { ModelId } from '../../shared/base/ids';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import { requireModel } from '../registry/registryService';
import {
  findFeature,
  findHistoryCells,
  findReport,
  findReportHeads,
  type HistoryCell,
} from './driftRepo';

type Input<K extends keyof typeof driftChannels> = InputOf<(typeof driftChannels)[K]>;
type HistoryCells = DriftHistory['features'][number]['cells'];

/** The newest report of each of these models that has one. */
export function latestReports(
  ctx: AppContext,
  { modelIds }: Input<'drift.latestReports'>,
): readonly DriftReportHead[] {
  return modelIds.flatMap((modelId) => findReportHeads(ctx.db, modelId, 1));
}

/** The heads of all reports of a model, newest first. */
export function listReports(ctx: AppContext, modelId: ModelId): readonly DriftReportHead[] {
  return findReportHeads(ctx.db, modelId);
}

/** @throws AppFailure NOT_FOUND */
export function getReport(ctx: AppContext, input: Input<'drift.getReport'>): DriftReport {
  const report = findReport(ctx.db, input.reportId);
  if (report === null)
    throw new AppFailure('NOT_FOUND', 'There is no such drift report.', { ...input });
  return report;
}

/** @throws AppFailure NOT_FOUND */
export function getFeature(
  ctx: AppContext,
  input: Input<'drift.getFeature'>,
): { readonly feature: FeatureDrift; readonly detail: FeatureDetail } {
  const found = findFeature(ctx.db, input.reportId, input.name);
  if (found === null)
    throw new AppFailure('NOT_FOUND', 'This report has no such feature.', { ...input });
  return found;
}

/**
 * How every feature of a model moved from batch to batch, oldest batch first; features as the newest
 * batch ranks them.
 *
 * @throws AppFailure NOT_FOUND
 */
export function history(ctx: AppContext, input: Input<'drift.history'>): DriftHistory {
  requireModel(ctx, input.modelId);
  const batches = findReportHeads(ctx.db, input.modelId).reverse();
  const cells = findHistoryCells(ctx.db, input.modelId);
  const byFeature = Map.groupBy(cells, ({ name }) => name);
  return {
    batches,
    features: [...byFeature].map(([name, found]) => {
      const byReport = new Map(found.map((cell) => [cell.reportId, toCell(cell)]));
      const role = ColumnRole.parse(found[0]?.role);
      return { name, role, cells: batches.map(({ id }) => byReport.get(id) ?? null) };
    }),
  };
}

function toCell(cell: HistoryCell): HistoryCells[number] {
  const { primary, value, threshold, chanceLimit } = cell;
  return { verdict: Verdict.parse(cell.verdict), primary, value, threshold, chanceLimit };
}
