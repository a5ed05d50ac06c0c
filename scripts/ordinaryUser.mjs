import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './projectPaths.mjs';

const userName = 'assay-e2e';
const home = '/var/lib/assay-e2e';
/** Where the checkout appears for the user when its own path runs through a closed folder. */
const mountPoint = '/var/lib/assay-checkout';

const asUser = ['runuser', '-u', userName, '--'];
const mountAndRun = 'mount --bind "$0" "$1" && cd "$1" && shift && exec "$@"';
const inMount = ['unshare', '--mount', 'sh', '-c', mountAndRun, root, mountPoint];
const namespaceProbe = ['unshare', '--user', '--net', '--pid', '--fork', 'true'];

/**
 * Prepares the ordinary user that root runs the end-to-end tests as, so that Chromium's sandbox
 * is on.
 *
 * @param {readonly string[]} files what the user must be able to read besides the checkout
 * @param {string} resultsFolder what the user must be able to write, inside the checkout
 * @returns {string | ((command: readonly string[]) => string[])} what turns a command into one run
 *   by the user, or the reason why there is none
 */
export function prepareOrdinaryUser(files, resultsFolder) {
  if (!succeeds('id', userName) && !createUser()) return `no user ${userName} could be made`;
  giveTo(resultsFolder);
  const isOpen = succeeds(...asUser, 'test', '-r', join(root, 'package.json'));
  if (!isOpen) mkdirSync(mountPoint, { recursive: true });
  const prefix = isOpen ? asUser : [...inMount, ...asUser];
  const seen = (/** @type {string} */ text) => (isOpen ? text : text.replaceAll(root, mountPoint));
  for (const file of [join(root, 'package.json'), ...files]) {
    if (!succeeds(...prefix, 'test', '-r', seen(file))) return `${userName} may not read ${file}`;
  }
  if (!succeeds(...asUser, ...namespaceProbe)) {
    return 'this system does not let ordinary users create namespaces';
  }
  return (command) => [
    ...prefix,
    'env',
    '-u',
    'XDG_CACHE_HOME',
    `HOME=${home}`,
    ...command.map(seen),
  ];
}

function createUser() {
  return succeeds('useradd', '--system', '--create-home', '--home-dir', home, userName);
}

/** @param {string} folder */
function giveTo(folder) {
  const ask = (/** @type {string} */ flag) =>
    Number(spawnSync('id', [flag, userName], { encoding: 'utf8' }).stdout);
  mkdirSync(join(root, folder), { recursive: true });
  chownSync(join(root, folder), ask('-u'), ask('-g'));
}

/** @param {readonly string[]} command */
function succeeds(...command) {
  const [name = '', ...args] = command;
  return spawnSync(name, args, { cwd: '/', stdio: 'ignore' }).status === 0;
}
