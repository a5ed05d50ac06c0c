import type { ExplainedCase } from '../../shared/explanation/explanation';

/** One step from the base value to the prediction. */
export interface WaterfallStep {
  readonly name: string;
  readonly value: string | null;
  readonly from: number;
  readonly to: number;
}

/** More features than this are summed up in one last step. */
const MOST_STEPS = 10;

/** A value as it stands in the file; of a number with many digits the first six. */
function shortValue(value: string | null): string | null {
  const number = Number(value);
  if (value === null || value.length <= 8 || value.trim() === '' || !Number.isFinite(number))
    return value;
  return String(Number(number.toPrecision(6)));
}

/** The steps of a case in order of their size; they end where the contributions end. */
export function waterfallSteps({ base, contributions }: ExplainedCase): WaterfallStep[] {
  const shown = contributions.slice(0, MOST_STEPS);
  const rest = contributions.slice(MOST_STEPS);
  const parts = shown.map(({ feature, value, shap }) => ({
    name: feature,
    value: shortValue(value),
    shap,
  }));
  if (rest.length > 0)
    parts.push({
      name: `${rest.length} other features`,
      value: null,
      shap: rest.reduce((sum, { shap }) => sum + shap, 0),
    });
  let at = base;
  return parts.map(({ name, value, shap }) => {
    const from = at;
    at += shap;
    return { name, value, from, to: at };
  });
}
