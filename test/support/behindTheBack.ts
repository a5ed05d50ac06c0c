import type { Db } from '../../electron/db/openDatabase';
import { openFile, unwrapKeys } from '../../electron/vault/openWorkspace';
import { readVaultFile } from '../../electron/vault/vaultFile';
import { checkWorkspace } from '../../electron/vault/workspaceCheck';
import { filesOf } from '../../electron/vault/workspaceFolder';
import type { WorkspaceCheck } from '../../shared/vault/channels';
import { PASSPHRASE } from './testVault';

/** A locked workspace in the hands of a person with the passphrase and own code: any SQL runs. */
export interface OpenedBehindTheBack {
  readonly db: Db;
  /** The check as it answers on this connection, in an open transaction too. */
  check(): Promise<WorkspaceCheck>;
  close(): void;
}

export async function openBehindTheBack(folder: string): Promise<OpenedBehindTheBack> {
  const files = filesOf(folder);
  const vault = readVaultFile(files.vault);
  const keys = await unwrapKeys(vault, vault.slots[0]!, PASSPHRASE);
  if (keys === null) throw new Error('not the passphrase of the test vault');
  const { db, heads, cleanUp } = openFile(files, vault.workspaceId, keys.dataKey, null);
  const checked = { db, heads, workspaceId: vault.workspaceId, vaultPath: files.vault };
  const scope = { progress: () => undefined, signal: new AbortController().signal };
  return {
    db,
    check: () => checkWorkspace(checked, scope),
    close() {
      db.close();
      cleanUp();
    },
  };
}

/** Drops every trigger of the file and gives the SQL that makes them again. */
export function dropTriggers(db: Db): string[] {
  const triggers = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
    )
    .all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  return triggers.map(({ sql }) => sql);
}

/** Edits a locked workspace and leaves its schema as it was. */
export async function editBehindTheBack(folder: string, edit: (db: Db) => void): Promise<void> {
  const { db, close } = await openBehindTheBack(folder);
  const dropped = dropTriggers(db);
  edit(db);
  for (const sql of dropped) db.exec(sql);
  close();
}
