import './requireNode24.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { binary, runQuietly } from './runCommand.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { root } from './projectPaths.mjs';

const allowed = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BSL-1.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'Python-2.0',
  'OFL-1.1',
  'CC0-1.0',
  'CC-BY-4.0',
]);

await ensureBuilt();
const bundled = new Set(readJson('out/bundledPackages.json'));
const all = await licencesOf([]);
const production = await licencesOf(['--production']);
const shipped = Object.keys(all).filter((id) => id in production || bundled.has(nameOf(id)));
const refused = shipped.filter((id) => !isAllowed(all[id]?.licenses ?? 'none'));
for (const id of refused)
  console.error(`licences: ${id} has ${[all[id]?.licenses].flat().join(', ')}, which may not ship`);
console.log(`licences: ${shipped.length} packages ship, ${refused.length} refused`);
process.exitCode = refused.length === 0 ? 0 : 1;

/**
 * @param {readonly string[]} options
 * @returns {Promise<Record<string, { licenses: string | string[] }>>}
 */
async function licencesOf(options) {
  const checker = binary('license-checker-rseidelsohn');
  return JSON.parse(await runQuietly(checker, ['--json', '--excludePrivatePackages', ...options]));
}

/** One allowed name is enough in "A OR B"; every name must be allowed in "A AND B". */
function isAllowed(/** @type {string | string[]} */ licence) {
  const expression = [licence].flat().join(' AND ').replace(/[()]/g, '');
  const isNameAllowed = (/** @type {string} */ name) => allowed.has(name.trim());
  return expression.split(' OR ').some((option) => option.split(' AND ').every(isNameAllowed));
}

function nameOf(/** @type {string} */ id) {
  return id.slice(0, id.lastIndexOf('@'));
}

function readJson(/** @type {string} */ file) {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}
