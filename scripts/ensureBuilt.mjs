import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './fileLock.mjs';
import { root } from './projectPaths.mjs';
import { runQuietly } from './runCommand.mjs';
import { sourceStamp } from './sourceStamp.mjs';

/** Builds when a source has changed since the last build; prints nothing. */
export async function ensureBuilt() {
  if (await isFresh()) return;
  await withLock(join(root, 'node_modules/.cache/assay-build.lock'), async () => {
    if (await isFresh()) return;
    await runQuietly(process.execPath, [join(root, 'scripts/build.mjs')]);
  });
}

async function isFresh() {
  const built = await readFile(join(root, 'out/.stamp'), 'utf8').catch(() => '');
  return built === (await sourceStamp());
}
