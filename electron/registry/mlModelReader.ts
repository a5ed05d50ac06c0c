import { badData } from '../io/badData';
import { MAX_ML_MODEL_BYTES, parseMlModel, type MlModel } from './mlModelFile';
import type { StoreReader, StoreRun } from './mlflowRecords';
import { reasonOf } from './mlflowRunFiles';
import type { ProblemList, StoreFiles } from './storeFiles';

export const ML_MODEL = 'MLmodel';

/**
 * Opens one saved model: a folder with an `MLmodel` file, or that file alone.
 *
 * @param name what the model is called when the file does not say: its folder
 * @param hasArtefacts whether the folder around the file is the model
 * @throws AppFailure BAD_DATA when the file is no MLmodel file
 */
export function openMlModel(
  files: StoreFiles,
  problems: ProblemList,
  name: string,
  hasArtefacts: boolean,
): StoreReader {
  const { value: text, reads } = files.noting(() => files.text(ML_MODEL, MAX_ML_MODEL_BYTES));
  if (text === null)
    throw badData(
      ML_MODEL,
      `the file cannot be read: ${problems.parts[0]?.problem ?? 'unknown reason'}.`,
    );
  const model = parsed(text);
  const run: StoreRun = {
    place: ML_MODEL,
    runId: model.runId ?? model.modelUuid ?? name,
    experiment: model.artifactPath ?? name,
    name: describe(model),
    startedAtMs: model.createdAtMs,
    params: new Map(),
    metrics: new Map(),
    tags: new Map(),
    datasets: [],
    reads,
  };
  return {
    versions: [],
    nRuns: 1,
    nExperiments: 0,
    nDeleted: 0,
    runs: () => [run],
    artefactsOf: () => ({ folder: hasArtefacts ? '' : null, schema: model.schema, reads: [] }),
  };
}

function parsed(text: string): MlModel {
  try {
    return parseMlModel(text);
  } catch (error) {
    throw badData(ML_MODEL, `${reasonOf(error)}.`);
  }
}

function describe({ flavors, mlflowVersion }: MlModel): string {
  const saved = mlflowVersion === null ? 'Saved by MLflow' : `Saved by MLflow ${mlflowVersion}`;
  return `${saved} as ${flavors.join(', ')}`;
}
