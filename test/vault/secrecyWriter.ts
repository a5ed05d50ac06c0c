import { createLog } from '../../electron/app/log';
import { LOWEST_KDF_COST } from '../../electron/vault/passphraseKey';
import { createVaultHolder } from '../../electron/vault/vaultHolder';

// A whole session with a marker in every kind of record, and work that makes SQLite sort and index.
const [folder = '', passphrase = '', marker = ''] = process.argv.slice(2);
const log = createLog((line) => process.stdout.write(`${line}\n`));
const vault = createVaultHolder({ nowMs: Date.now, log, appVersion: 'test', kdf: LOWEST_KDF_COST });
await vault.create({ folder, name: 'Secrecy', printedName: 'Ada', passphrase, isSample: false });
const session = vault.session();
if (session === null) throw new Error('not signed in');
const { db, actor, write, withSigningKey } = session;
for (let i = 0; i < 200; i++) {
  write(
    `test.${marker}`,
    `${marker}-${i}`,
    { after: { [marker]: marker.repeat(20) } },
    () => undefined,
  );
}
const typed = { printedName: 'Ada', passphrase, isClockConfirmed: false };
await withSigningKey({ meaning: 'review', reason: marker, ...typed }, (signer) =>
  write('test.signed', marker, {}, (inner) => signer.signRecord(inner, marker, marker, { marker })),
);
db.prepare(
  `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
   SELECT hex(body) || i AS key FROM audit_event, n ORDER BY key DESC LIMIT 1`,
).get();
vault.lock('person');
await vault.unlock(actor.id, `${passphrase} not`).catch(() => undefined);
vault.close();
process.stdout.write('finished\n');
