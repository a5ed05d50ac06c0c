import { create } from 'zustand';
import { NO_FILTERS, type ModelFilters, type ModelSort } from '../../shared/registry/listChannels';
import type { Stage } from '../../shared/registry/model';

/** What the list of models is narrowed down to. */
export interface ModelListQuery {
  readonly text: string;
  readonly filters: ModelFilters;
  readonly sort: ModelSort;
}

/** What the list of a model's versions is narrowed down to. */
export interface VersionListQuery {
  readonly text: string;
  readonly stage: Stage | null;
  readonly alias: string | null;
  readonly tag: string | null;
  readonly sort: 'newest' | 'oldest';
}

/** A version that is marked for comparing. */
export interface MarkedVersion {
  readonly id: string;
  readonly version: number;
}

export const ALL_MODELS: ModelListQuery = {
  text: '',
  filters: NO_FILTERS,
  sort: { key: 'name', direction: 'ascending' },
};

export const ALL_VERSIONS: VersionListQuery = {
  text: '',
  stage: null,
  alias: null,
  tag: null,
  sort: 'newest',
};

const NONE_MARKED: readonly MarkedVersion[] = [];

interface ListState {
  readonly models: ModelListQuery;
  readonly versionsByModel: Readonly<Record<string, VersionListQuery>>;
  readonly markedByModel: Readonly<Record<string, readonly MarkedVersion[]>>;
  searchModels(part: Partial<ModelListQuery>): void;
  searchVersions(modelId: string, part: Partial<VersionListQuery>): void;
  /** Marks a version or takes its mark away; of three the oldest mark goes. */
  toggleMark(modelId: string, version: MarkedVersion): void;
}

/** How lists were left: they are so again when the person comes back. Kept until the window is locked. */
export const useListStore = create<ListState>((set) => ({
  models: ALL_MODELS,
  versionsByModel: {},
  markedByModel: {},
  searchModels(part) {
    set(({ models }) => ({ models: { ...models, ...part } }));
  },
  searchVersions(modelId, part) {
    set(({ versionsByModel }) => ({
      versionsByModel: {
        ...versionsByModel,
        [modelId]: { ...(versionsByModel[modelId] ?? ALL_VERSIONS), ...part },
      },
    }));
  },
  toggleMark(modelId, version) {
    set(({ markedByModel }) => {
      const marked = markedByModel[modelId] ?? NONE_MARKED;
      const isMarked = marked.some(({ id }) => id === version.id);
      const next = isMarked
        ? marked.filter(({ id }) => id !== version.id)
        : [...marked, version].slice(-2);
      return { markedByModel: { ...markedByModel, [modelId]: next } };
    });
  },
}));

/** The versions of a model that are marked for comparing, at most two. */
export function useMarked(modelId: string): readonly MarkedVersion[] {
  return useListStore(({ markedByModel }) => markedByModel[modelId] ?? NONE_MARKED);
}
