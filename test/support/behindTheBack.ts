import { openDatabase, type Db } from '../../electron/db/openDatabase';
import { unwrapKeys } from '../../electron/vault/openWorkspace';
import { readVaultFile } from '../../electron/vault/vaultFile';
import { filesOf } from '../../electron/vault/workspaceFolder';
import { PASSPHRASE } from './testVault';

/** What a person with the passphrase and own code can do: run any SQL on the locked workspace. */
export async function editBehindTheBack(folder: string, edit: (db: Db) => void): Promise<void> {
  const files = filesOf(folder);
  const vault = readVaultFile(files.vault);
  const keys = await unwrapKeys(vault, vault.slots[0]!, PASSPHRASE);
  if (keys === null) throw new Error('not the passphrase of the test vault');
  const db = openDatabase({ path: files.database, keyHex: keys.dataKey.toString('hex') });
  const triggers = db.prepare<[], { name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
  );
  const dropped = triggers.all();
  for (const { name } of dropped) db.exec(`DROP TRIGGER ${name}`);
  edit(db);
  for (const { sql } of dropped) db.exec(sql);
  db.close();
}
