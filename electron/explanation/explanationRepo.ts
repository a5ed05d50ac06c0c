import type { FileFingerprint } from '../../shared/base/files';
import type { ExplanationId, ModelId, ModelVersionId, PersonId } from '../../shared/base/ids';
import {
  explanationChannels,
  type Explanation,
  type ExplanationHead,
} from '../../shared/explanation/channels';
import type { ExplanationAggregates } from '../../shared/explanation/computed';
import type { Db } from '../db/openDatabase';

const Head = explanationChannels['explanation.list'].output.unwrap().element;
const Whole = explanationChannels['explanation.get'].output;

interface HeadRow {
  readonly id: string;
  readonly model_id: string;
  readonly model_name: string;
  readonly version_id: string;
  readonly version: number;
  readonly file: string;
  readonly n_cases: number;
  readonly n_failed: number;
  readonly method: string | null;
  readonly imported_at_utc: string;
  readonly imported_by_name: string;
}

function headFromRow(row: HeadRow): ExplanationHead {
  return Head.parse({
    id: row.id,
    modelId: row.model_id,
    modelName: row.model_name,
    versionId: row.version_id,
    version: row.version,
    file: JSON.parse(row.file),
    nCases: row.n_cases,
    nFailed: row.n_failed,
    method: row.method,
    importedAtUtc: row.imported_at_utc,
    importedBy: row.imported_by_name,
  });
}

const HEAD = `e.id, e.model_id, m.name AS model_name, e.version_id, v.version, e.file,
  json_extract(e.aggregates, '$.nCases') AS n_cases,
  (SELECT sum(json_extract(o.value, '$.additivity.nFailed'))
    FROM json_each(e.aggregates, '$.outputs') o) AS n_failed,
  json_extract(e.aggregates, '$.computed.method') AS method,
  e.imported_at_utc, p.printed_name AS imported_by_name`;
const FROM = `FROM explanation e
  JOIN model m ON m.id = e.model_id
  JOIN model_version v ON v.id = e.version_id
  JOIN person p ON p.id = e.imported_by`;

/** Newest first. */
export function findExplanations(db: Db, modelId: ModelId): ExplanationHead[] {
  return db
    .prepare<[string], HeadRow>(
      `SELECT ${HEAD} ${FROM} WHERE e.model_id = ? ORDER BY e.imported_at_utc DESC, e.rowid DESC`,
    )
    .all(modelId)
    .map(headFromRow);
}

export function findExplanation(db: Db, id: ExplanationId): Explanation | null {
  const row = db
    .prepare<[string], HeadRow & { readonly aggregates: string }>(
      `SELECT ${HEAD}, e.aggregates ${FROM} WHERE e.id = ?`,
    )
    .get(id);
  if (row === undefined) return null;
  return Whole.parse({ ...headFromRow(row), aggregates: JSON.parse(row.aggregates) });
}

/** The explanation of a version that was imported from this file. */
export function findByFile(db: Db, versionId: ModelVersionId, sha256: string): string | null {
  return (
    db
      .prepare<[string, string], string>(
        `SELECT id FROM explanation WHERE version_id = ? AND json_extract(file, '$.sha256') = ?
         AND json_type(aggregates, '$.computed') IS NULL`,
      )
      .pluck()
      .get(versionId, sha256) ?? null
  );
}

export function insertExplanation(
  db: Db,
  saved: {
    readonly id: ExplanationId;
    readonly modelId: ModelId;
    readonly versionId: ModelVersionId;
    readonly file: FileFingerprint;
    readonly aggregates: ExplanationAggregates;
    readonly importedAtUtc: string;
    readonly importedBy: PersonId;
  },
): void {
  const { file, aggregates, ...row } = saved;
  db.prepare(
    `INSERT INTO explanation (id, model_id, version_id, file, aggregates, imported_at_utc, imported_by)
     VALUES (@id, @modelId, @versionId, @file, @aggregates, @importedAtUtc, @importedBy)`,
  ).run({ ...row, file: JSON.stringify(file), aggregates: JSON.stringify(aggregates) });
}
