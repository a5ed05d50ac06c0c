/** One output of a model in a file of SHAP values. */
export interface ShapOutput {
  /** Null: the file speaks of one output only and does not name it. */
  readonly name: string | null;
  readonly baseColumn: string;
  readonly predictionColumn: string;
  readonly features: readonly ShapFeature[];
}

export interface ShapFeature {
  readonly name: string;
  readonly shapColumn: string;
  /** Null: the file holds no values of this feature, so there is nothing to plot against. */
  readonly valueColumn: string | null;
}

/** How the columns of a file of SHAP values hang together. */
export interface ShapColumns {
  readonly caseIdColumn: string;
  readonly outputs: readonly ShapOutput[];
}

const CASE_ID = 'case_id';
const BASE = 'base_value';
const PREDICTION = 'prediction';
const SHAP = /^(?<feature>.+)__shap(?:__(?<output>.+))?$/u;

/**
 * Finds the columns of a file of SHAP values by their names: `case_id`, `base_value`, `prediction`,
 * `<feature>__shap`, `<feature>__value`; of several outputs `base_value__<output>`, `prediction__<output>`,
 * `<feature>__shap__<output>`.
 *
 * @param names columns of the file, in its order
 * @returns outputs and features in the order of the file, or a sentence that says what is missing
 */
export function findShapColumns(names: readonly string[]): ShapColumns | string {
  const known = new Set(names);
  if (!known.has(CASE_ID)) return missing(CASE_ID);
  const featuresOf = new Map<string | null, ShapFeature[]>();
  for (const shapColumn of names) {
    const groups = SHAP.exec(shapColumn)?.groups;
    if (groups?.['feature'] === undefined) continue;
    const name = groups['feature'];
    const valueColumn = known.has(`${name}__value`) ? `${name}__value` : null;
    const output = groups['output'] ?? null;
    const features = featuresOf.get(output) ?? [];
    featuresOf.set(output, [...features, { name, shapColumn, valueColumn }]);
  }
  if (featuresOf.size === 0)
    return 'no column is called `<feature>__shap`, so there are no contributions in this file.';
  if (featuresOf.has(null) && featuresOf.size > 1)
    return 'some contributions name their output (`<feature>__shap__<output>`) and some do not.';
  const outputs = [...featuresOf].map(([name, features]) => {
    const ending = name === null ? '' : `__${name}`;
    return {
      name,
      baseColumn: `${BASE}${ending}`,
      predictionColumn: `${PREDICTION}${ending}`,
      features,
    };
  });
  const needed = outputs.flatMap(({ baseColumn, predictionColumn }) => [
    baseColumn,
    predictionColumn,
  ]);
  const absent = needed.find((name) => !known.has(name));
  return absent === undefined ? { caseIdColumn: CASE_ID, outputs } : missing(absent);
}

function missing(column: string): string {
  return `a column called \`${column}\` is needed and not there.`;
}
