import './requireNode24.mjs';
import { join } from 'node:path';
import { prepareElectronLaunch } from './electronLaunch.mjs';
import { runtimeSentence } from './electronRuntime.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { prepareOrdinaryUser } from './ordinaryUser.mjs';
import { isRoot, root } from './projectPaths.mjs';
import { run } from './runCommand.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

// The Playwright suite in the real window, on an invisible display.
const resultsFolder = 'test-results/e2e';
const passedOn = ['ELECTRON_OVERRIDE_DIST_PATH', 'ASSAY_SQLITE_BINDING'];

await ensureBuilt();
ensureSystemPackages({ commands: ['Xvfb', 'strace'] });
const { runtime, env } = await prepareElectronLaunch();
console.error(runtimeSentence(runtime));

const withDisplay = join(root, 'scripts/withDisplay.mjs');
const test = [process.execPath, withDisplay, 'playwright', 'test', ...process.argv.slice(2)];
const [command = '', ...args] = isRoot ? asOrdinaryUser(test) : test;
process.exitCode = await run(command, args, { env });

/** @param {readonly string[]} command */
function asOrdinaryUser(command) {
  const settings = passedOn.filter((name) => env[name]).map((name) => `${name}=${env[name]}`);
  const files = passedOn.flatMap((name) => env[name] ?? []);
  const wrap = prepareOrdinaryUser(files, resultsFolder);
  if (typeof wrap !== 'string') return wrap(['env', ...settings, ...command]);
  console.error(`e2e: as root and without Chromium's sandbox, because ${wrap}`);
  return [...command];
}
