import { foldText } from '../../shared/base/foldText';
import type { Db } from '../db/openDatabase';
import { referencedVersions, versionAliases, versionTags, versionTexts } from './versionIndex';
import {
  findRowsOfNamedModels,
  findVersionRows,
  type VersionRow,
  type VersionScope,
} from './versionList';

export interface VersionQuery extends VersionScope {
  readonly text: string;
  readonly alias: string | null;
  readonly tag: string | null;
  readonly hasReference: boolean | null;
}

type Test = (row: VersionRow) => boolean;

/**
 * The versions that match, oldest first.
 *
 * @throws AppFailure CANCELLED when the signal fires
 * Cost: O(versions in the scope); the first search for a text also reads their snapshots
 */
export async function matchingVersions(
  db: Db,
  query: VersionQuery,
  signal: AbortSignal,
): Promise<readonly VersionRow[]> {
  const rows = findVersionRows(db, query);
  const tests = await filterTests(db, query, signal);
  const left = tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
  const wanted = foldText(query.text.trim());
  if (wanted === '') return left;
  return left.filter(await textTest(db, { ...query, wanted, rows: left }, signal));
}

async function filterTests(
  db: Db,
  { alias, tag, hasReference }: VersionQuery,
  signal: AbortSignal,
): Promise<readonly Test[]> {
  const tests: Test[] = [];
  if (alias !== null) {
    const aliases = versionAliases(db);
    tests.push((row) => aliases.get(row)?.includes(alias) === true);
  }
  if (hasReference !== null) {
    const referenced = await referencedVersions(db, signal);
    tests.push((row) => referenced.has(row) === hasReference);
  }
  if (tag !== null) {
    const tags = await versionTags(db, signal);
    const wanted = foldText(tag);
    tests.push((row) => tags.get(row)?.foldedTags.includes(wanted) === true);
  }
  return tests;
}

interface TextQuery extends VersionQuery {
  readonly wanted: string;
  readonly rows: readonly VersionRow[];
}

async function textTest(db: Db, query: TextQuery, signal: AbortSignal): Promise<Test> {
  const { modelId, wanted, rows } = query;
  const texts = await versionTexts(db, rows, signal);
  const tags = await versionTags(db, signal);
  const aliases = versionAliases(db);
  const named = modelId === null ? findRowsOfNamedModels(db, wanted) : null;
  const number = versionNumber(wanted);
  const holds = (word: string): boolean => word.includes(wanted);
  return (row) => {
    const text = texts.get(row);
    return (
      (text !== undefined && (text.version === number || holds(text.foldedDescription))) ||
      tags.get(row)?.foldedTags.some(holds) === true ||
      aliases.get(row)?.some((alias) => holds(foldText(alias))) === true ||
      named?.has(row) === true
    );
  };
}

/** `12` or `v12` also means the version of that number; null when the text is neither. */
function versionNumber(folded: string): number | null {
  const digits = /^v?(\d{1,15})$/.exec(folded)?.[1];
  return digits === undefined ? null : Number(digits);
}
