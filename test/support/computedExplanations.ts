import type { Model } from '../../scripts/sample/onnxWriter.mjs';
import type { ComputeSettings } from '../../shared/explanation/computed';
import { modelRows, onnxFile } from './onnxModels';
import { csvFile, okValue, type TestModel } from './testModel';

/** Looks at a model and a file of its inputs. */
export async function stageModelData(
  { call, token, versionId }: TestModel,
  model: Model,
  path: string,
) {
  const { stageId } = okValue<'explanation.inspectModel'>(
    await call('explanation.inspectModel', {
      versionId,
      source: { token: token(onnxFile(model)) },
    }),
  );
  return call('explanation.inspectModelData', { stageId, source: { token: token(path) } });
}

/** Computes an explanation as proposed, but for the choices given. */
export async function computeExplanation(
  test: TestModel,
  model: Model,
  choices: Partial<ComputeSettings> = {},
  rows: Readonly<Record<string, readonly (string | number)[]>> = modelRows(),
) {
  const { stageId, proposed } = okValue<'explanation.inspectModelData'>(
    await stageModelData(test, model, csvFile(rows, 'inputs.csv')),
  );
  const settings = { ...proposed, ...choices };
  return okValue<'explanation.compute'>(
    await test.call('explanation.compute', { stageId, settings }),
  );
}
