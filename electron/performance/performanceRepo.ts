import type {
  ModelId,
  ModelVersionId,
  OutcomeFileId,
  PerformanceReportId,
  PredictionLogId,
} from '../../shared/base/ids';
import { PerformanceHead } from '../../shared/performance/channels';
import {
  OutcomeFile,
  PerformanceReport,
  PredictionLog,
} from '../../shared/performance/performanceReport';
import { TaskKind } from '../../shared/performance/predictionLog';
import type { Db } from '../db/openDatabase';

interface LogRow {
  readonly log: string;
  readonly dropped_at_utc: string | null;
  readonly is_joinable: number;
}

interface ReportRow {
  readonly head: string;
  readonly detail: string;
}

/** What a log's row says of itself beside the JSON. */
type FrozenLog = Omit<PredictionLog, 'joinState' | 'droppedAtUtc'>;

const SELECT_LOG = `SELECT log, dropped_at_utc, join_blob IS NOT NULL AS is_joinable FROM prediction_log`;

function joinState(row: Pick<LogRow, 'dropped_at_utc' | 'is_joinable'>) {
  if (row.is_joinable === 1) return 'kept';
  return row.dropped_at_utc === null ? 'notKept' : 'dropped';
}

function logFromRow(row: LogRow): PredictionLog {
  return PredictionLog.parse({
    ...(JSON.parse(row.log) as object), // insertLog() wrote a FrozenLog; parse() checks it
    joinState: joinState(row),
    droppedAtUtc: row.dropped_at_utc,
  });
}

