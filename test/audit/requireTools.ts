import { spawnSync } from 'node:child_process';

/**
 * Tells whether programs of the auditor's machine are here; on a build machine they must be.
 *
 * @throws Error naming the missing ones when CI is set
 */
export function hasTools(...tools: readonly string[]): boolean {
  const missing = tools.filter((tool) => spawnSync(tool, ['--help']).error !== undefined);
  if (missing.length === 0) return true;
  const message = `NOT TESTED, because these programs are missing: ${missing.join(', ')}`;
  if (process.env['CI']) throw new Error(message);
  console.warn(message);
  return false;
}
