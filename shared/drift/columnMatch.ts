import type { ColumnSpec, InspectedColumn } from './column';
import type { ColumnMatch } from './driftReport';

const NUMBER_TYPE = /int|float|double|decimal|numeric|hugeint|real/iu;

/**
 * Matches the columns of a live batch to those of the reference, by exact name.
 *
 * Columns that the reference ignores are left out: nobody misses them, and they are not new.
 *
 * @param reference columns of the frozen reference with their confirmed kinds and roles
 * @param live columns as found in the batch
 */
export function matchColumns(
  reference: readonly ColumnSpec[],
  live: readonly InspectedColumn[],
): ColumnMatch {
  const liveByName = new Map(live.map((column) => [column.name, column]));
  const known = new Set(reference.map(({ name }) => name));
  const compared = reference.filter(isCompared);
  const found = compared.flatMap((spec) => {
    const column = liveByName.get(spec.name);
    return column === undefined ? [] : [{ spec, column }];
  });
  return {
    matched: found.map(({ spec }) => spec.name),
    missing: compared.filter(({ name }) => !liveByName.has(name)).map(({ name }) => name),
    added: live.filter(({ name }) => !known.has(name)).map(({ name }) => name),
    changedType: found
      .filter(({ spec, column }) => !canReadAs(column, spec))
      .map(({ spec, column }) => ({
        name: spec.name,
        reference: spec.kind,
        live: column.fileType,
      })),
  };
}

/** Features, predictions and labels are compared; identifiers and ignored columns are not. */
export function isCompared({ role }: ColumnSpec): boolean {
  return role !== 'id' && role !== 'ignored';
}

/** Anything can be read as categories; numbers and dates need values of their own kind. */
function canReadAs(column: InspectedColumn, spec: ColumnSpec): boolean {
  if (spec.kind === 'categorical' || spec.kind === 'boolean' || column.kind === spec.kind)
    return true;
  const isEmpty = column.nDistinct === 0;
  return isEmpty || (spec.kind === 'numeric' && NUMBER_TYPE.test(column.fileType));
}
