import { useCallback, useEffect, useRef, useState } from 'react';
import type { RawInputOf, ResultOf } from '../../shared/ipc/channel';
import type { ChannelName, Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import type { Progress } from '../../shared/ipc/messages';
import { api } from '../api/client';

export interface Call<K extends ChannelName> {
  /** Runs the call; the answer also comes back as a value. A new run cancels the one before. */
  readonly run: (input: RawInputOf<Contract[K]>) => Promise<ResultOf<Contract[K]>>;
  readonly progress: Progress | null;
  readonly isRunning: boolean;
  /** Why the last run failed; null after success and after the person's own Cancel. */
  readonly error: AppError | null;
  readonly cancel: () => void;
  readonly clearError: () => void;
}

/** One call to core with its progress, its error and a way to stop it; stops when the page goes. */
export function useCall<K extends ChannelName>(name: K): Call<K> {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const controller = useRef<AbortController | null>(null);

  useEffect(() => () => controller.current?.abort(), []);

  const run = useCallback(
    async (input: RawInputOf<Contract[K]>) => {
      controller.current?.abort();
      const own = new AbortController();
      controller.current = own;
      setIsRunning(true);
      setProgress(null);
      setError(null);
      const result = await api[name](input, { onProgress: setProgress, signal: own.signal });
      if (controller.current === own) {
        controller.current = null;
        setIsRunning(false);
        setProgress(null);
        if (!result.ok && result.error.code !== 'CANCELLED') setError(result.error);
      }
      return result;
    },
    [name],
  );
  const cancel = useCallback(() => controller.current?.abort(), []);
  const clearError = useCallback(() => setError(null), []);
  return { run, progress, isRunning, error, cancel, clearError };
}
