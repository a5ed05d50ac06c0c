import { createLog } from '../../electron/app/log';
import { NO_KEYCHAIN } from '../../electron/app/noKeychain';
import { LOWEST_KDF_COST } from '../../electron/vault/passphraseKey';
import { createCore } from '../../electron/app/createContext';
import { dispatch } from '../../electron/app/dispatch';
import { createFileTokens } from '../../electron/app/fileTokens';
import type { Ports } from '../../electron/app/context';

// Signs in with the first passphrase that opens, and changes it to the other one and back until killed.
const [folder = '', first = '', second = '', startMs = ''] = process.argv.slice(2);
const nobody = () => Promise.resolve(null);
const ports: Ports = {
  ...createFileTokens(),
  pickFile: nobody,
  pickSaveFile: nobody,
  pickFolder: nobody,
  resourcesFolder: '',
  defaultWorkspacesFolder: '',
  userDataFolder: '',
  appVersion: 'crash',
  keychain: NO_KEYCHAIN,
  printPdf: () => Promise.resolve(null),
  restartLocked: () => undefined,
};
const log = createLog((line) => process.stderr.write(`${line}\n`));
const jobs = { run: () => Promise.reject(new Error('no jobs here')), close: () => undefined };
// Moves on by itself, so that the wait after the other passphrase is over.
let clockMs = Number(startMs);
const core = createCore({ ports, log, jobs, kdf: LOWEST_KDF_COST, nowMs: () => clockMs });
const { vault } = core.context;
vault.open(folder);
const status = vault.status();
const person = status.state === 'locked' ? status.people[0] : undefined;
if (person === undefined) throw new Error('not a workspace');
let current = first;
for (const passphrase of [first, second]) {
  clockMs += 120_000;
  const result = await dispatch(core, 'vault.unlock', { personId: person.id, passphrase });
  if (result.ok) current = passphrase;
  if (result.ok) break;
}
if (vault.session() === null) throw new Error('neither passphrase opens');
process.stdout.write('signed in\n');
for (;;) {
  const other = current === first ? second : first;
  const change = { passphrase: current, newPassphrase: other };
  const result = await dispatch(core, 'vault.changePassphrase', change);
  if (!result.ok) throw new Error(result.error.message);
  current = other;
  process.stdout.write('changed\n');
}
