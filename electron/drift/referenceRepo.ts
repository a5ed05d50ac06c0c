import type { Db } from '../db/openDatabase';
import type { ReferenceId, ModelVersionId } from '../../shared/base/ids';
import { Reference } from '../../shared/drift/channels';
import { ReferenceStructure } from '../../shared/drift/multivariate';
import {
  isNumericProfile,
  type ColumnProfile,
  type ReferenceProfile,
} from '../../shared/drift/referenceProfile';

interface ReferenceRow {
  readonly id: string;
  readonly model_id: string;
  readonly version_id: string;
  readonly file_name: string;
  readonly file_sha256: string;
  readonly file_size_bytes: number;
  readonly n_rows: number;
  readonly columns: string;
  readonly frozen_at_utc: string;
}

function referenceFromRow(row: ReferenceRow): Reference {
  return Reference.parse({
    id: row.id,
    modelId: row.model_id,
    versionId: row.version_id,
    file: { fileName: row.file_name, sha256: row.file_sha256, sizeBytes: row.file_size_bytes },
    nRows: row.n_rows,
    columns: JSON.parse(row.columns),
    frozenAtUtc: row.frozen_at_utc,
  });
}

interface ColumnRow {
  readonly facts: string;
  readonly value_blob: Buffer | null;
  readonly count_blob: Buffer;
}

function columnToRow(profile: ColumnProfile): {
  facts: string;
  valueBlob: Buffer | null;
  countBlob: Buffer;
} {
  if (isNumericProfile(profile)) {
    const { values, cumulative, ...facts } = profile;
    return {
      facts: JSON.stringify(facts),
      valueBlob: toBlob(values),
      countBlob: toBlob(cumulative),
    };
  }
  const { labelCounts, ...facts } = profile;
  return { facts: JSON.stringify(facts), valueBlob: null, countBlob: toBlob(labelCounts) };
}

function columnFromRow(row: ColumnRow): ColumnProfile {
  const counts = fromBlob(row.count_blob);
  const arrays =
    row.value_blob === null
      ? { labelCounts: counts }
      : { values: fromBlob(row.value_blob), cumulative: counts };
  // Profiles frozen before references were cut into chunks say nothing of it.
  const facts = { variability: null, ...JSON.parse(row.facts) };
  return { ...facts, ...arrays } as ColumnProfile; // written by columnToRow from the same type
}

function toBlob(numbers: Float64Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function fromBlob(blob: Buffer): Float64Array {
  // A copy: the driver's buffer need not start at a multiple of eight bytes.
  return new Float64Array(new Uint8Array(blob).buffer);
}

/** The row after those of the columns says how they go together; its blob holds the loadings. */
const STRUCTURE_KIND = 'structure';

function isColumn({ facts }: ColumnRow): boolean {
  return (JSON.parse(facts) as { kind: string }).kind !== STRUCTURE_KIND; // both writers set a kind
}

function structureToRow(structure: ReferenceStructure): { facts: string; countBlob: Buffer } {
  const loadings = structure.status === 'measured' ? structure.loadings : [];
  const rest = structure.status === 'measured' ? { ...structure, loadings: [] } : structure;
  return {
    facts: JSON.stringify({ kind: STRUCTURE_KIND, structure: rest }),
    countBlob: toBlob(Float64Array.from(loadings)),
  };
}

function structureFromRow({ facts, count_blob: blob }: ColumnRow): ReferenceStructure {
  const { structure } = JSON.parse(facts) as { structure: unknown }; // parsed below
  const parsed = ReferenceStructure.parse(structure);
  return parsed.status === 'measured' ? { ...parsed, loadings: [...fromBlob(blob)] } : parsed;
}

const SELECT_REFERENCE = `
  SELECT p.*, v.model_id FROM reference_profile p JOIN model_version v ON v.id = p.version_id`;

export function findReference(db: Db, versionId: ModelVersionId): Reference | null {
  const row = db
    .prepare<[string], ReferenceRow>(`${SELECT_REFERENCE} WHERE p.version_id = ?`)
    .get(versionId);
  return row === undefined ? null : referenceFromRow(row);
}

export function findReferenceProfile(db: Db, { id, nRows }: Reference): ReferenceProfile {
  const rows = db
    .prepare<[string], ColumnRow>(
      'SELECT facts, value_blob, count_blob FROM reference_column WHERE reference_id = ? ORDER BY position',
    )
    .all(id);
  return {
    nRows,
    columns: rows.filter(isColumn).map(columnFromRow),
    structure: rows.filter((row) => !isColumn(row)).map(structureFromRow)[0] ?? null,
  };
}

export function insertReference(db: Db, reference: Reference, profile: ReferenceProfile): void {
  const { file } = reference;
  db.prepare(
    `INSERT INTO reference_profile
       (id, version_id, file_name, file_sha256, file_size_bytes, n_rows, columns, frozen_at_utc)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    reference.id,
    reference.versionId,
    file.fileName,
    file.sha256,
    file.sizeBytes,
    reference.nRows,
    JSON.stringify(reference.columns),
    reference.frozenAtUtc,
  );
  insertColumns(db, reference.id, profile);
}

function insertColumns(
  db: Db,
  referenceId: ReferenceId,
  { columns, structure }: ReferenceProfile,
): void {
  const insert = db.prepare(
    'INSERT INTO reference_column (reference_id, position, facts, value_blob, count_blob) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [position, column] of columns.entries()) {
    const { facts, valueBlob, countBlob } = columnToRow(column);
    insert.run(referenceId, position, facts, valueBlob, countBlob);
  }
  if (structure === null) return;
  const { facts, countBlob } = structureToRow(structure);
  insert.run(referenceId, columns.length, facts, null, countBlob);
}
