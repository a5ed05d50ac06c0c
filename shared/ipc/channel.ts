import type { z } from 'zod';
import type { Role } from '../vault/person';
import type { COMMON_CODES, ErrorCode } from './errors';

/** What one call between window and core takes, answers and may fail with. */
export interface Channel {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Roles that may call it; a person needs one of them. Ignored while `session` is `none`. */
  readonly allow: readonly Role[];
  /** `unlocked` needs an open workspace and a signed-in person; `none` works on the first screen. */
  readonly session: 'unlocked' | 'none';
  /** True when it changes records; then it leaves at least one audit event. */
  readonly mutates: boolean;
  readonly errors: readonly ErrorCode[];
}

/** Declares a channel; the literal types are kept so that everything else derives from them. */
export function channel<const C extends Channel>(spec: C): C {
  return spec;
}

export type InputOf<C extends Channel> = import('zod').output<C['input']>;
export type RawInputOf<C extends Channel> = import('zod').input<C['input']>;
export type OutputOf<C extends Channel> = import('zod').output<C['output']>;
export type ErrorCodeOf<C extends Channel> = C['errors'][number] | (typeof COMMON_CODES)[number];

/** A channel's answer; the error code is a closed union, so a `switch` on it is exhaustive. */
export type ResultOf<C extends Channel> =
  | { readonly ok: true; readonly value: OutputOf<C> }
  | {
      readonly ok: false;
      readonly error: {
        readonly code: ErrorCodeOf<C>;
        readonly message: string;
        readonly details: Readonly<Record<string, unknown>>;
      };
    };
