import type { ColumnKind, ColumnRole } from '../../shared/drift/column';
import {
  isCodeName,
  isGroupName,
  isIdName,
  isLabelName,
  isNumberName,
  isPlainIdName,
  isPredictionName,
} from './columnNameHints';
import { parseBoolean, parseInstant, parseNumber } from './parseValue';
import type { NumberCounts } from './summariseNumbers';
import type { TextCounts } from './tableSource';

/** What is known of a column before anyone has said what it is. */
export type ColumnSummary = Valued | EmptySummary<'none'> | EmptySummary<'unreadable'>;
type Valued =
  NumberSummary<'number'> | NumberSummary<'boolean'> | NumberSummary<'datetime'> | TextSummary;

interface Described {
  readonly name: string;
  readonly fileType: string;
  readonly nRows: number;
}

interface NumberSummary<Holds> extends Described, NumberCounts {
  readonly holds: Holds;
}

interface TextSummary extends Described, TextCounts {
  readonly holds: 'text';
}

interface EmptySummary<Holds> extends Described {
  readonly holds: Holds;
}

export interface DetectedColumn {
  readonly kind: ColumnKind;
  readonly role: ColumnRole;
  /** Why, in words. */
  readonly reason: string;
}

interface Reading {
  readonly kind: ColumnKind;
  readonly reason: string;
}

const UNIQUE_SHARE = 0.95;
/** Below this many values "all different" says nothing. */
const MIN_VALUES_FOR_UNIQUE = 20;
/** A repeated key with more values than this is no category. */
const MAX_KEY_CATEGORIES = 1_000;
const MAX_GROUP_CATEGORIES = 100;
const FREE_TEXT_LENGTH = 40;
/** Text that differs in most rows has no distribution to compare. */
const FREE_TEXT_SHARE = 0.5;
const ACCOUNT_NUMBER = 10_000_000;

/**
 * Proposes what a column is, before the person decides: an id or a code is never taken for a
 * measurement.
 *
 * @returns kind and role, with the reason in words; a column that cannot be used is `ignored`
 */
export function detectColumn(summary: ColumnSummary): DetectedColumn {
  if (summary.holds === 'unreadable') {
    const reason = `Values of type ${summary.fileType} cannot be compared.`;
    return { kind: 'categorical', role: 'ignored', reason };
  }
  if (summary.holds === 'none' || summary.nMissing === summary.nRows) {
    const kind = summary.holds === 'text' ? 'categorical' : 'numeric';
    return { kind, role: 'ignored', reason: 'No row has a value.' };
  }
  const { kind, reason } = detectKind(summary);
  const named = roleOfName(summary.name);
  if (named !== null) return { kind, role: named.role, reason: `${named.reason} ${reason}` };
  const idReason = whyId(summary, kind);
  if (idReason !== null) return { kind, role: 'id', reason: idReason };
  if (summary.holds === 'text' && kind === 'categorical' && isFreeText(summary)) {
    return { kind, role: 'ignored', reason: 'Free text: almost every row is different.' };
  }
  const note = summary.nDistinct === 1 ? ' Every row has the same value.' : '';
  return { kind, role: 'feature', reason: `${reason}${note}` };
}

function roleOfName(name: string): { readonly role: ColumnRole; readonly reason: string } | null {
  if (isPredictionName(name)) return { role: 'prediction', reason: 'Named like a prediction.' };
  if (isLabelName(name)) return { role: 'label', reason: 'Named like an outcome.' };
  return null;
}

function detectKind(summary: Valued): Reading {
  if (summary.holds === 'boolean') return { kind: 'boolean', reason: 'Yes or no.' };
  if (summary.holds === 'datetime') return { kind: 'datetime', reason: 'Dates.' };
  return summary.holds === 'text' ? detectTextKind(summary) : detectNumberKind(summary);
}

