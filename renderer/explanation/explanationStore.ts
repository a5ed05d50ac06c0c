import { create } from 'zustand';
import type { Explanation, ExplanationHead } from '../../shared/explanation/channels';
import type { VersionSummary } from '../../shared/registry/listChannels';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';

type ById<T> = Readonly<Record<string, T>>;

interface ExplanationState {
  readonly headsByModel: ById<readonly ExplanationHead[]>;
  readonly explanationById: ById<Explanation>;
  readonly versionsByModel: ById<readonly VersionSummary[]>;
  /** Opened cases by explanation, until core forgets them. */
  readonly openedById: ById<string | undefined>;
  readonly errors: ReadErrors;
  list(modelId: string): Promise<void>;
  get(explanationId: string): Promise<void>;
  loadVersions(modelId: string): Promise<void>;
  /** Takes in what an import that a dialog ran has answered. */
  keep(explanation: Explanation): void;
  /** Remembers that the cases of an explanation are open; undefined: no longer. */
  keepOpened(explanationId: string, stageId: string | undefined): void;
}

/** How many versions an import offers. */
const OFFERED = 200;

/** Explanations as core last gave them. Keys of `errors`: `list:<model>`, `explanation:<id>`, `versions:<model>`. */
export const useExplanationStore = create<ExplanationState>((set, get) => ({
  headsByModel: {},
  explanationById: {},
  versionsByModel: {},
  openedById: {},
  errors: {},
  list(modelId) {
    const answer = api['explanation.list']({ modelId });
    return readInto(set, `list:${modelId}`, answer, (heads, state) => ({
      headsByModel: { ...state.headsByModel, [modelId]: heads },
    }));
  },
  get(explanationId) {
    const answer = api['explanation.get']({ explanationId });
    return readInto(set, `explanation:${explanationId}`, answer, (explanation, state) => ({
      explanationById: { ...state.explanationById, [explanationId]: explanation },
    }));
  },
  loadVersions(modelId) {
    const filters = { modelId, text: '', stage: null, alias: null, tag: null, hasReference: null };
    const page = { sort: 'newest', offset: 0, limit: OFFERED } as const;
    const answer = api['registry.searchVersions']({ ...filters, ...page });
    return readInto(set, `versions:${modelId}`, answer, ({ versions }, state) => ({
      versionsByModel: { ...state.versionsByModel, [modelId]: versions },
    }));
  },
  keep(explanation) {
    const { id, modelId } = explanation;
    set((state) => ({ explanationById: { ...state.explanationById, [id]: explanation } }));
    void get().list(modelId);
  },
  keepOpened(explanationId, stageId) {
    set(({ openedById }) => ({ openedById: { ...openedById, [explanationId]: stageId } }));
  },
}));
