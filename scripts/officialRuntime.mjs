import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './projectPaths.mjs';
import { runQuietly } from './runCommand.mjs';

const electronFolder = join(root, 'node_modules/electron');
const answerWithinMs = 5_000;

export const officialVersion = /** @type {{ version: string }} */ (
  JSON.parse(readFileSync(join(electronFolder, 'package.json'), 'utf8'))
).version;

/** The folder of the official binary, or null when it is not installed. */
export function officialRuntimeFolder() {
  const dist = join(electronFolder, 'dist');
  return existsSync(join(dist, 'version')) && existsSync(join(electronFolder, 'path.txt'))
    ? dist
    : null;
}

/**
 * Downloads the official binary when its host answers.
 *
 * @returns {Promise<string | null>} null when done, or why it could not be done
 */
export async function downloadOfficialRuntime() {
  const mirror =
    process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/';
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    await fetch(`${mirror}v${officialVersion}/SHASUMS256.txt`, { method: 'HEAD', signal });
  } catch {
    return 'its download host does not answer';
  }
  try {
    await runQuietly(process.execPath, [join(electronFolder, 'install.js')]);
    return null;
  } catch {
    return 'its download failed';
  }
}
