import type { AppError } from './errors';

/** What travels from a window to core over its port. */
export type ToCore =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  /** The person is there: they moved, typed or scrolled. */
  | { readonly type: 'activity' };

/** What travels from core to a window. */
export type FromCore =
  | { readonly type: 'result'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly type: 'result'; readonly id: number; readonly ok: false; readonly error: AppError }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'event'; readonly event: CoreEvent };

/** How far a long call is. */
export interface Progress {
  /** In [0, 1]; null while the total is not known. */
  readonly fraction: number | null;
  /** What is being done, in words. */
  readonly activity: string;
}

/** Something happened that no call asked for. */
export type CoreEvent =
  | { readonly name: 'vault.locked'; readonly reason: 'person' | 'idle' | 'suspend' }
  | { readonly name: 'job.failed'; readonly message: string };
