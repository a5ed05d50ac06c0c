import type { InputOf } from '../../shared/ipc/channel';
import type { cardPictureChannels } from '../../shared/card/pictureChannels';
import type { CardContent } from '../../shared/card/cardContent';
import { picturesIn, type PictureFacts } from '../../shared/card/picture';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import { pickSourceFile } from '../io/pickSource';
import { requireVersion } from '../registry/registryService';
import type { Pictures } from './cardExport';
import { dataAddress } from './dataPictures';
import { findPicture, hasPicture, insertPicture } from './pictureRepo';

/** A document of more than so many pictures names the others. */
const MAX_PICTURES = 40;

type Input<K extends keyof typeof cardPictureChannels> = InputOf<(typeof cardPictureChannels)[K]>;

/**
 * Takes a picture for the card of a version; the same picture again changes nothing.
 *
 * @throws AppFailure NOT_FOUND, BAD_DATA (no whole PNG or JPEG of up to 1 MiB), CANCELLED
 */
export async function addPicture(
  ctx: AppContext,
  { versionId, source }: Input<'card.addPicture'>,
): Promise<PictureFacts> {
  requireVersion(ctx, versionId);
  const path = await pickSourceFile(ctx, source, {
    title: 'Picture for a model card',
    extensions: ['png', 'jpg', 'jpeg'],
  });
  const picture = await ctx.jobs.run('card.readPicture', { path }, ctx);
  const { bytes: _bytes, ...facts } = picture;
  if (hasPicture(ctx.db, facts.sha256)) return facts;
  ctx.write('card.pictureAdded', versionId, { after: facts }, (db) =>
    insertPicture(db, { ...picture, addedAtUtc: ctx.nowUtc(), addedBy: ctx.actor.id }),
  );
  return facts;
}

/** A picture by its digest, as an address that holds it whole. @throws AppFailure NOT_FOUND */
export function getPicture(
  ctx: AppContext,
  { sha256 }: Input<'card.picture'>,
): { readonly address: string } {
  const address = pictureAddress(ctx, sha256);
  if (address === null)
    throw new AppFailure('NOT_FOUND', 'There is no such picture in this workspace.', { sha256 });
  return { address };
}

/** Data addresses of the pictures that a card shows and this workspace has, by digest. */
export function picturesOf(ctx: Pick<AppContext, 'db'>, content: CardContent): Pictures {
  const found = picturesIn(JSON.stringify(content)).slice(0, MAX_PICTURES);
  return Object.fromEntries(
    found.flatMap((sha256) => {
      const address = pictureAddress(ctx, sha256);
      return address === null ? [] : [[sha256, address]];
    }),
  );
}

/** A picture as a data address; null for one that is not in this workspace. */
function pictureAddress({ db }: Pick<AppContext, 'db'>, sha256: string): string | null {
  const picture = findPicture(db, sha256);
  return picture === null ? null : dataAddress(picture);
}
