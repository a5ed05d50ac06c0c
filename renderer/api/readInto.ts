import type { AppError } from '../../shared/ipc/errors';
import type { Result } from '../../shared/ipc/result';

/** Why the last read of something failed, by what was asked for. */
export type ReadErrors = Readonly<Record<string, AppError>>;

interface WithErrors {
  readonly errors: ReadErrors;
}

type SetState<S> = (change: (state: S) => Partial<S> | { readonly errors: ReadErrors }) => void;

/**
 * Brings one answer into a store, or the reason why it is not there.
 *
 * @param key what was asked for, e.g. `getModel:1234`; its error is cleared by the next answer
 * @param keep what the answer changes in the store
 */
export async function readInto<S extends WithErrors, T>(
  set: SetState<S>,
  key: string,
  answer: Promise<Result<T>>,
  keep: (value: T, state: S) => Partial<S>,
): Promise<void> {
  const result = await answer;
  set((state) => {
    if (!result.ok) return { errors: { ...state.errors, [key]: result.error } };
    const { [key]: _cleared, ...errors } = state.errors;
    return { ...keep(result.value, state), errors };
  });
}
