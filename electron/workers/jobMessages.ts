import type { AppError } from '../../shared/ipc/errors';
import type { Progress } from '../../shared/ipc/messages';

/** What core sends to a job process: one job at a time. */
export interface ToJob {
  readonly type: 'run';
  readonly name: string;
  readonly input: unknown;
}

/** What a job process sends back. */
export type FromJob =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly progress: Progress }
  /** Sent by a timer; when it stays out, the process hangs. */
  | { readonly type: 'alive'; readonly rssBytes: number }
  | { readonly type: 'done'; readonly value: unknown }
  | { readonly type: 'failed'; readonly error: AppError };

/** A running job process as core holds it; the shell or `child_process` stands behind it. */
export interface JobProcess {
  post(message: ToJob): void;
  onMessage(listener: (message: FromJob) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}
