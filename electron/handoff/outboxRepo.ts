import type { ModelId, PersonId } from '../../shared/base/ids';
import type { UtcInstant } from '../../shared/base/time';
import type { RollbackManifest } from '../../shared/handoff/manifestSchemas';
import type { Db } from '../db/openDatabase';

interface OutboxFolder {
  readonly revision: number;
  readonly path: string | null;
  readonly setAtUtc: UtcInstant | null;
  readonly setBy: string | null;
}

/** The folder that holds now. */
export function findFolder(db: Db): OutboxFolder {
  return (
    db
      .prepare<[], OutboxFolder>(
        `SELECT f.revision, f.path, f.set_at_utc AS setAtUtc, p.printed_name AS setBy
         FROM outbox_folder f JOIN person p ON p.id = f.set_by ORDER BY f.revision DESC LIMIT 1`,
      )
      .get() ?? { revision: 0, path: null, setAtUtc: null, setBy: null }
  );
}

export function insertFolder(
  db: Db,
  folder: {
    readonly revision: number;
    readonly path: string | null;
    readonly reason: string;
    readonly setAtUtc: UtcInstant;
    readonly setBy: PersonId;
  },
): void {
  db.prepare(
    `INSERT INTO outbox_folder (revision, path, reason, set_at_utc, set_by)
     VALUES (@revision, @path, @reason, @setAtUtc, @setBy)`,
  ).run(folder);
}

/** A manifest that is to be written into the outbox. */
export interface QueuedManifest {
  readonly stageOrdinal: number;
  readonly modelId: ModelId;
  readonly fileName: string;
  readonly content: string;
}

export function insertManifest(
  db: Db,
  manifest: {
    readonly stageOrdinal: number;
    readonly modelId: ModelId;
    readonly fileName: string;
    readonly content: RollbackManifest;
    readonly createdAtUtc: UtcInstant;
  },
): void {
  db.prepare(
    `INSERT INTO outbox_manifest (stage_ordinal, model_id, file_name, content, created_at_utc)
     VALUES (@stageOrdinal, @modelId, @fileName, @content, @createdAtUtc)`,
  ).run({ ...manifest, content: `${JSON.stringify(manifest.content, null, 2)}\n` });
}

/** Those that are not written yet, in the order of their steps. */
export function findWaiting(db: Db): QueuedManifest[] {
  return db
    .prepare<[], QueuedManifest>(
      `SELECT m.stage_ordinal AS stageOrdinal, m.model_id AS modelId, m.file_name AS fileName, m.content
       FROM outbox_manifest m LEFT JOIN outbox_delivery d ON d.stage_ordinal = m.stage_ordinal
       WHERE d.stage_ordinal IS NULL ORDER BY m.stage_ordinal`,
    )
    .all();
}

export function countWritten(db: Db): number {
  return Number(db.prepare('SELECT count(*) FROM outbox_delivery').pluck().get());
}

export function insertDelivery(
  db: Db,
  stageOrdinal: number,
  by: { readonly writtenAtUtc: UtcInstant; readonly writtenBy: PersonId },
): void {
  db.prepare(
    'INSERT INTO outbox_delivery (stage_ordinal, written_at_utc, written_by) VALUES (?, ?, ?)',
  ).run(stageOrdinal, by.writtenAtUtc, by.writtenBy);
}
