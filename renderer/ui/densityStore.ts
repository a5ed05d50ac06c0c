import { create } from 'zustand';

export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

const KEY = 'assay.density';
/** Height of a table row; kit.css holds the same numbers. */
export const ROW_HEIGHT_PX: Readonly<Record<Density, number>> = { comfortable: 36, compact: 28 };

interface DensityState {
  readonly density: Density;
  setDensity(density: Density): void;
}

/** How closely tables are set; a person's taste, so it is kept in the window and not on record. */
export const useDensityStore = create<DensityState>((set) => ({
  density: readDensity(),
  setDensity(density) {
    document.documentElement.dataset['density'] = density;
    localStorage.setItem(KEY, density);
    set({ density });
  },
}));

function readDensity(): Density {
  if (typeof localStorage === 'undefined') return 'comfortable';
  const density: Density = localStorage.getItem(KEY) === 'compact' ? 'compact' : 'comfortable';
  document.documentElement.dataset['density'] = density;
  return density;
}
