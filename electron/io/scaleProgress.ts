import type { Progress } from '../../shared/ipc/messages';

/** Lets a step report from 0 to 1 where the whole is only between `from` and `to`. */
export function scaleProgress(
  report: ((progress: Progress) => void) | undefined,
  from: number,
  to: number,
): (progress: Progress) => void {
  return ({ fraction, activity }) =>
    report?.({ fraction: fraction === null ? null : from + fraction * (to - from), activity });
}

/** As {@link scaleProgress}, for a step that can be told to stop as well. */
export function scaleScope(
  { signal, progress }: { readonly signal: AbortSignal; progress(progress: Progress): void },
  from: number,
  to: number,
): { readonly signal: AbortSignal; readonly progress: (progress: Progress) => void } {
  return { signal, progress: scaleProgress(progress, from, to) };
}
