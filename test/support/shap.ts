import type { ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import { okValue, type TestModel } from './testModel';

/** Weights of the linear model `3 + 2 size - 1.5 (colour is red)` that the file below explains. */
const LINEAR = { bias: 3, size: 2, red: -1.5 } as const;

type Columns = Record<string, (string | number)[]>;

/**
 * SHAP values of a linear model, by hand: weight times distance from the mean. Sizes are 0 to n - 1 over n, every
 * fourth case is red.
 */
export function linearShap(n = 40): Columns {
  const sizes = Array.from({ length: n }, (_none, i) => i / n);
  const reds = sizes.map((_size, i) => (i % 4 === 0 ? 1 : 0));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / n;
  const base = LINEAR.bias + LINEAR.size * mean(sizes) + LINEAR.red * mean(reds);
  return {
    case_id: sizes.map((_size, i) => `c-${i}`),
    base_value: sizes.map(() => base),
    prediction: sizes.map((size, i) => LINEAR.bias + LINEAR.size * size + LINEAR.red * reds[i]!),
    size__shap: sizes.map((size) => LINEAR.size * (size - mean(sizes))),
    size__value: sizes,
    colour__shap: reds.map((red) => LINEAR.red * (red - mean(reds))),
    colour__value: reds.map((red) => (red === 1 ? 'red' : 'blue')),
  };
}

/** Looks at a file of SHAP values and imports it. */
export async function importShap(
  { call, token, versionId }: TestModel,
  path: string,
  space: 'identity' | 'logit' | null = null,
): Promise<ResultOf<Contract['explanation.importShap']>> {
  const { stageId } = okValue<'explanation.inspectShap'>(
    await call('explanation.inspectShap', { versionId, source: { token: token(path) } }),
  );
  return call('explanation.importShap', { stageId, space });
}
