import { create } from 'zustand';
import type { AppError } from '../../shared/ipc/errors';
import type { VaultStatus } from '../../shared/vault/channels';
import { api } from '../api/client';

interface VaultState {
  /** Null until core has answered. */
  readonly status: VaultStatus | null;
  readonly error: AppError | null;
  /** True from the lock until the shell has replaced this window. */
  readonly isLocking: boolean;
  load(): Promise<void>;
  setStatus(status: VaultStatus): void;
  lock(reason: 'person' | 'idle'): Promise<void>;
  /** Takes everything off the screen: core has locked, or is about to. */
  markLocked(): void;
  close(): Promise<void>;
}

/** Which workspace is open and who is signed in; decides what the window may show. */
export const useVaultStore = create<VaultState>((set) => ({
  status: null,
  error: null,
  isLocking: false,
  async load() {
    const result = await api['vault.status']({});
    set(result.ok ? { status: result.value, error: null } : { error: result.error });
  },
  setStatus: (status) => set({ status, error: null, isLocking: false }),
  async lock(reason) {
    set({ isLocking: true });
    const result = await api['vault.lock']({ reason });
    if (!result.ok) set({ isLocking: false, error: result.error });
  },
  markLocked: () => set({ isLocking: true, status: null }),
  async close() {
    const result = await api['vault.close']({});
    set(result.ok ? { status: result.value, error: null } : { error: result.error });
  },
}));