function detectNumberKind(summary: NumberSummary<'number'>): Reading {
  const { name, nDistinct, isWhole, min, max } = summary;
  if (nDistinct === 2 && min === 0 && max === 1) {
    return { kind: 'boolean', reason: 'Only the values 0 and 1.' };
  }
  if (isWhole && isCodeName(name)) {
    return { kind: 'categorical', reason: 'Whole numbers, but the name says that they are codes.' };
  }
  if (isWhole && isIdName(name)) {
    return { kind: 'categorical', reason: 'Whole numbers, but the name says that they are keys.' };
  }
  if (isWhole && isGroupName(name) && nDistinct <= MAX_GROUP_CATEGORIES) {
    return {
      kind: 'categorical',
      reason: 'Few whole numbers, and the name says that they are groups.',
    };
  }
  const what = isWhole ? 'Whole numbers' : 'Numbers';
  return { kind: 'numeric', reason: `${what}, ${countOf(summary)}.` };
}

function detectTextKind(summary: TextSummary): Reading {
  const { name, sample } = summary;
  if (isYesNo(sample)) return { kind: 'boolean', reason: 'Two values that mean yes and no.' };
  const isCode = isCodeName(name) || isIdName(name) || sample.some((text) => /^0\d/.test(text));
  if (!isCode && sample.every((text) => parseNumber(text) !== null)) {
    return { kind: 'numeric', reason: 'Text in the file, but every value is a number.' };
  }
  if (sample.every((text) => parseInstant(text) !== null)) {
    return { kind: 'datetime', reason: 'Text in the file, but every value is a date.' };
  }
  return { kind: 'categorical', reason: `Text, ${countOf(summary)}.` };
}

function isYesNo(sample: readonly string[]): boolean {
  const meanings = new Set(sample.map(parseBoolean));
  return sample.length >= 2 && meanings.size === 2 && !meanings.has(null);
}

/** Why a column identifies rows or people, or null when it does not. */
function whyId(summary: Valued, kind: ColumnKind): string | null {
  if (kind === 'boolean' || kind === 'datetime' || summary.nDistinct < 2) return null;
  const { name, nDistinct, nExamined } = summary;
  const share = nDistinct / nExamined;
  const isNumeric = summary.holds === 'number' && !summary.isWhole;
  if (isNumeric) return null;
  if (isPlainIdName(name)) return 'Named like an identifier.';
  if (isIdName(name) && (share > FREE_TEXT_SHARE || nDistinct > MAX_KEY_CATEGORIES)) {
    return `Named like an identifier, ${countOf(summary)}.`;
  }
  if (share <= UNIQUE_SHARE) return null;
  if (isNumberName(name))
    return 'Named like a number of something, and almost every row is different.';
  if (nExamined < MIN_VALUES_FOR_UNIQUE || kind === 'numeric') {
    return summary.holds === 'number' ? whyRowNumber(summary) : null;
  }
  if (summary.holds === 'text' && isFreeText(summary)) return null;
  return 'Almost every row has a value of its own.';
}

/** Whole numbers that count or name rows although no name says so. */
function whyRowNumber(summary: NumberSummary<'number'>): string | null {
  const { nDistinct, nExamined, isAscending, min, max } = summary;
  if (nExamined < MIN_VALUES_FOR_UNIQUE || min === null || max === null) return null;
  if (isAscending) return 'Whole numbers that rise from row to row.';
  const hasFewGaps = nDistinct === nExamined && max - min < 1.5 * nExamined;
  if (hasFewGaps) return 'Whole numbers with few gaps that never repeat.';
  const hasOneLength = String(min).length === String(max).length;
  return min >= ACCOUNT_NUMBER && hasOneLength
    ? 'Long whole numbers of one length that hardly ever repeat.'
    : null;
}

function isFreeText({ sample, nDistinct, nExamined }: TextSummary): boolean {
  if (nExamined < MIN_VALUES_FOR_UNIQUE || nDistinct / nExamined <= FREE_TEXT_SHARE) return false;
  const meanLength = sample.reduce((sum, text) => sum + text.length, 0) / sample.length;
  const hasWords = sample.filter((text) => /\S\s+\S+\s+\S/u.test(text)).length > sample.length / 2;
  const isUnique = nDistinct / nExamined > UNIQUE_SHARE;
  return !isUnique || meanLength > FREE_TEXT_LENGTH || hasWords;
}

function countOf({ nDistinct, isDistinctCapped }: Valued): string {
  const count = nDistinct.toLocaleString('en-US');
  if (isDistinctCapped) return `more than ${count} different values`;
  return nDistinct === 1 ? 'one value' : `${count} different values`;
}
