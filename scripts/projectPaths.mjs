import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

export const isRoot = process.getuid?.() === 0;

/**
 * Where prepared runtimes and compiled modules are kept between checkouts.
 * For root it is the system's cache, because root's home is closed to the ordinary user of the
 * end-to-end tests.
 */
export const cacheFolder = join(cacheHome(), 'assay');

function cacheHome() {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  return isRoot ? '/var/cache' : join(homedir(), '.cache');
}
