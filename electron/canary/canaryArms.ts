import type { ArmRows } from '../../shared/canary/canaryEvidence';
import { badData } from '../io/badData';
import type { OpenTable } from '../io/tableReader';

/** The rows of one arm in an open table. */
export interface Arm {
  readonly name: 'control' | 'candidate';
  readonly table: OpenTable;
  /** Positions in the table; null: all of them. */
  readonly rows: Int32Array | null;
}

/** Which rows of an arm count, and what became of the others. */
export interface ArmMask {
  /** 1 for a row that counts, in the order of the arm. */
  readonly isKept: Uint8Array;
  readonly counts: Pick<ArmRows, 'rows' | 'repeated' | 'inBothArms'>;
}

export function rowCount(arm: Arm): number {
  return arm.rows?.length ?? arm.table.nRows;
}

/** A numeric column of an arm: missing and NaN are NaN. @throws AppFailure BAD_DATA naming row and column */
export async function readNumbers(
  arm: Arm,
  column: string,
  kind: 'numeric' | 'datetime' = 'numeric',
): Promise<Float64Array> {
  const read = await arm.table.readColumn(column, kind);
  if (!('values' in read)) throw new RangeError('readNumbers: not a column of numbers');
  const { values } = read;
  return arm.rows === null ? values : Float64Array.from(arm.rows, (row) => values[row]!);
}

/** A yes-or-no column as 1, 0 and NaN for missing. @throws AppFailure BAD_DATA naming row and column */
export async function readBits(arm: Arm, column: string): Promise<Float64Array> {
  const read = await arm.table.readColumn(column, 'boolean');
  if (!('codes' in read)) throw new RangeError('readBits: not a column of codes');
  const { codes } = read;
  const bitOf = (row: number) => (codes[row]! < 0 ? NaN : codes[row]!);
  return Float64Array.from({ length: rowCount(arm) }, (_, i) => bitOf(arm.rows?.[i] ?? i));
}

/**
 * Splits one table by its column of assignments.
 *
 * @throws AppFailure BAD_DATA when no row is assigned to an arm
 */
export async function splitByAssignment(
  table: OpenTable,
  column: string,
  labels: Readonly<Record<'control' | 'candidate', string>>,
): Promise<readonly [control: Arm, candidate: Arm]> {
  const read = await table.readColumn(column, 'categorical');
  if (!('codes' in read)) throw new RangeError('splitByAssignment: not a column of codes');
  const armOf = (name: 'control' | 'candidate'): Arm => {
    const code = read.labels.indexOf(labels[name]);
    const rows: number[] = [];
    if (code >= 0) read.codes.forEach((one, row) => one === code && rows.push(row));
    if (rows.length === 0)
      throw badData(table.file.fileName, `no row is assigned to the ${name}.`, { column });
    return { name, table, rows: Int32Array.from(rows) };
  };
  return [armOf('control'), armOf('candidate')];
}

/**
 * Leaves out what one person did twice, and people who saw both versions.
 *
 * @param idColumn who or what was exposed; null: every row stands for itself
 */
export async function maskExposures(
  arms: readonly [control: Arm, candidate: Arm],
  idColumn: string | null,
): Promise<readonly [control: ArmMask, candidate: ArmMask]> {
  if (idColumn === null) return [keepAll(arms[0]), keepAll(arms[1])];
  const ids = [await readIds(arms[0], idColumn), await readIds(arms[1], idColumn)] as const;
  const inArm = ids.map((list) => new Set(list.filter((id) => id !== null)));
  const mask = (own: number): ArmMask => {
    const list = ids[own]!;
    const seen = new Set<string>();
    const isKept = new Uint8Array(list.length);
    let [repeated, inBothArms] = [0, 0];
    list.forEach((id, i) => {
      if (id !== null && inArm[1 - own]!.has(id)) inBothArms++;
      else if (id !== null && seen.has(id)) repeated++;
      else isKept[i] = 1;
      if (id !== null) seen.add(id);
    });
    return { isKept, counts: { rows: list.length, repeated, inBothArms } };
  };
  return [mask(0), mask(1)];
}

function keepAll(arm: Arm): ArmMask {
  const rows = rowCount(arm);
  const isKept = new Uint8Array(rows).fill(1);
  return { isKept, counts: { rows, repeated: 0, inBothArms: 0 } };
}

async function readIds(arm: Arm, column: string): Promise<(string | null)[]> {
  const read = await arm.table.readColumn(column, 'categorical');
  if (!('codes' in read)) throw new RangeError('readIds: not a column of codes');
  const { codes, labels } = read;
  return Array.from(
    { length: rowCount(arm) },
    (_, i) => labels[codes[arm.rows?.[i] ?? i]!] ?? null,
  );
}

/**
 * First and last instant of both arms together.
 *
 * @throws AppFailure BAD_DATA when the arms have no time in common, or an arm has no instant
 */
export async function commonWindow(
  arms: readonly [control: Arm, candidate: Arm],
  column: string,
): Promise<{ readonly startMs: number; readonly endMs: number }> {
  const spans = [await spanOf(arms[0], column), await spanOf(arms[1], column)] as const;
  const [a, b] = spans;
  if (Math.max(a.startMs, b.startMs) > Math.min(a.endMs, b.endMs))
    throw badData(
      arms[1].table.file.fileName,
      'control and candidate do not overlap in time, so they are no fair comparison: take the control from the same window.',
      { column },
    );
  return { startMs: Math.min(a.startMs, b.startMs), endMs: Math.max(a.endMs, b.endMs) };
}

async function spanOf(arm: Arm, column: string) {
  const values = await readNumbers(arm, column, 'datetime');
  let [startMs, endMs] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    startMs = Math.min(startMs, value);
    endMs = Math.max(endMs, value);
  }
  if (startMs > endMs)
    throw badData(arm.table.file.fileName, `the ${arm.name} has no instant.`, { column });
  return { startMs, endMs };
}
