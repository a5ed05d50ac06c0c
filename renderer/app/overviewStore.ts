import { create } from 'zustand';
import type { DriftReportHead } from '../../shared/drift/driftReport';
import type { AppError } from '../../shared/ipc/errors';
import { NO_FILTERS, type ModelPage, type ModelSort } from '../../shared/registry/listChannels';
import type { Model } from '../../shared/registry/model';
import { api } from '../api/client';

/** How many models each part of the overview names. */
export const SHOWN_MODELS = 10;

/** What the overview shows of the registry: a few models, however many there are. */
export interface ModelOverview {
  readonly nModels: number;
  readonly nMonitored: number;
  /** Open alerts first, then the latest batch. */
  readonly attention: readonly Model[];
  /** With the latest batch of all; null before the first one. */
  readonly latest: Model | null;
  /** Some of those that have no version, or no batch yet. */
  readonly unfinished: readonly Model[];
  /** The newest report of each model above. */
  readonly lastReports: ReadonlyMap<string, DriftReportHead>;
}

interface OverviewState {
  /** Null until it was read. */
  readonly overview: ModelOverview | null;
  readonly error: AppError | null;
  load(): Promise<void>;
}

/** The overview's part of the registry as core last gave it. */
export const useOverviewStore = create<OverviewState>((set) => ({
  overview: null,
  error: null,
  async load() {
    const [attention, latest, versions, batches] = await Promise.all([
      firstModels({ key: 'attention', direction: 'descending' }),
      firstModels({ key: 'lastBatch', direction: 'descending' }),
      firstModels({ key: 'versions', direction: 'ascending' }),
      firstModels({ key: 'batches', direction: 'ascending' }),
    ]);
    if (!attention.ok) return set({ error: attention.error });
    if (!latest.ok) return set({ error: latest.error });
    if (!versions.ok) return set({ error: versions.error });
    if (!batches.ok) return set({ error: batches.error });
    const newest = latest.value.models.filter(({ nBatches }) => nBatches > 0).slice(0, 1);
    const shown = [...attention.value.models, ...newest].map(({ id }) => id);
    const reports = await api['drift.latestReports']({ modelIds: shown });
    if (!reports.ok) return set({ error: reports.error });
    set({
      error: null,
      overview: {
        nModels: attention.value.nTotal,
        nMonitored: attention.value.nMonitored,
        attention: attention.value.models,
        latest: newest[0] ?? null,
        unfinished: unfinishedOf(versions.value, batches.value),
        lastReports: new Map(reports.value.map((head) => [head.modelId, head])),
      },
    });
  },
}));

function firstModels(sort: ModelSort) {
  const query = { text: '', filters: NO_FILTERS, offset: 0, limit: SHOWN_MODELS };
  return api['registry.searchModels']({ ...query, sort });
}

function unfinishedOf(fewestVersions: ModelPage, fewestBatches: ModelPage): readonly Model[] {
  return [
    ...fewestVersions.models.filter(({ nVersions }) => nVersions === 0),
    ...fewestBatches.models.filter((model) => model.nVersions > 0 && model.nBatches === 0),
  ];
}
