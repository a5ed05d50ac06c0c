import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './fileLock.mjs';
import { cacheFolder, root } from './projectPaths.mjs';
import { runQuietly } from './runCommand.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

const packageFolder = join(root, 'node_modules/better-sqlite3-multiple-ciphers');
/** What the prebuilt database module asks of its runtime; on an older one it crashes instead of failing. */
const prebuiltNodeApi = 10;
const bindingName = 'better_sqlite3.node';
const declaredNodeApi = "'NAPI_VERSION=10'";
/**
 * The sources need one thing of Node-API 10, references to strings, which an older runtime grants
 * only to a module that declares itself experimental.
 */
const acceptedNodeApi = "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'";

/**
 * The database module that an Electron runtime can load.
 *
 * @param {import('./electronRuntime.mjs').ElectronRuntime} runtime
 * @returns {Promise<string | null>} path for ASSAY_SQLITE_BINDING, or null when the prebuilt one will do
 */
export async function sqliteBindingFor(runtime) {
  if (process.env.ASSAY_SQLITE_BINDING) return process.env.ASSAY_SQLITE_BINDING;
  if ((await nodeApiOf(runtime)) >= prebuiltNodeApi) return null;
  const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  const target = `${manifest.version}-${process.platform}-${process.arch}-napi-experimental`;
  const folder = join(cacheFolder, `sqlite-${target}`);
  if (!existsSync(folder)) await withLock(`${folder}.lock`, () => buildInto(folder, runtime));
  return join(folder, bindingName);
}

/** @param {import('./electronRuntime.mjs').ElectronRuntime} runtime */
async function nodeApiOf(runtime) {
  const answer = askAsNode(runtime, 'console.log(process.versions.napi)');
  // A runtime that does not answer gets the module built from source, which loads everywhere.
  return Number(await answer.catch(() => '0'));
}

/**
 * @param {import('./electronRuntime.mjs').ElectronRuntime} runtime
 * @param {string} script
 */
function askAsNode(runtime, script) {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return runQuietly(runtime.executablePath, ['-e', script], { env });
}

/**
 * @param {string} folder
 * @param {import('./electronRuntime.mjs').ElectronRuntime} runtime
 */
async function buildInto(folder, runtime) {
  if (existsSync(folder)) return;
  ensureSystemPackages({ commands: ['python3', 'make', 'g++'] });
  console.error('native: compiling the database module for this Electron (about a minute, once)');
  const partial = `${folder}.partial`;
  const sources = join(partial, 'source');
  const result = join(partial, 'result');
  await rm(partial, { recursive: true, force: true });
  await copySources(sources);
  await compile(sources);
  await mkdir(result);
  await copyFile(join(sources, 'build/Release', bindingName), join(result, bindingName));
  await tryOut(join(result, bindingName), runtime);
  await rename(result, folder);
  await rm(partial, { recursive: true, force: true });
}

/** @param {string} sources */
async function copySources(sources) {
  const headers = 'node_modules/node-addon-api';
  await cp(packageFolder, sources, { recursive: true });
  await cp(join(root, headers), join(sources, headers), { recursive: true });
  const recipe = join(sources, 'binding.gyp');
  const text = await readFile(recipe, 'utf8');
  if (!text.includes(declaredNodeApi)) throw new Error(`${recipe} does not say ${declaredNodeApi}`);
  await writeFile(recipe, text.replace(declaredNodeApi, acceptedNodeApi));
}

/** @param {string} sources */
function compile(sources) {
  const nodeGyp = join(root, 'node_modules/node-gyp/bin/node-gyp.js');
  const nodeFolder = join(process.execPath, '../..');
  const options = ['--release', '--force_build=1', `--nodedir=${nodeFolder}`];
  const env = { ...process.env, JOBS: 'max' };
  return runQuietly(process.execPath, [nodeGyp, 'rebuild', ...options], { cwd: sources, env });
}

/**
 * @param {string} binding
 * @param {import('./electronRuntime.mjs').ElectronRuntime} runtime
 */
async function tryOut(binding, runtime) {
  const options = JSON.stringify({ nativeBinding: binding });
  const open = `new (require(${JSON.stringify(packageFolder)}))(':memory:', ${options})`;
  await askAsNode(runtime, `${open}.exec('SELECT 1')`);
}
