import { create } from 'zustand';
import { dataflowChannels, type SavedFlowMap } from '../../shared/dataflow/channels';
import { EMPTY_MAP, type FlowElementId, type FlowMap } from '../../shared/dataflow/flowMap';
import type { RawInputOf } from '../../shared/ipc/channel';
import type { AppError } from '../../shared/ipc/errors';
import { api } from '../api/client';
import { useHasRole } from '../ui/personStore';
import { changed, historyFrom, redone, undone, type MapHistory } from './mapHistory';

interface FlowMapState extends MapHistory {
  /** As core last gave it; null while it is under way. */
  readonly saved: SavedFlowMap | null;
  readonly error: AppError | null;
  readonly selectedIds: readonly FlowElementId[];
  /** Reads the saved map; what was drawn and is not saved stays. */
  load(): Promise<void>;
  /** Gives up what is not saved. */
  discard(): Promise<void>;
  change(map: FlowMap, step?: string | null): void;
  undo(): void;
  redo(): void;
  select(ids: readonly FlowElementId[]): void;
  /** Null when it is done, else why not. */
  save(reason: string): Promise<AppError | null>;
  accept(
    input: RawInputOf<(typeof dataflowChannels)['dataflow.acceptFinding']>,
  ): Promise<AppError | null>;
}

/** The data-flow map: what is saved, and what is drawn on top of it. */
export const useFlowMapStore = create<FlowMapState>((set, get) => ({
  saved: null,
  error: null,
  ...historyFrom(EMPTY_MAP),
  selectedIds: [],
  async load() {
    const result = await api['dataflow.get']({});
    if (!result.ok) return set({ error: result.error });
    const { saved, draft } = get();
    const isDrawn = saved !== null && draft !== saved.content;
    const isNewer = saved?.head?.revision !== result.value.head?.revision;
    // What is drawn rests on the revision that it began with, so that a save can tell that it is stale.
    if (isDrawn && isNewer) return set({ error: null });
    set({ error: null, saved: result.value, ...(isDrawn ? {} : fresh(result.value)) });
  },
  async discard() {
    const result = await api['dataflow.get']({});
    if (!result.ok) return set({ error: result.error });
    set({ error: null, saved: result.value, ...fresh(result.value) });
  },
  change: (map, step = null) => set((state) => changed(state, map, step)),
  undo: () => set(undone),
  redo: () => set(redone),
  select(selectedIds) {
    const now = get().selectedIds;
    const isSame = now.length === selectedIds.length && now.every((id, i) => id === selectedIds[i]);
    if (!isSame) set({ selectedIds });
  },
  async save(reason) {
    const { saved, draft } = get();
    const revision = saved?.head?.revision ?? 0;
    const result = await api['dataflow.save']({ revision, content: draft, reason });
    if (!result.ok) return result.error;
    const isUntouched = get().draft === draft;
    set({ saved: result.value, ...(isUntouched ? { draft: result.value.content } : {}) });
    return null;
  },
  async accept(input) {
    const result = await api['dataflow.acceptFinding'](input);
    if (!result.ok) return result.error;
    const { saved } = get();
    if (saved !== null) set({ saved: { ...saved, acceptances: result.value.acceptances } });
    return null;
  },
}));

function fresh(saved: SavedFlowMap): Partial<FlowMapState> {
  return { ...historyFrom(saved.content), selectedIds: [] };
}

/** Whether something is drawn that is not saved. */
export function useIsChanged(): boolean {
  return useFlowMapStore(({ saved, draft }) => saved !== null && draft !== saved.content);
}

/** Whether the signed-in person may make a call, by the table that the gate reads. */
export function useMay(call: keyof typeof dataflowChannels): boolean {
  return useHasRole(dataflowChannels[call].allow);
}
