import { z } from 'zod';

export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * Which file a call is about. The window never names a path: `null` asks for a dialog, a token
 * stands for a file that the person dropped or chose before (the shell gave the token out).
 */
export const FileSource = z.strictObject({ token: z.uuid().nullable() });
export type FileSource = z.infer<typeof FileSource>;

/** A user's file as it was when it was read: enough to find it again and to prove it unchanged. */
export const FileFingerprint = z.strictObject({
  fileName: z.string().max(1024),
  sha256: Sha256Hex,
  sizeBytes: z.number().int().nonnegative(),
});
export type FileFingerprint = z.infer<typeof FileFingerprint>;
