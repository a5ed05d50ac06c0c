import { createLog } from '../../electron/app/log';
import { LOWEST_KDF_COST } from '../../electron/vault/passphraseKey';
import { createVaultHolder } from '../../electron/vault/vaultHolder';

// Signs in and writes until it is killed; says the number of a record only when it is committed.
const [folder = '', passphrase = ''] = process.argv.slice(2);
const log = createLog((line) => process.stderr.write(`${line}\n`));
const vault = createVaultHolder({
  nowMs: Date.now,
  log,
  appVersion: 'crash',
  kdf: LOWEST_KDF_COST,
});
vault.open(folder);
const status = vault.status();
if (status.state !== 'locked' || status.people[0] === undefined) throw new Error('not a workspace');
await vault.unlock(status.people[0].id, passphrase);
const session = vault.session();
if (session === null) throw new Error('not signed in');
const INSERT = `INSERT INTO model (id, name, purpose, owner, created_at_utc, created_by)
  SELECT ?, ?, ?, '', '', id FROM person`;
const UPDATE = 'UPDATE model SET owner = ? WHERE id = ?';
const written = "SELECT count(*) FROM audit_event WHERE action = 'test.written'";
const last = session.db.prepare(written).pluck().get();
for (let n = Number(last) + 1; ; n++) {
  session.write('test.written', String(n), { after: { text: 'x'.repeat(n % 3000) } }, (db) => {
    db.prepare(INSERT).run(`model ${n}`, `model ${n}`, 'y'.repeat((n * 7) % 3000));
    db.prepare(UPDATE).run(String(n), `model ${n >> 1}`);
  });
  process.stdout.write(`${n}\n`);
  // Lets the line out before the next record is begun.
  await new Promise((resolve) => setImmediate(resolve));
}
