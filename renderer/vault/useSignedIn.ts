import { unlockedStatus } from './peopleWords';
import { useVaultStore } from './vaultStore';

/** The open workspace and who is signed in; null while neither is. */
export function useSignedIn(): ReturnType<typeof unlockedStatus> {
  return useVaultStore((state) => unlockedStatus(state.status));
}
