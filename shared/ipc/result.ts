import type { AppError } from './errors';

/** The answer of every call: a value, or an error as a value. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };
