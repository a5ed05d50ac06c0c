import type { IntakeId, PersonId } from '../../shared/base/ids';
import type { IntakeSetting } from '../../shared/intake/channels';
import { IntakeRecord, type IntakeOutcome } from '../../shared/intake/intake';
import type { Db } from '../db/openDatabase';
import { preparedStatement } from '../db/preparedStatement';

interface SettingRow {
  readonly revision: number;
  readonly folder: string | null;
  readonly is_on: number;
  readonly reason: string;
  readonly set_at_utc: string;
  readonly set_by: string;
}

/** Nothing is watched until somebody chooses a folder. */
const BY_DEFAULT: IntakeSetting = {
  revision: 0,
  folder: null,
  isOn: false,
  reason: 'No folder is watched',
  setAtUtc: null,
  setBy: null,
};

export function findSetting(db: Db): IntakeSetting {
  const row = preparedStatement<[], SettingRow>(
    db,
    `SELECT s.revision, s.folder, s.is_on, s.reason, s.set_at_utc, p.printed_name AS set_by
     FROM intake_setting s JOIN person p ON p.id = s.set_by ORDER BY s.revision DESC LIMIT 1`,
  ).get();
  if (row === undefined) return BY_DEFAULT;
  const { revision, folder, reason } = row;
  return {
    revision,
    folder,
    isOn: row.is_on === 1,
    reason,
    setAtUtc: row.set_at_utc,
    setBy: row.set_by,
  };
}

/** @param setBy identifier of the person */
export function insertSetting(db: Db, setting: IntakeSetting, setBy: PersonId): void {
  const { revision, folder, isOn, reason, setAtUtc } = setting;
  db.prepare(
    `INSERT INTO intake_setting (revision, folder, is_on, reason, set_at_utc, set_by)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(revision, folder, isOn ? 1 : 0, reason, setAtUtc, setBy);
}

/** A record with what identifies its bytes. */
export interface IntakeRow {
  readonly record: IntakeRecord;
  readonly takenById: PersonId;
  /** Over the hashes of the sidecar and its files; null where they were not all read. */
  readonly contentSha256: string | null;
}

export function insertIntake(db: Db, { record, takenById, contentSha256 }: IntakeRow): void {
  preparedStatement(
    db,
    `INSERT INTO intake_file (id, ordinal, sidecar_name, sidecar_sha256, content_sha256, outcome,
       taken_at_utc, taken_by, record)
     VALUES (?, (SELECT coalesce(max(ordinal), 0) + 1 FROM intake_file), ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    record.id,
    record.sidecarName,
    record.sidecarSha256,
    contentSha256,
    record.outcome,
    record.takenAtUtc,
    takenById,
    JSON.stringify(record),
  );
}

function parse(record: string): IntakeRecord {
  return IntakeRecord.parse(JSON.parse(record));
}

/** What is on record of a claim; null when it was never finished. */
export function findIntake(db: Db, id: IntakeId): IntakeRecord | null {
  const record = preparedStatement<[string], { record: string }>(
    db,
    'SELECT record FROM intake_file WHERE id = ?',
  ).get(id);
  return record === undefined ? null : parse(record.record);
}

/** True when a sidecar of these bytes was imported with some file: only then are files hashed ahead. */
export function isSidecarKnown(db: Db, sidecarSha256: string): boolean {
  const sql = "SELECT 1 FROM intake_file WHERE sidecar_sha256 = ? AND outcome = 'imported'";
  return preparedStatement<[string], unknown>(db, sql).get(sidecarSha256) !== undefined;
}

export function findImported(db: Db, contentSha256: string): IntakeRecord | null {
  const row = preparedStatement<[string], { record: string }>(
    db,
    "SELECT record FROM intake_file WHERE content_sha256 = ? AND outcome = 'imported'",
  ).get(contentSha256);
  return row === undefined ? null : parse(row.record);
}

/** Newest first. */
export function findIntakes(
  db: Db,
  { onlyFailed, offset, limit }: { onlyFailed: boolean; offset: number; limit: number },
): IntakeRecord[] {
  const where = onlyFailed ? "WHERE outcome = 'failed'" : '';
  return db
    .prepare<[number, number], { record: string }>(
      `SELECT record FROM intake_file ${where} ORDER BY ordinal DESC LIMIT ? OFFSET ?`,
    )
    .all(limit, offset)
    .map(({ record }) => parse(record));
}

export function countIntakes(db: Db): Readonly<Record<IntakeOutcome, number>> {
  const rows = preparedStatement<[], { outcome: IntakeOutcome; n: number }>(
    db,
    'SELECT outcome, count(*) AS n FROM intake_file GROUP BY outcome',
  ).all();
  const counts = { imported: 0, repeated: 0, failed: 0 };
  for (const { outcome, n } of rows) counts[outcome] = n;
  return counts;
}
