import { z } from 'zod';
import { FileSource, Sha256Hex } from '../base/files';
import { ModelVersionId } from '../base/ids';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { PictureFacts } from './picture';

export const cardPictureChannels = {
  /** Takes a picture for a card. BAD_DATA: it is no whole PNG or JPEG of up to 1 MiB. */
  'card.addPicture': channel({
    input: z.strictObject({ versionId: ModelVersionId, source: FileSource }),
    output: PictureFacts,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /** A picture as a data address. */
  'card.picture': channel({
    input: z.strictObject({ sha256: Sha256Hex }),
    output: z.strictObject({ address: z.string() }),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
} as const;
