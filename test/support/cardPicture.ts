import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from './pictures';
import { tempFolder } from './tempFolder';
import type { TestModel } from './testModel';

export function pictureFile(bytes: Uint8Array, name = 'picture.png'): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

/** Takes a picture for the card of the model's version. */
export function addPicture(model: TestModel, bytes: Uint8Array = PNG) {
  const { call, token, versionId } = model;
  return call('card.addPicture', { versionId, source: { token: token(pictureFile(bytes)) } });
}
