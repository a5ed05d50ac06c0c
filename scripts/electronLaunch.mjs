import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findElectronRuntime } from './electronRuntime.mjs';
import { sqliteBindingFor } from './nativeModules.mjs';
import { isRoot, root } from './projectPaths.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

/**
 * @typedef {object} ElectronLaunch
 * @property {import('./electronRuntime.mjs').ElectronRuntime} runtime
 * @property {string} executablePath
 * @property {string[]} args switches, then the application folder; append what the application is to read
 * @property {Record<string, string>} env
 * @property {string | null} sandboxObstacle why Chromium's sandbox has to be off, or null when it is on
 */

/**
 * Prepares everything that starting the desktop application takes, and says how to start it.
 *
 * @param {string} [appFolder] folder with the package.json of the application
 * @returns {Promise<ElectronLaunch>}
 */
export async function prepareElectronLaunch(appFolder = root) {
  const runtime = await findElectronRuntime();
  ensureSystemPackages({ librariesOf: runtime.executablePath });
  const binding = await sqliteBindingFor(runtime);
  const sandboxObstacle = findSandboxObstacle();
  const switches = sandboxObstacle === null ? [] : ['--no-sandbox'];
  if (!hasGpu()) switches.push('--disable-gpu');
  return {
    runtime,
    executablePath: runtime.executablePath,
    args: [...switches, appFolder],
    env: electronEnvironment(runtime, binding),
    sandboxObstacle,
  };
}

/**
 * @param {import('./electronRuntime.mjs').ElectronRuntime} runtime
 * @param {string | null} binding
 */
function electronEnvironment(runtime, binding) {
  /** @type {Record<string, string>} */
  const env = { ELECTRON_OVERRIDE_DIST_PATH: runtime.folder };
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined) env[name] = value;
  delete env.ELECTRON_RUN_AS_NODE;
  if (binding) env.ASSAY_SQLITE_BINDING = binding;
  return env;
}

/** Why Chromium's sandbox cannot work for this user on this machine; null when it can. */
export function findSandboxObstacle() {
  if (process.platform !== 'linux') return null;
  if (isRoot) return 'Chromium has no sandbox for root';
  const { status } = spawnSync('unshare', ['--user', '--net', '--pid', '--fork', 'true']);
  return status === 0 ? null : 'this system does not let ordinary users create namespaces';
}

function hasGpu() {
  return process.platform !== 'linux' || existsSync('/dev/dri');
}
