import { create } from 'zustand';

interface PublicPassphraseState {
  /** Shown wherever it is asked for; null in a workspace whose passphrase is a secret. */
  readonly passphrase: string | null;
  setPassphrase(passphrase: string | null): void;
}

/** The sample holds public data only, so its passphrase is told to whoever has to type it. */
export const usePublicPassphraseStore = create<PublicPassphraseState>((set) => ({
  passphrase: null,
  setPassphrase: (passphrase) => set({ passphrase }),
}));
