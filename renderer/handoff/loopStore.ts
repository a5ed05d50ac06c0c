import { create } from 'zustand';
import type { RawInputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import type { Outbox } from '../../shared/handoff/loopChannels';
import type { RetrainingRules } from '../../shared/handoff/retrainingRules';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';
import { useHandoffStore } from './handoffStore';

interface LoopState {
  readonly outbox: Outbox | null;
  readonly rulesByModel: Readonly<Record<string, RetrainingRules>>;
  readonly errors: ReadErrors;
  getOutbox(): Promise<void>;
  getRules(modelId: string): Promise<void>;
  /** Each answers null when it is on record, else why not. */
  setOutbox(input: RawInputOf<Contract['handoff.setOutbox']>): Promise<AppError | null>;
  setRules(input: RawInputOf<Contract['handoff.setRules']>): Promise<AppError | null>;
}

/** Retraining rules and the outbox, as core last said. Keys of `errors`: `outbox`, `rules:<model>`. */
export const useLoopStore = create<LoopState>((set) => ({
  outbox: null,
  rulesByModel: {},
  errors: {},
  getOutbox() {
    return readInto(set, 'outbox', api['handoff.getOutbox']({}), (outbox) => ({ outbox }));
  },
  getRules(modelId) {
    return readInto(
      set,
      `rules:${modelId}`,
      api['handoff.getRules']({ modelId }),
      (rules, state) => ({ rulesByModel: { ...state.rulesByModel, [modelId]: rules } }),
    );
  },
  async setOutbox(input) {
    const result = await api['handoff.setOutbox'](input);
    if (!result.ok) return result.error;
    set({ outbox: result.value });
    return null;
  },
  async setRules(input) {
    const result = await api['handoff.setRules'](input);
    if (!result.ok) return result.error;
    const { modelId } = input;
    set(({ rulesByModel }) => ({ rulesByModel: { ...rulesByModel, [modelId]: result.value } }));
    // A rule whose condition holds has drafted a packet.
    await useHandoffStore.getState().list(modelId);
    return null;
  },
}));
