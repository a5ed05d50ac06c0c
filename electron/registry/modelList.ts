import { foldText } from '../../shared/base/foldText';
import { Stage, type Model } from '../../shared/registry/model';
import type { Db } from '../db/openDatabase';
import { modelFromRow, type ModelRow } from './registryRepo';
import { LOG_HEAD, whileUnchanged } from './whileUnchanged';

/** What other records say of a model; it changes more often than the model itself. */
interface Figures {
  readonly nVersions: number;
  readonly nBatches: number;
  readonly nOpenAlerts: number;
  readonly lastBatchAtUtc: string | null;
  /** Where at least one of its versions stands. */
  readonly stages: readonly Stage[];
}

interface Facts {
  readonly id: string;
  readonly owner: string;
  readonly riskClass: string | null;
  /** Place by name in natural order. */
  readonly nameRank: number;
  readonly tags: readonly string[];
  readonly foldedTags: readonly string[];
  /** Name, owner, purpose and tags, folded. */
  readonly text: string;
}

/** One model, prepared for searching. */
export interface ListedModel extends Facts, Figures {
  /** The whole record. */
  model(): Model;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** As names and owners are sorted everywhere: in natural order, letter case does not count. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b);
}

/** A model's own columns. */
type OwnRow = Omit<
  ModelRow,
  'n_versions' | 'n_batches' | 'n_open_alerts' | 'last_batch_at_utc' | 'live_version'
>;

/** Models are only added, and every change of one raises its revision. */
const FACTS_STAMP = `SELECT count(*) || ' ' || total(revision) AS stamp FROM model`;

const modelFacts = whileUnchanged(FACTS_STAMP, (db) =>
  db
    .prepare<[], OwnRow>('SELECT * FROM model')
    .all()
    .toSorted((a, b) => compareNames(a.name, b.name))
    .map((row, nameRank) => ({ row, facts: factsFromRow(row, nameRank) })),
);

function factsFromRow(row: OwnRow, nameRank: number): Facts {
  const tags = row.tags === null ? [] : (JSON.parse(row.tags) as readonly string[]); // checked when it was written
  return {
    id: row.id,
    owner: row.owner,
    riskClass: row.risk_class,
    nameRank,
    tags,
    foldedTags: tags.map(foldText),
    text: foldText([row.name, row.owner, row.purpose, ...tags].join('\n')),
  };
}

/** All models in the order of their names. Cost: O(models) after a write, else what a look at the log takes */
export const listedModels = whileUnchanged(LOG_HEAD, (db): readonly ListedModel[] => {
  const versions = versionCounts(db);
  const batches = batchCounts(db);
  const alerts = openAlerts(db);
  const stages = stageCounts(db);
  return modelFacts(db).map(({ row, facts }) => {
    const staged = stages.get(row.id);
    const nVersions = versions.get(row.id) ?? 0;
    const hasUnstaged = nVersions > (staged?.n ?? 0);
    const figures: Figures = {
      nVersions,
      nBatches: batches.get(row.id)?.n ?? 0,
      nOpenAlerts: alerts.get(row.id) ?? 0,
      lastBatchAtUtc: batches.get(row.id)?.last ?? null,
      stages: hasUnstaged ? ['None', ...(staged?.stages ?? [])] : (staged?.stages ?? []),
    };
    const liveVersion = staged?.liveVersion ?? null;
    let whole: Model | null = null;
    const model = (): Model => (whole ??= wholeModel(row, figures, liveVersion));
    return { ...facts, ...figures, model };
  });
});

function wholeModel(row: OwnRow, figures: Figures, liveVersion: number | null): Model {
  return modelFromRow({
    ...row,
    n_versions: figures.nVersions,
    n_batches: figures.nBatches,
    n_open_alerts: figures.nOpenAlerts,
    last_batch_at_utc: figures.lastBatchAtUtc,
    live_version: liveVersion,
  });
}

/** Versions are only added. */
const versionCounts = whileUnchanged('SELECT max(rowid) AS stamp FROM model_version', (db) =>
  readCounts(db, 'SELECT model_id, count(*) FROM model_version GROUP BY model_id'),
);

function openAlerts(db: Db): ReadonlyMap<string, number> {
  return readCounts(
    db,
    "SELECT model_id, count(*) FROM alert WHERE state = 'new' GROUP BY model_id",
  );
}

function readCounts(db: Db, sql: string): ReadonlyMap<string, number> {
  return new Map(db.prepare<[], [string, number]>(sql).raw().all());
}

/** Reports are only added. */
const batchCounts = whileUnchanged('SELECT max(rowid) AS stamp FROM drift_report', (db) => {
  const rows = db
    .prepare<[], { id: string; n: number; last: string }>(
      `SELECT model_id AS id, count(*) AS n, max(computed_at_utc) AS last
       FROM drift_report GROUP BY model_id`,
    )
    .all();
  return new Map(rows.map((row) => [row.id, row]));
});

interface Staged {
  readonly n: number;
  readonly stages: readonly Stage[];
  readonly liveVersion: number | null;
}

/** A stage follows a recorded change. */
const stageCounts = whileUnchanged('SELECT max(ordinal) AS stamp FROM stage_change', (db) => {
  const rows = db
    .prepare<[], { id: string; stages: string; n: number; live: number | null }>(
      `SELECT g.model_id AS id, group_concat(DISTINCT g.stage) AS stages, count(*) AS n,
         (SELECT v.version FROM version_stage s JOIN model_version v ON v.id = s.version_id
           WHERE s.model_id = g.model_id AND s.stage = 'Production') AS live
       FROM version_stage g GROUP BY g.model_id`,
    )
    .all();
  return new Map(
    rows.map(({ id, stages, n, live }): readonly [string, Staged] => [
      id,
      { n, stages: stages.split(',').map((stage) => Stage.parse(stage)), liveVersion: live },
    ]),
  );
});