export function insertLog(db: Db, log: FrozenLog, joinBlob: Uint8Array | null): void {
  db.prepare(
    `INSERT INTO prediction_log
       (id, model_id, version_id, file_sha256, is_baseline, imported_at_utc, log, join_blob)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    log.id,
    log.modelId,
    log.versionId,
    log.file.sha256,
    log.isBaseline ? 1 : 0,
    log.importedAtUtc,
    JSON.stringify(log),
    joinBlob,
  );
}

/** Logs of a model in the order of the time they cover, then of import. */
export function findLogs(db: Db, modelId: ModelId): PredictionLog[] {
  return db
    .prepare<[string], LogRow>(`${SELECT_LOG} WHERE model_id = ? ORDER BY imported_at_utc, rowid`)
    .all(modelId)
    .map(logFromRow)
    .sort((a, b) => whenOf(a).localeCompare(whenOf(b)));
}

function whenOf({ periodEnd, periodStart, importedAtUtc }: PredictionLog): string {
  return periodEnd ?? periodStart ?? importedAtUtc;
}

export function findLog(db: Db, id: PredictionLogId): PredictionLog | null {
  const row = db.prepare<[string], LogRow>(`${SELECT_LOG} WHERE id = ?`).get(id);
  return row === undefined ? null : logFromRow(row);
}

/** The log that this very file was imported as, or null. */
export function findLogOfFile(
  db: Db,
  versionId: ModelVersionId,
  sha256: string,
): PredictionLog | null {
  const row = db
    .prepare<[string, string], LogRow>(`${SELECT_LOG} WHERE version_id = ? AND file_sha256 = ?`)
    .get(versionId, sha256);
  return row === undefined ? null : logFromRow(row);
}

/** What is kept to join outcomes to a log; null when nothing is. */
export function findLogBlob(db: Db, id: PredictionLogId): Uint8Array | null {
  const blob = db
    .prepare<[string], Buffer | null>('SELECT join_blob FROM prediction_log WHERE id = ?')
    .pluck()
    .get(id);
  return blob ?? null;
}

/** Forgets what is kept to join later outcomes. @returns how many logs and outcome files had something */
export function dropJoinBlobs(
  db: Db,
  modelId: ModelId,
  atUtc: string,
): { readonly nLogs: number; readonly nOutcomeFiles: number } {
  const drop = (table: 'prediction_log' | 'outcome_file'): number =>
    db
      .prepare(
        `UPDATE ${table} SET join_blob = NULL, dropped_at_utc = ?
         WHERE model_id = ? AND join_blob IS NOT NULL`,
      )
      .run(atUtc, modelId).changes;
  return { nLogs: drop('prediction_log'), nOutcomeFiles: drop('outcome_file') };
}

/** The key that hashes the identifiers of a model, or null before its first log. */
export function findJoinKey(db: Db, modelId: ModelId): Uint8Array | null {
  const key = db
    .prepare<[string], Buffer>('SELECT key FROM join_key WHERE model_id = ?')
    .pluck()
    .get(modelId);
  return key ?? null;
}

export function insertJoinKey(db: Db, modelId: ModelId, key: Uint8Array): void {
  db.prepare('INSERT INTO join_key (model_id, key) VALUES (?, ?)').run(modelId, key);
}

/** What never changes about an outcome file. */
type FrozenOutcomes = Omit<OutcomeFile, 'joinState' | 'nMatched'> & { readonly kind: TaskKind };

interface OutcomeRow {
  readonly outcome: string;
  readonly matched: Buffer;
  readonly dropped_at_utc: string | null;
  readonly is_joinable: number;
}

export function insertOutcomes(
  db: Db,
  outcomes: FrozenOutcomes,
  matched: Uint8Array,
  joinBlob: Uint8Array | null,
): void {
  db.prepare(
    `INSERT INTO outcome_file (id, model_id, imported_at_utc, outcome, matched, join_blob)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(
    outcomes.id,
    outcomes.modelId,
    outcomes.importedAtUtc,
    JSON.stringify(outcomes),
    matched,
    joinBlob,
  );
}

function outcomesFromRow(row: OutcomeRow): OutcomeFile {
  const { kind: _kind, ...facts } = JSON.parse(row.outcome) as FrozenOutcomes; // insertOutcomes() wrote it
  return OutcomeFile.parse({
    ...facts,
    nMatched: row.matched.reduce((sum, met) => sum + met, 0),
    joinState: joinState(row),
  });
}

const SELECT_OUTCOMES = `SELECT outcome, matched, dropped_at_utc, join_blob IS NOT NULL AS is_joinable
  FROM outcome_file`;

/** Outcome files of a model, oldest first. */
export function findOutcomeFiles(db: Db, modelId: ModelId): OutcomeFile[] {
  return db
    .prepare<[string], OutcomeRow>(
      `${SELECT_OUTCOMES} WHERE model_id = ? ORDER BY imported_at_utc, rowid`,
    )
    .all(modelId)
    .map(outcomesFromRow);
}

/** What is kept of earlier outcome files of a kind, oldest first. */
export function findOutcomeBlobs(
  db: Db,
  modelId: ModelId,
  kind: TaskKind,
): readonly { readonly id: OutcomeFileId; readonly blob: Uint8Array }[] {
  return db
    .prepare<[string, string], { id: OutcomeFileId; blob: Buffer }>(
      `SELECT id, join_blob AS blob FROM outcome_file
       WHERE model_id = ? AND join_blob IS NOT NULL AND json_extract(outcome, '$.kind') = ?
       ORDER BY imported_at_utc, rowid`,
    )
    .all(modelId, kind);
}

/** Notes which rows of an outcome file have met a prediction by now. */
export function addMatched(db: Db, id: OutcomeFileId, matched: Uint8Array): void {
  const before = db
    .prepare<[string], Buffer>('SELECT matched FROM outcome_file WHERE id = ?')
    .pluck()
    .get(id);
  if (before === undefined || !matched.some((met, row) => met > (before[row] ?? 0))) return;
  const now = before.map((met, row) => met | (matched[row] ?? 0));
  db.prepare('UPDATE outcome_file SET matched = ? WHERE id = ?').run(Buffer.from(now), id);
}

export function insertReport(db: Db, report: PerformanceReport): void {
  const { segments, thresholds, classes, ...measured } = report.measurement;
  db.prepare(
    `INSERT INTO performance_report (id, log_id, computed_at_utc, ordinal, head, detail)
     VALUES (?, ?, ?, 1 + (SELECT count(*) FROM performance_report WHERE log_id = ?), ?, ?)`,
  ).run(
    report.id,
    report.logId,
    report.computedAtUtc,
    report.logId,
    JSON.stringify({ ...report, measurement: measured }),
    JSON.stringify({ segments, thresholds, classes }),
  );
}

function reportFromRow({ head, detail }: ReportRow): PerformanceReport {
  const { measurement, ...report } = JSON.parse(head) as { measurement: object }; // insertReport() wrote both
  return PerformanceReport.parse({
    ...report,
    measurement: { ...measurement, ...(JSON.parse(detail) as object) },
  });
}

/** One measurement of a log; the newest when none is named. Null when there is none. */
export function findReport(
  db: Db,
  logId: PredictionLogId,
  reportId: PerformanceReportId | null,
): PerformanceReport | null {
  const row = db
    .prepare<[string, string | null, string | null], ReportRow>(
      `SELECT head, detail FROM performance_report
       WHERE log_id = ? AND (? IS NULL OR id = ?) ORDER BY ordinal DESC LIMIT 1`,
    )
    .get(logId, reportId, reportId);
  return row === undefined ? null : reportFromRow(row);
}

/** The newest measurement of every log of a model, by log. */
export function findNewestHeads(db: Db, modelId: ModelId): ReadonlyMap<string, PerformanceHead> {
  return new Map(
    db
      .prepare<[string], { log_id: string; head: string }>(
        `SELECT r.log_id, r.head FROM performance_report r JOIN prediction_log l ON l.id = r.log_id
         WHERE l.model_id = ?
           AND r.ordinal = (SELECT max(ordinal) FROM performance_report o WHERE o.log_id = r.log_id)`,
      )
      .all(modelId)
      .map(({ log_id, head }) => [log_id, PerformanceHead.parse(JSON.parse(head))]),
  );
}

/** Every measurement of a log, newest first. */
export function findMeasurements(
  db: Db,
  logId: PredictionLogId,
): {
  readonly id: PerformanceReportId;
  readonly computedAtUtc: string;
  readonly nLabelled: number;
}[] {
  return db
    .prepare<[string], { id: PerformanceReportId; computedAtUtc: string; nLabelled: number }>(
      `SELECT id, computed_at_utc AS computedAtUtc,
         json_extract(head, '$.measurement.join.nLabelled') AS nLabelled
       FROM performance_report WHERE log_id = ? ORDER BY ordinal DESC`,
    )
    .all(logId);
}
