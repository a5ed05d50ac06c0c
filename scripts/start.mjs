import './requireNode24.mjs';
import { join } from 'node:path';
import { prepareElectronLaunch } from './electronLaunch.mjs';
import { runtimeSentence } from './electronRuntime.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { root } from './projectPaths.mjs';
import { run } from './runCommand.mjs';

try {
  process.exitCode = hasDisplay() ? await openWindow() : await runDemo();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

async function openWindow() {
  await ensureBuilt();
  const { runtime, executablePath, args, env, sandboxObstacle } = await prepareElectronLaunch();
  console.error(runtimeSentence(runtime));
  if (sandboxObstacle) console.error(`electron: without Chromium's sandbox: ${sandboxObstacle}`);
  const options = { env: { ...env, NODE_OPTIONS: '--enable-source-maps' } };
  return run(executablePath, [...args, ...process.argv.slice(2)], options);
}

/** The same main job without a window. */
function runDemo() {
  console.error('No display (DISPLAY and WAYLAND_DISPLAY are not set): running the demo instead.');
  return run(process.execPath, [join(root, 'scripts/assay.mjs'), 'demo']);
}
