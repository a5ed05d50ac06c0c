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

export type LockReason = 'person' | 'idle' | 'suspend';

/** From the shell to core; `window` and `jobStarted` carry a port. */
export type ShellToCore =
  | { readonly type: 'start'; readonly places: CorePlaces }
  | { readonly type: 'window' }
  | { readonly type: 'answer'; readonly id: number; readonly path: string | null }
  | { readonly type: 'token'; readonly token: string; readonly path: string }
  | { readonly type: 'jobStarted'; readonly jobId: number }
  | { readonly type: 'jobExited'; readonly jobId: number; readonly code: number }
  | { readonly type: 'lock'; readonly reason: LockReason };

/** From core to the shell: never a key, never a row. */
export type CoreToShell =
  | { readonly type: 'ask'; readonly id: number; readonly question: Question }
  | { readonly type: 'startJob'; readonly jobId: number }
  | { readonly type: 'killJob'; readonly jobId: number }
  | { readonly type: 'folder'; readonly folder: string | null }
  | { readonly type: 'restartLocked'; readonly folder: string | null; readonly reason: LockReason };
