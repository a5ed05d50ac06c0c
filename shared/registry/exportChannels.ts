import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import { ModelId, ModelVersionId } from '../base/ids';
import { channel } from '../ipc/channel';

export const EXPORT_FORMATS = ['json', 'mlflow', 'cyclonedx'] as const;
export const ExportFormat = z.enum(EXPORT_FORMATS);
export type ExportFormat = z.infer<typeof ExportFormat>;

export const ExportedFile = z.strictObject({
  /** For people to read; the window never names it. */
  path: z.string(),
  fileName: z.string(),
  format: ExportFormat,
  sha256: Sha256Hex,
  sizeBytes: z.number().int().nonnegative(),
});
export type ExportedFile = z.infer<typeof ExportedFile>;

export const exportChannels = {
  /** Writes one version into a file where the person says. */
  'registry.exportVersion': channel({
    input: z.strictObject({ versionId: ModelVersionId, format: ExportFormat }),
    output: ExportedFile,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND'],
  }),
  /** Writes a model with all its versions. INSUFFICIENT_DATA: it has none yet. */
  'registry.exportModel': channel({
    input: z.strictObject({ modelId: ModelId, format: ExportFormat }),
    output: ExportedFile,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'INSUFFICIENT_DATA'],
  }),
} as const;
