import { create } from 'zustand';
import type { RawInputOf, ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import type { IntakeState } from '../../shared/intake/channels';
import { api } from '../api/client';

type Input<K extends keyof Contract> = RawInputOf<Contract[K]>;

interface WatchedFolderState {
  /** Null until it is there. */
  readonly state: IntakeState | null;
  readonly error: AppError | null;
  getState(): Promise<void>;
  /** Each answers null when it is done, else why not. */
  setFolder(input: Input<'intake.setFolder'>): Promise<AppError | null>;
  setWatch(input: Input<'intake.setWatch'>): Promise<AppError | null>;
  pause(isPaused: boolean): Promise<AppError | null>;
  take(input: Input<'intake.take'>): Promise<AppError | null>;
}

/** The watched folder, as core last said it. */
export const useIntakeStore = create<WatchedFolderState>((set, get) => {
  async function after(
    result: ResultOf<
      Contract['intake.setFolder' | 'intake.setWatch' | 'intake.pause' | 'intake.take']
    >,
  ): Promise<AppError | null> {
    if (!result.ok) return result.error;
    await get().getState();
    return null;
  }
  return {
    state: null,
    error: null,
    async getState() {
      const result = await api['intake.getState']({});
      set(result.ok ? { state: result.value, error: null } : { error: result.error });
    },
    setFolder: async (input) => after(await api['intake.setFolder'](input)),
    setWatch: async (input) => after(await api['intake.setWatch'](input)),
    pause: async (isPaused) => after(await api['intake.pause']({ isPaused })),
    take: async (input) => after(await api['intake.take'](input)),
  };
});
