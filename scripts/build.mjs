import './requireNode24.mjs';
import react from '@vitejs/plugin-react';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { root } from './projectPaths.mjs';
import { sourceStamp } from './sourceStamp.mjs';

/** Programs that run on Node 24 and inside Electron alike. */
const nodeEntries = {
  shell: 'electron/shell/main.ts',
  core: 'electron/app/core.ts',
  job: 'electron/workers/jobProcess.ts',
  worker: 'electron/workers/entry.worker.ts',
  cli: 'electron/cli/assay.ts',
};
const preloadEntry = 'electron/shell/preload.ts';
const rendererEntry = 'renderer/index.html';

/** Loaded at run time from node_modules: they carry native code, or (piscina, onnxruntime-web) files of their own. */
const external = [
  'electron',
  'better-sqlite3-multiple-ciphers',
  '@node-rs/argon2',
  '@duckdb/node-api',
  'piscina',
  // Finds its WebAssembly beside itself.
  'onnxruntime-web',
  ...builtinModules,
  /^node:/,
];

const finalFolder = join(root, 'out');
const partialFolder = join(root, `out.partial-${process.pid}`);
/** @type {Set<string>} */
const bundledPackages = new Set();

/** Notes which packages end up in what ships, for the licence check. */
const packageRecorder = {
  name: 'assay-package-recorder',
  /** @this {import('vite').Rolldown.PluginContext} */
  generateBundle() {
    for (const id of this.getModuleIds()) {
      const name = id.match(/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];
      if (name) bundledPackages.add(name);
    }
  },
};

/** @type {import('vite').InlineConfig} */
const base = {
  configFile: false,
  logLevel: 'error',
  root,
  publicDir: false,
  plugins: [packageRecorder],
};

/**
 * @param {Record<string, string>} entries
 * @returns {import('vite').InlineConfig}
 */
function nodeConfig(entries) {
  return {
    ...base,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      // Syntax of the oldest runtime that executes the bundle: the Electron used for development.
      target: 'node20.18',
      sourcemap: true,
      minify: false,
      outDir: join(partialFolder, 'electron'),
      emptyOutDir: false,
      rolldownOptions: {
        input: entries,
        external,
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          // Beside the entries, so that __dirname means the same folder in every file.
          chunkFileNames: '[name]-[hash].cjs',
        },
      },
    },
  };
}

/** @type {import('vite').InlineConfig} */
const rendererConfig = {
  ...base,
  root: join(root, 'renderer'),
  plugins: [react(), packageRecorder],
  build: {
    target: 'chrome130',
    sourcemap: true,
    minify: 'oxc',
    outDir: join(partialFolder, 'renderer'),
    emptyOutDir: false,
    // The content security policy allows neither data: fonts nor fetch.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
};

function requireEntries() {
  const entries = [...Object.values(nodeEntries), preloadEntry, rendererEntry];
  const missing = entries.filter((entry) => !existsSync(resolve(root, entry)));
  for (const entry of missing) console.error(`build: entry ${entry} missing`);
  if (missing.length > 0) process.exit(1);
}

async function buildPreload() {
  const before = bundledPackages.size;
  await build(nodeConfig({ preload: preloadEntry }));
  if (bundledPackages.size > before)
    throw new Error('build: the preload script must not bundle a library');
}

requireEntries();
const stamp = await sourceStamp();
try {
  await buildPreload();
  await build(nodeConfig(nodeEntries));
  await build(rendererConfig);
  await mkdir(partialFolder, { recursive: true });
  const packages = [...bundledPackages].sort();
  await writeFile(join(partialFolder, 'bundledPackages.json'), JSON.stringify(packages, null, 2));
  await writeFile(join(partialFolder, '.stamp'), stamp);
  await rm(finalFolder, { recursive: true, force: true });
  await rename(partialFolder, finalFolder);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(partialFolder, { recursive: true, force: true });
}
