import { cleanPicture, type CleanPicture } from './cleanPicture';

const DATA_ADDRESS = /data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}/gu;
/** More are left as they are, which is text. */
const MAX_PICTURES = 100;

/** A picture as an address that holds it whole. */
export function dataAddress({ mediaType, bytes }: CleanPicture): string {
  return `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
}

/** The pictures that a text holds as data addresses, cleaned, by address; what is no picture is left out. */
export function dataPictures(text: string): ReadonlyMap<string, CleanPicture> {
  const addresses = [...new Set(text.match(DATA_ADDRESS))].slice(0, MAX_PICTURES);
  return new Map(
    addresses.flatMap((address) => {
      const picture = cleanOrNull(address);
      return picture === null ? [] : [[address, picture]];
    }),
  );
}

/** A text that refers to its pictures instead of holding them. */
export function withReferences(text: string, pictures: ReadonlyMap<string, CleanPicture>): string {
  return text.replaceAll(DATA_ADDRESS, (address) => {
    const picture = pictures.get(address);
    return picture === undefined ? address : `picture:${picture.sha256}`;
  });
}

function cleanOrNull(address: string): CleanPicture | null {
  try {
    return cleanPicture(Buffer.from(address.slice(address.indexOf(',') + 1), 'base64'));
  } catch {
    return null;
  }
}
