import { z } from 'zod';

/** Every way in which a call through the gate can fail. Nothing else crosses it. */
export const ERROR_CODES = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'FORBIDDEN',
  'LOCKED',
  'BAD_DATA',
  'INSUFFICIENT_DATA',
  'INTEGRITY',
  'CANCELLED',
  'STORAGE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Codes that any channel may answer without declaring them. */
export const COMMON_CODES = [
  'INVALID_INPUT',
  'FORBIDDEN',
  'LOCKED',
  'CANCELLED',
  'STORAGE',
  'INTERNAL',
] as const satisfies readonly ErrorCode[];

export const AppError = z.strictObject({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
});

/** A failure as the renderer and the command line see it: never a stack, never a row value. */
export type AppError = z.infer<typeof AppError>;

/** The one exception that services throw; the gate turns it into an {@link AppError}. */
export class AppFailure extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'AppFailure';
  }
}
