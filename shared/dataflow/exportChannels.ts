import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';

export const REGISTER_FORMATS = ['csv', 'html', 'pdf', 'json'] as const;
const RegisterFormat = z.enum(REGISTER_FORMATS);
export type RegisterFormat = z.infer<typeof RegisterFormat>;

export const MAP_FORMATS = ['svg', 'png', 'json'] as const;
const MapFormat = z.enum(MAP_FORMATS);
export type MapFormat = z.infer<typeof MapFormat>;

/** A picture that the window drew, up to about 24 MB. */
const PngBase64 = z.base64().max(32_000_000);

const WrittenFile = z.strictObject({
  path: z.string(),
  fileName: z.string(),
  revision: z.number().int().positive(),
  sha256: Sha256Hex,
  sizeBytes: z.number().int().nonnegative(),
});
export type WrittenFile = z.infer<typeof WrittenFile>;

export const dataflowExportChannels = {
  /** Writes the register of the saved map, with the signatures under it. */
  'dataflow.exportRegister': channel({
    input: z.strictObject({ format: RegisterFormat }),
    output: WrittenFile,
    allow: ROLES,
    session: 'unlocked',
    mutates: true,
    errors: ['INSUFFICIENT_DATA'],
  }),
  /** Writes the saved map as a picture or as data. */
  'dataflow.exportMap': channel({
    input: z.strictObject({
      format: MapFormat,
      /** The picture for `png`, drawn from the map's SVG; null for the others. */
      pngBase64: PngBase64.nullable(),
    }),
    output: WrittenFile,
    allow: ROLES,
    session: 'unlocked',
    mutates: true,
    errors: ['INSUFFICIENT_DATA', 'INVALID_INPUT'],
  }),
} as const;
