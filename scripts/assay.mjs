import './requireNode24.mjs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureBuilt } from './ensureBuilt.mjs';
import { root } from './projectPaths.mjs';

try {
  await ensureBuilt();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
const cli = join(root, 'out/electron/cli.cjs');
// npm runs scripts in the checkout, while the paths a person types are meant from where they stand.
if (process.env.npm_lifecycle_event === 'assay' && process.env.INIT_CWD) {
  process.chdir(process.env.INIT_CWD);
}
process.argv.splice(0, 2, process.execPath, cli);
process.setSourceMapsEnabled(true);
// In this process, because a child would lose the file descriptor that carries a passphrase.
createRequire(import.meta.url)(cli);
