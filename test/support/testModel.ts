import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ModelId, ModelVersionId } from '../../shared/base/ids';
import type { DriftReport } from '../../shared/drift/driftReport';
import type { ResultOf } from '../../shared/ipc/channel';
import type { ChannelName, Contract } from '../../shared/ipc/contract';
import { modelsByName } from '../../shared/registry/listChannels';
import type { Model } from '../../shared/registry/model';
import { tempFolder } from './tempFolder';
import { createTestCore, PASSPHRASE, type TestCore, type TestCoreOptions } from './testCore';
import { PRINTED_NAME } from './testVault';

/** A signing act as the person would type it. */
export const SIGNING = {
  meaning: 'authorship',
  reason: 'Ready for use',
  passphrase: PASSPHRASE,
  printedName: PRINTED_NAME,
} as const;

/** The value of an answer; the test fails with the error when there is none. */
export function okValue<K extends ChannelName>(
  result: ResultOf<Contract[K]>,
): Extract<ResultOf<Contract[K]>, { ok: true }>['value'] {
  expect(result.ok ? null : result.error).toBeNull();
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** The models of the open workspace in the order of their names, at most 200. */
export async function modelsOf({ call }: Pick<TestCore, 'call'>): Promise<readonly Model[]> {
  return okValue<'registry.searchModels'>(
    await call('registry.searchModels', modelsByName('', 200)),
  ).models;
}

/** Writes a CSV file of named columns and gives its path. */
export function csvFile(
  columns: Readonly<Record<string, readonly (string | number)[]>>,
  name = 'table.csv',
): string {
  const names = Object.keys(columns);
  const nRows = Math.max(0, ...Object.values(columns).map(({ length }) => length));
  const rows = Array.from({ length: nRows }, (_none, i) =>
    names.map((key) => columns[key]?.[i] ?? '').join(','),
  );
  const path = join(tempFolder(), name);
  writeFileSync(path, `${[names.join(','), ...rows].join('\n')}\n`);
  return path;
}

/** Numbers that spread evenly over [from, from + 1); 512 of them have exact halves. */
export function evenly(from: number, n = 512): number[] {
  return Array.from({ length: n }, (_none, i) => from + ((i * 7919) % n) / n);
}

/** Two categories, the first one with the given share. */
export function colours(shareRed: number, n = 512): string[] {
  return Array.from({ length: n }, (_none, i) => (i < shareRed * n ? 'red' : 'blue'));
}

export interface TestModel extends TestCore {
  readonly modelId: ModelId;
  readonly versionId: ModelVersionId;
  /** Imports a live batch and answers what the gate says. */
  importBatch(path: string, label?: string): Promise<ResultOf<Contract['drift.importBatch']>>;
  /** Imports a batch that has drifted and so raises an alert. */
  importDrifted(): Promise<DriftReport>;
}

/** Previews a small version of a model and registers it. */
export async function registerVersion(
  { call, token }: Pick<TestCore, 'call' | 'token'>,
  modelId: ModelId,
  artefacts: string | null = null,
): Promise<ResultOf<Contract['registry.registerVersion']>> {
  const staged =
    artefacts === null
      ? null
      : okValue<'registry.stageArtefacts'>(
          await call('registry.stageArtefacts', { source: { token: token(artefacts) } }),
        );
  const { stageId } = okValue<'registry.previewVersion'>(
    await call('registry.previewVersion', {
      modelId,
      description: 'first',
      hyperparameters: { depth: 3 },
      metrics: { auc: 0.8 },
      trainingDataStageId: null,
      schema: [],
      artefactsStageId: staged?.stageId ?? null,
    }),
  );
  return call('registry.registerVersion', { stageId, signing: SIGNING });
}

/** A workspace with one model, one signed version and a frozen reference of two features. */
export async function createTestModel(options: TestCoreOptions = {}): Promise<TestModel> {
  const test = await createTestCore(options);
  const { call, token } = test;
  const draft = { name: 'Churn', purpose: 'Predict churn', owner: 'Ada' };
  const { id: modelId } = okValue<'registry.createModel'>(
    await call('registry.createModel', draft),
  );
  const { id: versionId } = okValue<'registry.registerVersion'>(
    await registerVersion(test, modelId),
  );
  const path = csvFile({ size: evenly(0), colour: colours(0.5) }, 'reference.csv');
  const staged = okValue<'drift.inspectReference'>(
    await call('drift.inspectReference', { versionId, source: { token: token(path) } }),
  );
  okValue<'drift.freezeReference'>(
    await call('drift.freezeReference', {
      versionId,
      stageId: staged.stageId,
      columns: [
        { name: 'size', kind: 'numeric', role: 'feature' },
        { name: 'colour', kind: 'categorical', role: 'feature' },
      ],
    }),
  );
  async function importBatch(
    batchPath: string,
    label = 'Batch',
  ): Promise<ResultOf<Contract['drift.importBatch']>> {
    const batch = await call('drift.inspectBatch', {
      versionId,
      source: { token: token(batchPath) },
    });
    if (!batch.ok) return batch;
    const period = { periodStart: null, periodEnd: null };
    return call('drift.importBatch', { versionId, stageId: batch.value.stageId, label, ...period });
  }
  return {
    ...test,
    modelId,
    versionId,
    importBatch,
    importDrifted: async () =>
      okValue<'drift.importBatch'>(
        await importBatch(csvFile({ size: evenly(0.5), colour: colours(0.5) }), 'Drifted batch'),
      ),
  };
}
