import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeJournals } from '../db/backupDatabase';
import { PARTIAL_SUFFIX, publishFile, writeFileAtomically } from '../io/atomicWrite';
import { claimFolder, filesOf, removeFiles, type WorkspaceFiles } from './workspaceFolder';

/** A folder in which a workspace is being restored; it becomes a workspace with its `vault.json`. */
export interface RestoreFolder {
  readonly files: WorkspaceFiles;
  readonly databasePartial: string;
  readonly headsPartial: string;
  /** Gives every file its name, `vault.json` last: without it the folder opens nowhere. */
  publish(vaultText: string): void;
  /** Takes everything away again. */
  undo(): void;
}

/** Lies in the folder until the restore is over; its name is swept like that of any unfinished file. */
const MARK = `restore${PARTIAL_SUFFIX}`;

/**
 * Claims an empty or new folder for a restore; one in which a restore was killed counts as empty.
 *
 * @throws AppFailure CONFLICT when something is in it, STORAGE when it cannot be written to
 */
export function claimForRestore(folder: string): RestoreFolder {
  const files = filesOf(folder);
  const mark = join(folder, MARK);
  clearKilledRestore(files, mark);
  const claim = claimFolder(folder);
  const databasePartial = `${files.database}${PARTIAL_SUFFIX}`;
  const headsPartial = `${files.heads}${PARTIAL_SUFFIX}`;
  function clear(): void {
    removeFiles(files);
    rmSync(headsPartial, { force: true });
    rmSync(`${files.vault}${PARTIAL_SUFFIX}`, { force: true });
  }
  function undo(): void {
    clear();
    rmSync(mark, { force: true });
    claim.undo();
  }
  try {
    clear();
    writeFileSync(mark, '', { mode: 0o600, flush: true });
  } catch (error) {
    undo();
    throw error;
  }
  return {
    files,
    databasePartial,
    headsPartial,
    publish(vaultText) {
      // A journal that lies beside the final name would be applied to a database it is not of.
      removeJournals(files.database);
      publishFile(headsPartial, files.heads);
      publishFile(databasePartial, files.database);
      writeFileAtomically(files.vault, vaultText);
      rmSync(mark, { force: true });
    },
    undo,
  };
}

/** With the mark and without `vault.json`, what lies there is half a restore and nobody's only copy. */
function clearKilledRestore(files: WorkspaceFiles, mark: string): void {
  if (existsSync(mark) && !existsSync(files.vault)) removeFiles(files);
}
