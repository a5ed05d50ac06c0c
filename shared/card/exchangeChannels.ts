import { z } from 'zod';
import { FileFingerprint, FileSource, Sha256Hex } from '../base/files';
import { ModelVersionId, StageId } from '../base/ids';
import { channel } from '../ipc/channel';
import { CardContent } from './cardContent';
import { Card } from './channels';

export const CARD_FORMATS = ['pdf', 'html', 'json', 'modelCardToolkit', 'huggingFace'] as const;
export const CardFormat = z.enum(CARD_FORMATS);
export type CardFormat = z.infer<typeof CardFormat>;

const ExportedCard = z.strictObject({
  /** For people to read; the window never names it. */
  path: z.string(),
  fileName: z.string(),
  format: CardFormat,
  revision: z.number().int().positive(),
  sha256: Sha256Hex,
  sizeBytes: z.number().int().nonnegative(),
});
export type ExportedCard = z.infer<typeof ExportedCard>;

export const IMPORT_FORMATS = ['json', 'modelCardToolkit', 'huggingFace', 'cyclonedx'] as const;

/** A card file as it was read, before anything is saved. */
export const ReadCard = z.strictObject({
  file: FileFingerprint,
  format: z.enum(IMPORT_FORMATS),
  content: CardContent,
});
export type ReadCard = z.infer<typeof ReadCard>;

const StagedCard = ReadCard.extend({ stageId: StageId });

export const cardExchangeChannels = {
  /** Writes the card into a file where the person says. INSUFFICIENT_DATA: there is none yet. */
  'card.export': channel({
    input: z.strictObject({
      versionId: ModelVersionId,
      format: CardFormat,
      which: z.enum(['approved', 'newest']),
    }),
    output: ExportedCard,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'INSUFFICIENT_DATA'],
  }),
  /** Reads a card from a file of another system; nothing is saved. BAD_DATA says what is wrong with it. */
  'card.inspectImport': channel({
    input: z.strictObject({ source: FileSource }),
    output: StagedCard,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /**
   * Saves what was read as a new revision: fields that it says something in replace those of the card.
   * CONFLICT carries the `current` revision.
   */
  'card.import': channel({
    input: z.strictObject({
      versionId: ModelVersionId,
      revision: z.number().int().nonnegative(),
      stageId: StageId,
    }),
    output: Card,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
