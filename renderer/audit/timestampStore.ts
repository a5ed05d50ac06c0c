import { create } from 'zustand';
import type { Timestamp } from '../../shared/audit/timestampChannels';
import type { AppError } from '../../shared/ipc/errors';
import { api } from '../api/client';

interface TimestampState {
  /** Newest first; null until they are there. */
  readonly timestamps: readonly Timestamp[] | null;
  readonly error: AppError | null;
  listTimestamps(): Promise<void>;
}

export const useTimestampStore = create<TimestampState>((set) => ({
  timestamps: null,
  error: null,
  async listTimestamps() {
    const result = await api['audit.listTimestamps']({});
    set(result.ok ? { timestamps: result.value, error: null } : { error: result.error });
  },
}));
