import { setImmediate } from 'node:timers/promises';
import { foldText } from '../../shared/base/foldText';
import { AppFailure } from '../../shared/ipc/errors';
import type { Db } from '../db/openDatabase';
import { preparedStatement } from '../db/preparedStatement';
import type { VersionRow } from './versionList';
import { LOG_HEAD, whileUnchanged } from './whileUnchanged';

/*
 * What versions are found by, kept in memory. Snapshots and references never change, and tags carry a
 * revision, so each is read once, in steps between which other calls run.
 */

/** So many rows are read in about 10 ms. */
const STEP_ROWS = 500;

async function inSteps<T>(
  items: readonly T[],
  signal: AbortSignal,
  read: (step: readonly T[]) => void,
): Promise<void> {
  for (let at = 0; at < items.length; at += STEP_ROWS) {
    if (signal.aborted) throw new AppFailure('CANCELLED', 'The search was stopped.');
    if (at > 0) await setImmediate();
    read(items.slice(at, at + STEP_ROWS));
  }
}

/** One value for each connection, made when it is first asked for. */
function perConnection<T>(make: () => T): (db: Db) => T {
  const known = new WeakMap<Db, T>();
  return (db) => {
    const value = known.get(db) ?? make();
    known.set(db, value);
    return value;
  };
}

interface VersionText {
  readonly version: number;
  readonly foldedDescription: string;
}

const textsOf = perConnection(() => new Map<VersionRow, VersionText>());

/** Numbers and descriptions of these versions, and maybe of others. */
export async function versionTexts(
  db: Db,
  rows: readonly VersionRow[],
  signal: AbortSignal,
): Promise<ReadonlyMap<VersionRow, VersionText>> {
  const texts = textsOf(db);
  const lacking = rows.filter((row) => !texts.has(row));
  await inSteps(lacking, signal, (step) => {
    const found = db
      .prepare<[string], [VersionRow, number, string]>(
        `SELECT rowid, version, json_extract(snapshot, '$.description')
         FROM model_version WHERE rowid IN (SELECT value FROM json_each(?))`,
      )
      .raw()
      .all(JSON.stringify(step));
    for (const [row, version, description] of found) {
      texts.set(row, { version, foldedDescription: foldText(description) });
    }
  });
  return texts;
}

interface Tagged {
  readonly revision: number;
  readonly row: VersionRow;
  readonly tags: readonly string[];
  readonly foldedTags: readonly string[];
}

const tagsOf = perConnection(() => ({
  /** The log at the last look: no tag changes without an event. */
  head: undefined as unknown, // whatever the stamp is
  byTagRow: new Map<number, Tagged>(),
  byVersion: new Map<VersionRow, Tagged>(),
}));

/** The tags of the versions that have ever had any. */
export async function versionTags(
  db: Db,
  signal: AbortSignal,
): Promise<ReadonlyMap<VersionRow, Tagged>> {
  const known = tagsOf(db);
  const { byTagRow, byVersion } = known;
  const head = preparedStatement<[], { stamp: unknown }>(db, LOG_HEAD).get()?.stamp;
  if (known.head === head) return byVersion;
  const changed = db
    .prepare<[], [number, number]>('SELECT rowid, revision FROM version_tag')
    .raw()
    .all()
    .filter(([tagRow, revision]) => byTagRow.get(tagRow)?.revision !== revision)
    .map(([tagRow]) => tagRow);
  await inSteps(changed, signal, (step) => {
    const found = db
      .prepare<[string], [number, number, VersionRow, string]>(
        `SELECT t.rowid, t.revision, w.rowid, t.tags FROM version_tag t
         JOIN model_version w ON w.id = t.version_id
         WHERE t.rowid IN (SELECT value FROM json_each(?))`,
      )
      .raw()
      .all(JSON.stringify(step));
    for (const [tagRow, revision, row, json] of found) {
      const tags = JSON.parse(json) as readonly string[]; // an array of words by the table's own check and its writer
      const tagged = { revision, row, tags, foldedTags: tags.map(foldText) };
      byTagRow.set(tagRow, tagged);
      byVersion.set(row, tagged);
    }
  });
  known.head = head;
  return byVersion;
}

const referencesOf = perConnection(() => ({ last: 0, rows: new Set<VersionRow>() }));

/** The versions with a frozen reference. */
export async function referencedVersions(
  db: Db,
  signal: AbortSignal,
): Promise<ReadonlySet<VersionRow>> {
  const known = referencesOf(db);
  const fresh = db
    .prepare<[number], number>('SELECT rowid FROM reference_profile WHERE rowid > ? ORDER BY rowid')
    .pluck()
    .all(known.last);
  await inSteps(fresh, signal, (step) => {
    const found = db
      .prepare<[string], VersionRow>(
        `SELECT w.rowid FROM reference_profile p JOIN model_version w ON w.id = p.version_id
         WHERE p.rowid IN (SELECT value FROM json_each(?))`,
      )
      .pluck()
      .all(JSON.stringify(step));
    for (const row of found) known.rows.add(row);
    known.last = Math.max(known.last, step.at(-1) ?? 0);
  });
  return known.rows;
}

/** The aliases that stand for a version now. */
export const versionAliases = whileUnchanged(
  'SELECT max(ordinal) AS stamp FROM alias_change',
  (db): ReadonlyMap<VersionRow, readonly string[]> => {
    const rows = db
      .prepare<[], [VersionRow, string]>(
        `SELECT w.rowid, json_group_array(a.alias) FROM alias_change a
         JOIN model_version w ON w.id = a.version_id
         WHERE a.ordinal = (SELECT max(b.ordinal) FROM alias_change b
           WHERE b.model_id = a.model_id AND b.alias = a.alias)
         GROUP BY w.rowid`,
      )
      .raw()
      .all();
    return new Map(rows.map(([row, json]) => [row, JSON.parse(json) as readonly string[]])); // made just above
  },
);
