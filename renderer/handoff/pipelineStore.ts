import { create } from 'zustand';
import type { RawInputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import type { PipelineSettingsRevision } from '../../shared/handoff/pipelineSettings';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';

interface PipelineState {
  readonly settingsByModel: Readonly<Record<string, PipelineSettingsRevision>>;
  readonly errors: ReadErrors;
  getSettings(modelId: string): Promise<void>;
  /** Answers null when it is on record, else why not. */
  setSettings(input: RawInputOf<Contract['handoff.setSettings']>): Promise<AppError | null>;
}

/** Where pipelines are, as core last said. Keys of `errors`: `settings:<model>`. */
export const usePipelineStore = create<PipelineState>((set) => ({
  settingsByModel: {},
  errors: {},
  getSettings(modelId) {
    return readInto(
      set,
      `settings:${modelId}`,
      api['handoff.getSettings']({ modelId }),
      (settings, state) => ({
        settingsByModel: { ...state.settingsByModel, [modelId]: settings },
      }),
    );
  },
  async setSettings(input) {
    const result = await api['handoff.setSettings'](input);
    if (!result.ok) return result.error;
    const { modelId } = input;
    set(({ settingsByModel }) => ({
      settingsByModel: { ...settingsByModel, [modelId]: result.value },
    }));
    return null;
  },
}));
