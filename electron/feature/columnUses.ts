import { ModelId, ModelVersionId } from '../../shared/base/ids';
import type { FeatureUse } from '../../shared/feature/feature';
import { Stage } from '../../shared/registry/model';
import type { Db } from '../db/openDatabase';
import { preparedStatement } from '../db/preparedStatement';

/** A version that takes in or gives out a column, by its schema or by its reference. */
export type ColumnUse = Omit<FeatureUse, 'stage' | 'columnName'>;
export type ColumnUses = ReadonlyMap<string, readonly ColumnUse[]>;

interface UseRow extends Omit<ColumnUse, 'modelId' | 'versionId'> {
  readonly position: number;
  readonly modelId: string;
  readonly versionId: string;
  /** Null for a record without columns. */
  readonly columnName: string | null;
}

/** Records with columns, some at a time; both kinds are only added and never change. */
const SOURCES = [
  `SELECT v.rowid AS position, v.model_id AS modelId, m.name AS modelName, v.id AS versionId, v.version,
     json_extract(c.value, '$.name') AS columnName, json_extract(c.value, '$.direction') AS direction
   FROM (SELECT rowid, * FROM model_version WHERE rowid > ? ORDER BY rowid LIMIT ?) v
   JOIN model m ON m.id = v.model_id
   LEFT JOIN json_each(v.snapshot, '$.schema') c ORDER BY v.rowid`,
  `SELECT r.rowid AS position, v.model_id AS modelId, m.name AS modelName, v.id AS versionId, v.version,
     json_extract(c.value, '$.name') AS columnName,
     iif(json_extract(c.value, '$.role') = 'feature', 'input', 'output') AS direction
   FROM (SELECT rowid, * FROM reference_profile WHERE rowid > ? ORDER BY rowid LIMIT ?) r
   JOIN model_version v ON v.id = r.version_id JOIN model m ON m.id = v.model_id
   LEFT JOIN json_each(r.columns) c ON json_extract(c.value, '$.role') IN ('feature', 'prediction')
   ORDER BY r.rowid`,
] as const;

interface Known {
  readonly lastPositions: readonly number[];
  readonly uses: ColumnUses;
}

const NOTHING: Known = { lastPositions: SOURCES.map(() => 0), uses: new Map() };
const RECORDS_AT_ONCE = 200;
const known = new WeakMap<Db, Known>();

/**
 * Which versions take in or give out a column, by its name.
 *
 * Only what came since the last call is read, some records at a time, so that core answers in between.
 *
 * @returns every column name of every schema and reference, with its uses in the order of registration
 * Cost: O(columns of the records that came since the last call)
 */
export async function columnUses(db: Db): Promise<ColumnUses> {
  for (const [source, sql] of SOURCES.entries()) {
    const read = preparedStatement<[number, number], UseRow>(db, sql);
    for (;;) {
      const { lastPositions, uses } = known.get(db) ?? NOTHING;
      const rows = read.all(lastPositions[source] ?? 0, RECORDS_AT_ONCE);
      const last = rows.at(-1);
      if (last === undefined) break;
      known.set(db, {
        lastPositions: lastPositions.with(source, last.position),
        uses: withRows(uses, rows),
      });
      await new Promise(setImmediate);
    }
  }
  return (known.get(db) ?? NOTHING).uses;
}

function withRows(before: ColumnUses, rows: readonly UseRow[]): ColumnUses {
  const uses = new Map(before);
  for (const [columnName, found] of Map.groupBy(rows, (row) => row.columnName)) {
    if (columnName === null) continue;
    const old = uses.get(columnName) ?? [];
    const seen = new Set(old.map(keyOf));
    const fresh = found.filter((row) => !seen.has(keyOf(row))).map(fromRow);
    uses.set(columnName, [...old, ...fresh]);
  }
  return uses;
}

/** A schema and a reference may say the same of a version. */
function keyOf({ versionId, direction }: Pick<UseRow, 'versionId' | 'direction'>): string {
  return `${versionId} ${direction}`;
}

function fromRow({ modelId, modelName, versionId, version, direction }: UseRow): ColumnUse {
  return {
    modelId: ModelId.parse(modelId),
    modelName,
    versionId: ModelVersionId.parse(versionId),
    version,
    direction,
  };
}

/** Where each of these versions stands now; one without a stage is left out. */
export function findStages(
  db: Db,
  versionIds: readonly ModelVersionId[],
): ReadonlyMap<string, Stage> {
  const rows = preparedStatement<[string], { readonly id: string; readonly stage: string }>(
    db,
    `SELECT version_id AS id, stage FROM version_stage
     WHERE version_id IN (SELECT value FROM json_each(?))`,
  ).all(JSON.stringify(versionIds));
  return new Map(rows.map(({ id, stage }) => [id, Stage.parse(stage)]));
}
