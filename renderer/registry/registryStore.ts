import { create } from 'zustand';
import type { RawInputOf, ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { ModelOutline, registryChannels } from '../../shared/registry/channels';
import type { factsChannels } from '../../shared/registry/factsChannels';
import type { ModelVersion } from '../../shared/registry/model';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';

type Name = keyof typeof registryChannels | keyof typeof factsChannels;
type Input<K extends Name> = RawInputOf<Contract[K]>;
type Answer<K extends Name> = ResultOf<Contract[K]>;

export const HUB_TABS = [
  'versions',
  'lifecycle',
  'cards',
  'monitoring',
  'performance',
  'canary',
  'explanations',
  'alerts',
  'handoff',
] as const;
export type HubTab = (typeof HUB_TABS)[number];

interface RegistryState {
  readonly modelById: Readonly<Record<string, ModelOutline>>;
  readonly versionById: Readonly<Record<string, ModelVersion>>;
  readonly errors: ReadErrors;
  /** The tab that a model's page was left at. */
  readonly tabByModel: Readonly<Record<string, HubTab>>;
  getModel(modelId: string): Promise<void>;
  getVersion(versionId: string): Promise<void>;
  createModel(draft: Input<'registry.createModel'>): Promise<Answer<'registry.createModel'>>;
  /** Makes what a new version freezes and holds it ready for signing. */
  previewVersion(
    input: Input<'registry.previewVersion'>,
  ): Promise<Answer<'registry.previewVersion'>>;
  /** Signs and freezes a preview. */
  registerVersion(
    input: Input<'registry.registerVersion'>,
  ): Promise<Answer<'registry.registerVersion'>>;
  updateModel(input: Input<'registry.updateModel'>): Promise<Answer<'registry.updateModel'>>;
  setVersionTags(
    input: Input<'registry.setVersionTags'>,
  ): Promise<Answer<'registry.setVersionTags'>>;
  openTab(modelId: string, tab: HubTab): void;
}

/** Models and versions as core last gave them. */
export const useRegistryStore = create<RegistryState>((set, get) => ({
  modelById: {},
  versionById: {},
  errors: {},
  tabByModel: {},
  getModel(modelId) {
    return readInto(set, modelId, api['registry.getModel']({ modelId }), (found, state) => ({
      modelById: { ...state.modelById, [modelId]: found },
    }));
  },
  getVersion(versionId) {
    return readInto(set, versionId, api['registry.getVersion']({ versionId }), (found, state) => ({
      versionById: { ...state.versionById, [versionId]: found },
    }));
  },
  createModel: (draft) => api['registry.createModel'](draft),
  previewVersion: (input) => api['registry.previewVersion'](input),
  async registerVersion(input) {
    const result = await api['registry.registerVersion'](input);
    if (result.ok) await get().getModel(result.value.snapshot.modelId);
    return result;
  },
  async updateModel(input) {
    const result = await api['registry.updateModel'](input);
    if (result.ok) await get().getModel(input.modelId);
    return result;
  },
  async setVersionTags(input) {
    const result = await api['registry.setVersionTags'](input);
    if (result.ok) await get().getVersion(input.versionId);
    return result;
  },
  openTab(modelId, tab) {
    set(({ tabByModel }) => ({ tabByModel: { ...tabByModel, [modelId]: tab } }));
  },
}));
