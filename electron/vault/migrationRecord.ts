import { basename } from 'node:path';
import {
  appendEvent,
  noteTouchedRows,
  requireRecordedRows,
  touchUnboundRows,
  type EventSource,
} from '../audit/logService';
import type { MigrationRecord } from '../db/migrate';
import type { Db } from '../db/openDatabase';
import type { PersonId } from '../../shared/base/ids';
import { identify } from './openWorkspace';
import { signWith } from './personKeys';
import type { VaultFile } from './vaultFile';

interface Clock {
  readonly bootId: string;
  nowMs(): number;
}

/**
 * Records a migration as `vault.migrated`, signed by the person who signs in, and binds the records to it
 * that the migration has written, or all of them when no older Assay has bound them (ADR-0010).
 *
 * It is one transaction with the migration. Before it, the records must be as recorded: else what somebody
 * changed outside Assay would be bound as if Assay had done it.
 */
export function migrationRecord(sourceOf: (db: Db) => EventSource): MigrationRecord {
  return {
    before: requireRecordedRows,
    after(db, { fromVersion, toVersion, backupPath }) {
      noteTouchedRows(db);
      const source = sourceOf(db);
      const backup = backupPath === null ? null : basename(backupPath);
      const nRecordsBound = touchUnboundRows(db);
      appendEvent(db, source, {
        action: 'vault.migrated',
        subject: source.workspaceId,
        detail: {
          before: { schemaVersion: fromVersion },
          after: { schemaVersion: toVersion, backup, nRecordsBound },
        },
      });
    },
  };
}

/** The events of a person who signs in, before there is a session. */
export function signInSource(
  db: Db,
  { bootId, nowMs }: Clock,
  vault: VaultFile,
  personId: PersonId,
  personKek: Buffer,
): EventSource {
  const { workspace, person, logKey } = identify(db, vault, personId, personKek);
  const { stored, privateKey } = logKey;
  const signer = {
    keyId: stored.keyId,
    publicKeyPem: stored.publicKeyPem,
    signBytes: (bytes: Uint8Array) => signWith(privateKey, bytes),
  };
  return { workspaceId: workspace.id, actor: person, signer, bootId, nowMs };
}
