import { join } from 'node:path';
import { build } from 'vite';
import { tempFolder } from './tempFolder';

/** Bundles a TypeScript program, so that plain Node can run it in a process of its own. */
export async function bundleProgram(entry: string): Promise<string> {
  const outDir = tempFolder();
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node24',
      minify: false,
      outDir,
      rolldownOptions: {
        input: { program: entry },
        external: ['better-sqlite3-multiple-ciphers', '@node-rs/argon2', /^node:/],
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  return join(outDir, 'program.mjs');
}
