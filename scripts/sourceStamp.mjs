import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './projectPaths.mjs';

const sources = [
  'shared',
  'electron',
  'renderer',
  'resources',
  'package-lock.json',
  'scripts/build.mjs',
];

/** A digest of name, size and time of every file that the build reads. */
export async function sourceStamp() {
  const files = (await Promise.all(sources.map((source) => listFiles(join(root, source))))).flat();
  const lines = await Promise.all(
    files.sort().map(async (file) => {
      const { size, mtimeMs } = await stat(file);
      return `${file} ${size} ${mtimeMs}`;
    }),
  );
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

async function listFiles(/** @type {string} */ path) {
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
