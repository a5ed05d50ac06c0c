import { create } from 'zustand';
import type { ImportedVersions, InspectedStore } from '../../shared/registry/importChannels';
import type { ImportFilter } from './importWords';

interface ImportState {
  /** What was looked at last; core holds it ready until something else is looked at. */
  readonly store: InspectedStore | null;
  /** Keys of the candidates that will be imported. */
  readonly chosen: ReadonlySet<string>;
  readonly filter: ImportFilter;
  /** What the last import recorded. */
  readonly imported: ImportedVersions | null;
  keepStore(store: InspectedStore): void;
  keepImported(imported: ImportedVersions): void;
  choose(keys: readonly string[], isChosen: boolean): void;
  setFilter(filter: ImportFilter): void;
}

/** A look at a store of MLflow, and what the person chose of it. */
export const useImportStore = create<ImportState>((set) => ({
  store: null,
  chosen: new Set(),
  filter: 'all',
  imported: null,
  keepStore(store) {
    const suggested = store.candidates.filter(({ isSuggested }) => isSuggested);
    set({ store, imported: null, filter: 'all', chosen: new Set(suggested.map(({ key }) => key)) });
  },
  keepImported(imported) {
    set({ imported, store: null, chosen: new Set() });
  },
  choose(keys, isChosen) {
    set(({ chosen }) => {
      const next = new Set(chosen);
      for (const key of keys) {
        if (isChosen) next.add(key);
        else next.delete(key);
      }
      return { chosen: next };
    });
  },
  setFilter: (filter) => set({ filter }),
}));
