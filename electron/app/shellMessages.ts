import type { PickRequest } from './context';

/** Where things lie on this machine; the shell knows, core asks no one else. */
export interface CorePlaces {
  readonly resourcesFolder: string;
  readonly defaultWorkspacesFolder: string;
  readonly userDataFolder: string;
  readonly appVersion: string;
  /** The workspace that was open before a lock, or null. */
  readonly folder: string | null;
}

/** A question that only the shell can put to the person. */
export type Question =
  | ({ readonly kind: 'pickFile' } & PickRequest)
  | ({ readonly kind: 'pickSaveFile'; readonly suggestedName: string } & PickRequest)
  | { readonly kind: 'pickFolder'; readonly title: string };

/** A question to the operating system's keychain; bytes travel as base64. */
export type KeychainQuestion =
  | { readonly kind: 'isAvailable' }
  | { readonly kind: 'protect'; readonly half: string }
  | { readonly kind: 'reveal'; readonly protectedHalf: string };

export interface KeychainAnswer {
  readonly isAvailable: boolean;
  /** What was asked for; null when the keychain did not give it. */
  readonly bytes: string | null;
}

export type LockReason = 'person' | 'idle' | 'suspend';

/** From the shell to core; `window` and `jobStarted` carry a port. */
export type ShellToCore =
  | { readonly type: 'start'; readonly places: CorePlaces }
  | { readonly type: 'window' }
  | { readonly type: 'answer'; readonly id: number; readonly path: string | null }
  | { readonly type: 'keychainAnswer'; readonly id: number; readonly answer: KeychainAnswer }
  | { readonly type: 'printed'; readonly id: number; readonly pdf: string | null }
  | { readonly type: 'token'; readonly token: string; readonly path: string }
  | { readonly type: 'jobStarted'; readonly jobId: number }
  | { readonly type: 'jobExited'; readonly jobId: number; readonly code: number }
  | { readonly type: 'lock'; readonly reason: LockReason };

/** From core to the shell: never a row, never a key; of a key's wrapping, one half that opens nothing. */
export type CoreToShell =
  | { readonly type: 'ask'; readonly id: number; readonly question: Question }
  | { readonly type: 'askKeychain'; readonly id: number; readonly question: KeychainQuestion }
  | { readonly type: 'print'; readonly id: number; readonly html: string }
  | { readonly type: 'startJob'; readonly jobId: number }
  | { readonly type: 'killJob'; readonly jobId: number }
  | { readonly type: 'folder'; readonly folder: string | null }
  | { readonly type: 'restartLocked'; readonly folder: string | null; readonly reason: LockReason };
