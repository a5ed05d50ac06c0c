import { create } from 'zustand';
import type { Canary, CanaryHead } from '../../shared/canary/channels';
import type { RawInputOf, ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import type { VersionSummary } from '../../shared/registry/listChannels';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';

type ById<T> = Readonly<Record<string, T>>;

interface CanaryState {
  /** Every canary of the workspace, newest first; null until it was read. */
  readonly heads: readonly CanaryHead[] | null;
  readonly canaryById: ById<Canary>;
  readonly versionsByModel: ById<readonly VersionSummary[]>;
  readonly errors: ReadErrors;
  list(): Promise<void>;
  get(canaryId: string): Promise<void>;
  loadVersions(modelId: string): Promise<void>;
  /** Answers the canary, or why it was not planned. */
  plan(input: RawInputOf<Contract['canary.plan']>): Promise<ResultOf<Contract['canary.plan']>>;
  /** Answers null when it is on record, else why not. */
  revisePlan(input: RawInputOf<Contract['canary.revisePlan']>): Promise<AppError | null>;
  judge(canaryId: string): Promise<AppError | null>;
  /** Takes in what an import that a dialog ran has answered. */
  keep(canary: Canary): void;
}

/** How many versions a plan offers. */
const OFFERED = 200;

/** Canaries as core last gave them. Keys of `errors`: `list`, `canary:<id>`, `versions:<id>`. */
export const useCanaryStore = create<CanaryState>((set, get) => ({
  heads: null,
  canaryById: {},
  versionsByModel: {},
  errors: {},
  list() {
    return readInto(set, 'list', api['canary.list']({ modelId: null }), (heads) => ({ heads }));
  },
  get(canaryId) {
    return readInto(
      set,
      `canary:${canaryId}`,
      api['canary.get']({ canaryId }),
      (canary, state) => ({
        canaryById: { ...state.canaryById, [canaryId]: canary },
      }),
    );
  },
  loadVersions(modelId) {
    const filters = { modelId, text: '', stage: null, alias: null, tag: null, hasReference: null };
    const page = { sort: 'newest', offset: 0, limit: OFFERED } as const;
    const answer = api['registry.searchVersions']({ ...filters, ...page });
    return readInto(set, `versions:${modelId}`, answer, ({ versions }, state) => ({
      versionsByModel: { ...state.versionsByModel, [modelId]: versions },
    }));
  },
  async plan(input) {
    const result = await api['canary.plan'](input);
    if (result.ok) get().keep(result.value);
    return result;
  },
  async revisePlan(input) {
    const result = await api['canary.revisePlan'](input);
    if (!result.ok) return result.error;
    get().keep(result.value);
    return null;
  },
  async judge(canaryId) {
    const result = await api['canary.judge']({ canaryId });
    if (!result.ok) return result.error;
    get().keep(result.value);
    return null;
  },
  keep(canary) {
    set(({ canaryById }) => ({ canaryById: { ...canaryById, [canary.id]: canary } }));
    void get().list();
  },
}));
