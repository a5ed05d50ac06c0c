import { create } from 'zustand';
import type { CanaryVerdictHead } from '../../shared/canary/channels';
import type { RawInputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import type { Result } from '../../shared/ipc/result';
import type {
  LifecyclePolicyRevision,
  lifecycleChannels,
  ModelHistory,
  VersionLifecycle,
} from '../../shared/registry/lifecycleChannels';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';
import { useRegistryStore } from './registryStore';

type Input<K extends keyof typeof lifecycleChannels> = RawInputOf<Contract[K]>;
/** Null when it is done, else why not. */
type Outcome = Promise<AppError | null>;

interface LifecycleState {
  readonly byVersion: Readonly<Record<string, VersionLifecycle>>;
  readonly historyByModel: Readonly<Record<string, ModelHistory>>;
  /** Of canaries with a version of the model as candidate. */
  readonly verdictsByModel: Readonly<Record<string, readonly CanaryVerdictHead[]>>;
  readonly gatesByModel: Readonly<Record<string, LifecyclePolicyRevision>>;
  readonly errors: ReadErrors;
  getLifecycle(versionId: string): Promise<void>;
  history(modelId: string): Promise<void>;
  listVerdicts(modelId: string): Promise<void>;
  getLifecyclePolicy(modelId: string): Promise<void>;
  requestPromotion(input: Input<'registry.requestPromotion'>): Outcome;
  withdrawPromotion(versionId: string, input: Input<'registry.withdrawPromotion'>): Outcome;
  promote(versionId: string, input: Input<'registry.promote'>): Outcome;
  rollBack(versionId: string, input: Input<'registry.rollBack'>): Outcome;
  archiveVersion(input: Input<'registry.archiveVersion'>): Outcome;
  setLifecyclePolicy(input: Input<'registry.setLifecyclePolicy'>): Outcome;
  setAlias(input: Input<'registry.setAlias'>): Outcome;
}

/** Stages, gates and history as core last gave them. */
export const useLifecycleStore = create<LifecycleState>((set, get) => {
  /** After a step, and after one that was refused, the pages show what is on record. */
  async function step(versionId: string, answer: Promise<Result<unknown>>): Outcome {
    const result = await answer;
    const { getVersion } = useRegistryStore.getState();
    await Promise.all([get().getLifecycle(versionId), getVersion(versionId)]);
    return result.ok ? null : result.error;
  }
  return {
    byVersion: {},
    historyByModel: {},
    verdictsByModel: {},
    gatesByModel: {},
    errors: {},
    getLifecycle(versionId) {
      const answer = api['registry.getLifecycle']({ versionId });
      return readInto(set, versionId, answer, (found, { byVersion }) => ({
        byVersion: { ...byVersion, [versionId]: found },
      }));
    },
    history(modelId) {
      const answer = api['registry.history']({ modelId });
      return readInto(set, `history:${modelId}`, answer, (found, { historyByModel }) => ({
        historyByModel: { ...historyByModel, [modelId]: found },
      }));
    },
    listVerdicts(modelId) {
      const answer = api['canary.listVerdicts']({ modelId });
      return readInto(set, `history:${modelId}`, answer, (found, { verdictsByModel }) => ({
        verdictsByModel: { ...verdictsByModel, [modelId]: found },
      }));
    },
    getLifecyclePolicy(modelId) {
      const answer = api['registry.getLifecyclePolicy']({ modelId });
      return readInto(set, `gates:${modelId}`, answer, (found, { gatesByModel }) => ({
        gatesByModel: { ...gatesByModel, [modelId]: found },
      }));
    },
    requestPromotion: (input) => step(input.versionId, api['registry.requestPromotion'](input)),
    withdrawPromotion: (versionId, input) =>
      step(versionId, api['registry.withdrawPromotion'](input)),
    promote: (versionId, input) => step(versionId, api['registry.promote'](input)),
    rollBack: (versionId, input) => step(versionId, api['registry.rollBack'](input)),
    archiveVersion: (input) => step(input.versionId, api['registry.archiveVersion'](input)),
    async setLifecyclePolicy(input) {
      const result = await api['registry.setLifecyclePolicy'](input);
      await get().getLifecyclePolicy(input.modelId);
      return result.ok ? null : result.error;
    },
    async setAlias(input) {
      const result = await api['registry.setAlias'](input);
      if (input.versionId !== null) await useRegistryStore.getState().getVersion(input.versionId);
      await get().history(input.modelId);
      return result.ok ? null : result.error;
    },
  };
});
