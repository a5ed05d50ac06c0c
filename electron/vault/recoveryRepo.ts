import { PersonId, RecoveryKitId } from '../../shared/base/ids';
import type { Db } from '../db/openDatabase';
import { schemaVersion } from '../db/schemaVersion';

/** What is known of the printed kit that is valid now; never its code. */
export interface RecoveryKitRecord {
  readonly id: RecoveryKitId;
  readonly madeBy: PersonId;
  readonly madeAtUtc: string;
  readonly slotSha256: string;
}

/** The schema that brought recovery kits; an older workspace can be checked before it is migrated. */
const SINCE_SCHEMA = 6;

/** The kit that is valid now, or null. */
export function findRecoveryKit(db: Db): RecoveryKitRecord | null {
  if (schemaVersion(db) < SINCE_SCHEMA) return null;
  const row = db
    .prepare<[], { id: string; made_by: string; made_at_utc: string; slot_sha256: string }>(
      'SELECT id, made_by, made_at_utc, slot_sha256 FROM recovery_kit WHERE ended_at_utc IS NULL',
    )
    .get();
  if (row === undefined) return null;
  return {
    id: RecoveryKitId.parse(row.id),
    madeBy: PersonId.parse(row.made_by),
    madeAtUtc: row.made_at_utc,
    slotSha256: row.slot_sha256,
  };
}

export function insertRecoveryKit(db: Db, kit: RecoveryKitRecord): void {
  db.prepare(
    'INSERT INTO recovery_kit (id, made_by, made_at_utc, slot_sha256) VALUES (?, ?, ?, ?)',
  ).run(kit.id, kit.madeBy, kit.madeAtUtc, kit.slotSha256);
}

/** Ends the valid kit, if there is one: it was used, or a newer one takes its place. */
export function endRecoveryKit(
  db: Db,
  end: { readonly endedAtUtc: string; readonly endedBy: PersonId; readonly wasUsed: boolean },
): void {
  db.prepare(
    `UPDATE recovery_kit SET ended_at_utc = ?, ended_by = ?, was_used = ?
     WHERE ended_at_utc IS NULL`,
  ).run(end.endedAtUtc, end.endedBy, end.wasUsed ? 1 : 0);
}
