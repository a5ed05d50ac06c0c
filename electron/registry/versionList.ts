import { foldText } from '../../shared/base/foldText';
import type { ModelId } from '../../shared/base/ids';
import { VersionSummary } from '../../shared/registry/listChannels';
import type { Stage } from '../../shared/registry/model';
import type { Db } from '../db/openDatabase';
import { whileUnchanged } from './whileUnchanged';

/**
 * Lists of versions go by rowid: versions are only added, so it is the order of registration, and indexes
 * answer with it without a look at the snapshots.
 */
export type VersionRow = number;

export interface VersionScope {
  /** Null: all models. */
  readonly modelId: ModelId | null;
  readonly stage: Stage | null;
}

/** The versions of a scope, oldest first. Cost: O(versions in it), from indexes. */
export function findVersionRows(db: Db, scope: VersionScope): readonly VersionRow[] {
  return scope.modelId === null && scope.stage === null ? allRows(db) : readRows(db, scope);
}

const allRows = whileUnchanged('SELECT max(rowid) AS stamp FROM model_version', (db) =>
  readRows(db, { modelId: null, stage: null }),
);

function readRows(db: Db, { modelId, stage }: VersionScope): readonly VersionRow[] {
  const conditions = [
    ...(modelId === null ? [] : ['v.model_id = :modelId']),
    ...stageCondition(modelId, stage),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  // Sorted here: asked for an order, SQLite walks the table with all its snapshots instead of an index.
  const rows = db
    .prepare<[object], VersionRow>(`SELECT v.rowid FROM model_version v ${where}`)
    .pluck()
    .all({ modelId, stage });
  return rows.sort((a, b) => a - b);
}

function stageCondition(modelId: ModelId | null, stage: Stage | null): readonly string[] {
  if (stage === null) return [];
  const staged = `SELECT w.rowid FROM version_stage g JOIN model_version w ON w.id = g.version_id
    WHERE ${modelId === null ? '1' : 'g.model_id = :modelId'}`;
  return stage === 'None'
    ? [`v.rowid NOT IN (${staged})`]
    : [`v.rowid IN (${staged} AND g.stage = :stage)`];
}

/** The versions of the models whose name holds a text. */
export function findRowsOfNamedModels(db: Db, foldedText: string): ReadonlySet<VersionRow> {
  const ids = db
    .prepare<[], { id: string; name: string }>('SELECT id, name FROM model')
    .all()
    .filter(({ name }) => foldText(name).includes(foldedText))
    .map(({ id }) => id);
  const rows = db
    .prepare<[string], VersionRow>(
      'SELECT rowid FROM model_version WHERE model_id IN (SELECT value FROM json_each(?))',
    )
    .pluck()
    .all(JSON.stringify(ids));
  return new Set(rows);
}

interface SummaryRow {
  readonly row: VersionRow;
  readonly id: string;
  readonly model_id: string;
  readonly model_name: string;
  readonly version: number;
  /** JSON: description and metrics of the snapshot. */
  readonly facts: string;
  readonly stage: string | null;
  readonly aliases: string;
  readonly tags: string | null;
  readonly signed_at_utc: string;
  readonly printed_name: string;
  readonly has_reference: number;
}

/** Metrics that a list has room for. */
const SHOWN_METRICS = 5;

/** @returns a summary for each row, in the order of the rows */
export function findSummaries(db: Db, rows: readonly VersionRow[]): readonly VersionSummary[] {
  const found = db
    .prepare<[string], SummaryRow>(
      `SELECT v.rowid AS row, v.id, v.model_id, m.name AS model_name, v.version,
         json_extract(v.snapshot, '$.description', '$.metrics') AS facts,
         g.stage, t.tags, s.signed_at_utc, s.printed_name, p.id IS NOT NULL AS has_reference,
         (SELECT json_group_array(a.alias) FROM alias_change a WHERE a.version_id = v.id
           AND a.ordinal = (SELECT max(b.ordinal) FROM alias_change b
             WHERE b.model_id = a.model_id AND b.alias = a.alias)) AS aliases
       FROM model_version v
       JOIN model m ON m.id = v.model_id
       JOIN signature s ON s.id = v.signature_id
       LEFT JOIN reference_profile p ON p.version_id = v.id
       LEFT JOIN version_stage g ON g.version_id = v.id
       LEFT JOIN version_tag t ON t.version_id = v.id
       WHERE v.rowid IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(rows));
  const byRow = new Map(found.map((row) => [row.row, row]));
  return rows.flatMap((row) => {
    const known = byRow.get(row);
    return known === undefined ? [] : [summaryFromRow(known)];
  });
}

function summaryFromRow(row: SummaryRow): VersionSummary {
  const [description, metrics] = JSON.parse(row.facts) as [
    string,
    Readonly<Record<string, number>>,
  ]; // of the snapshot, by its schema
  const entries = Object.entries(metrics);
  return VersionSummary.parse({
    id: row.id,
    modelId: row.model_id,
    modelName: row.model_name,
    version: row.version,
    description,
    metrics: entries.slice(0, SHOWN_METRICS).map(([name, value]) => ({ name, value })),
    nMetrics: entries.length,
    stage: row.stage ?? 'None',
    aliases: JSON.parse(row.aliases),
    tags: JSON.parse(row.tags ?? '[]'),
    registeredAtUtc: row.signed_at_utc,
    registeredBy: row.printed_name,
    hasReference: row.has_reference === 1,
  });
}

/** How many versions stand in each stage but None. */
export function countStages(db: Db, modelId: ModelId): ReadonlyMap<string, number> {
  const rows = db
    .prepare<[string], { stage: string; n: number }>(
      'SELECT stage, count(*) AS n FROM version_stage WHERE model_id = ? GROUP BY stage',
    )
    .all(modelId);
  return new Map(rows.map(({ stage, n }) => [stage, n]));
}
