import type {
  ColumnKind,
  ColumnRole,
  ColumnSpec,
  InspectedColumn,
} from '../../shared/drift/column';

/** The person's corrections, by column name. */
export type ColumnChoices = Readonly<Record<string, Pick<ColumnSpec, 'kind' | 'role'>>>;

export const ROLE_WORDS: Readonly<Record<ColumnRole, string>> = {
  feature: 'Feature',
  prediction: 'Prediction',
  label: 'Label',
  id: 'Identifier (ignored)',
  ignored: 'Ignored',
};

export const KIND_WORDS: Readonly<Record<ColumnKind, string>> = {
  numeric: 'Numeric',
  categorical: 'Categorical',
  boolean: 'Boolean',
  datetime: 'Date or time',
};

/** Whether drift is computed for columns of a role. */
export function isAssessedRole(role: ColumnRole): boolean {
  return role === 'feature' || role === 'prediction' || role === 'label';
}

/** The columns with the corrections applied. */
export function chosenColumns(
  columns: readonly InspectedColumn[],
  choices: ColumnChoices,
): readonly ColumnSpec[] {
  return columns.map(({ name, kind, role }) => ({ name, kind, role, ...choices[name] }));
}

/** Gives every named column the same kind or role, keeping what is not said. */
export function chooseForAll(
  columns: readonly ColumnSpec[],
  choices: ColumnChoices,
  names: ReadonlySet<string>,
  change: Partial<Pick<ColumnSpec, 'kind' | 'role'>>,
): ColumnChoices {
  const changed = columns
    .filter(({ name }) => names.has(name))
    .map(({ name, kind, role }) => [name, { kind, role, ...choices[name], ...change }] as const);
  return { ...choices, ...Object.fromEntries(changed) };
}

/** How many columns have each role. */
export function countRoles(columns: readonly ColumnSpec[]): Readonly<Record<ColumnRole, number>> {
  const counts = { feature: 0, prediction: 0, label: 0, id: 0, ignored: 0 };
  for (const column of columns) counts[column.role] += 1;
  return counts;
}

/** Why a choice of columns cannot be frozen, in words; null when it can. */
export function problemWithColumns(columns: readonly ColumnSpec[]): string | null {
  const counts = countRoles(columns);
  return counts.feature === 0 ? 'Set at least one column to Feature.' : null;
}
