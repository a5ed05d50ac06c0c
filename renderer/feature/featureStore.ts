import { create, type StoreApi } from 'zustand';
import type { Feature } from '../../shared/feature/feature';
import { featureChannels } from '../../shared/feature/channels';
import type { RawInputOf } from '../../shared/ipc/channel';
import type { AppError } from '../../shared/ipc/errors';
import type { Result } from '../../shared/ipc/result';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';
import { useHasRole } from '../ui/personStore';

type Input<K extends keyof typeof featureChannels> = RawInputOf<(typeof featureChannels)[K]>;

interface FeatureStoreState {
  readonly byId: Readonly<Record<string, Feature>>;
  readonly errors: ReadErrors;
  /** Goes up with every change of the catalogue, so that lists are read again. */
  readonly nChanges: number;
  getFeature(featureId: string): Promise<void>;
  define(input: Input<'feature.define'>): Promise<Result<Feature>>;
  /** Null when it is done, else why not. */
  revise(input: Input<'feature.revise'>): Promise<AppError | null>;
  importFeatures(input: Input<'feature.import'>): Promise<AppError | null>;
}

/** Features as core last gave them. */
export const useFeatureStore = create<FeatureStoreState>((set) => ({
  byId: {},
  errors: {},
  nChanges: 0,
  getFeature(featureId) {
    const answer = api['feature.get']({ featureId });
    return readInto(set, featureId, answer, (feature, { byId }) => ({
      byId: { ...byId, [featureId]: feature },
    }));
  },
  async define(input) {
    const result = await api['feature.define'](input);
    if (result.ok) keep(set, result.value);
    return result;
  },
  async revise(input) {
    const result = await api['feature.revise'](input);
    if (!result.ok) return result.error;
    keep(set, result.value);
    return null;
  },
  async importFeatures(input) {
    const result = await api['feature.import'](input);
    if (!result.ok) return result.error;
    set(({ nChanges }) => ({ nChanges: nChanges + 1, byId: {} }));
    return null;
  },
}));

function keep(set: StoreApi<FeatureStoreState>['setState'], feature: Feature): void {
  set(({ byId, nChanges }) => ({
    byId: { ...byId, [feature.id]: feature },
    nChanges: nChanges + 1,
  }));
}

/** Whether the signed-in person may make a call, by the table that the gate reads. */
export function useMay(call: keyof typeof featureChannels): boolean {
  return useHasRole(featureChannels[call].allow);
}
