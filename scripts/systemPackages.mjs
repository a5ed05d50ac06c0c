import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isRoot } from './projectPaths.mjs';

/** Debian packages with the libraries that Electron links or loads. */
const electronPackages = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libxss1',
  'fonts-liberation',
];
/** @type {Readonly<Record<string, string>>} */
const packageOfCommand = {
  Xvfb: 'xvfb',
  strace: 'strace',
  unzip: 'unzip',
  python3: 'python3',
  make: 'make',
  'g++': 'g++',
};

/**
 * Installs Debian packages that are missing when run as root; otherwise prints the command to
 * type and ends with code 2.
 *
 * @param {object} needs
 * @param {string} [needs.librariesOf] an executable whose shared libraries must be found
 * @param {readonly string[]} [needs.commands] commands that must be found
 */
export function ensureSystemPackages({ librariesOf, commands = [] }) {
  if (process.platform !== 'linux') return;
  const findMissing = () => [
    ...(librariesOf && lacksLibraries(librariesOf) ? electronPackages : []),
    ...commands.filter((name) => !isOnPath(name)).map((name) => packageOfCommand[name] ?? name),
  ];
  const missing = findMissing();
  if (missing.length === 0) return;
  if (isRoot && isOnPath('apt-get')) install(missing);
  const stillMissing = findMissing();
  if (stillMissing.length === 0) return;
  console.error('Assay needs system packages that are not installed. Type:');
  console.error(
    `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${stillMissing.join(' ')}`,
  );
  process.exit(2);
}

/** @param {readonly string[]} packages */
function install(packages) {
  console.error(`system: installing ${packages.join(' ')}`);
  aptGet(['update', '-qq']);
  const waitForOthers = ['-o', 'DPkg::Lock::Timeout=300'];
  aptGet([...waitForOthers, 'install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

/** @param {readonly string[]} args */
function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = spawnSync('apt-get', args, { env, encoding: 'utf8' });
  if (result.status !== 0) console.error(`apt-get ${args.join(' ')} failed:\n${result.stderr}`);
}

/** @param {string} executable */
function lacksLibraries(executable) {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return /not found/.test(stdout ?? '');
}

/** @param {string} command */
export function isOnPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
