import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from '../../electron/app/createContext';
import { dispatch } from '../../electron/app/dispatch';
import { createFileTokens } from '../../electron/app/fileTokens';
import { createLog } from '../../electron/app/log';
import { NO_KEYCHAIN } from '../../electron/app/noKeychain';
import { LOWEST_KDF_COST } from '../../electron/vault/passphraseKey';

// Backs a workspace up again and again, or restores a backup once, until it is killed.
const [mode = '', source = '', target = '', passphrase = ''] = process.argv.slice(2);
const tokens = createFileTokens();
let nBackups = 0;
const scratch = process.env['SCRATCH'] ?? mkdtempSync(join(tmpdir(), 'assay-crash-'));
const core = createCore({
  kdf: LOWEST_KDF_COST,
  log: createLog((line) => process.stderr.write(`${line}\n`)),
  jobs: { run: () => Promise.reject(new Error('no jobs here')), close: () => undefined },
  ports: {
    ...tokens,
    pickFile: () => Promise.resolve(null),
    pickFolder: () => Promise.resolve(null),
    pickSaveFile: () => Promise.resolve(join(target, `${process.pid}-${nBackups}.assaybackup`)),
    resourcesFolder: scratch,
    defaultWorkspacesFolder: scratch,
    userDataFolder: scratch,
    appVersion: 'crash',
    keychain: NO_KEYCHAIN,
    printPdf: () => Promise.resolve(null),
    restartLocked: () => undefined,
  },
});

function must<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (result.ok) return result.value;
  throw new Error(result.error.message);
}

if (mode === 'backup') {
  const folderToken = tokens.tokenFor(source);
  const locked = must(await dispatch(core, 'vault.open', { folderToken }));
  if (locked.state !== 'locked') throw new Error('not a workspace');
  const personId = locked.people[0]!.id;
  must(await dispatch(core, 'vault.unlock', { personId, passphrase }));
  for (;;) {
    process.stdout.write('begun\n');
    must(await dispatch(core, 'vault.backUp', { passphrase }));
    nBackups += 1;
  }
}
const token = tokens.tokenFor(source);
const { stageId, people } = must(
  await dispatch(core, 'vault.inspectBackup', { source: { token } }),
);
const folderToken = tokens.tokenFor(target);
const personId = people[0]!.id;
process.stdout.write('begun\n');
must(await dispatch(core, 'vault.restore', { stageId, folderToken, personId, passphrase }));
process.stdout.write('done\n');
setInterval(() => undefined, 1000);
