import { randomUUID } from 'node:crypto';
import type { OutputOf, RawInputOf, ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import { csvFile, okValue, registerVersion, type TestModel } from './testModel';

type LogInput = RawInputOf<Contract['performance.importLog']>;
type OutcomesInput = RawInputOf<Contract['performance.importOutcomes']>;
type Desk = Pick<TestModel, 'call' | 'token' | 'modelId' | 'versionId'>;
type Columns = Parameters<typeof csvFile>[0];

export type LogChanges = Partial<
  Omit<LogInput, 'versionId' | 'stageId' | 'columns' | 'task' | 'outcomes'>
> & {
  readonly columns?: Partial<LogInput['columns']>;
  readonly task?: Partial<LogInput['task']>;
  /** A file with the columns `id` and `y`, given together with the log. */
  readonly outcomes?: string;
};

const LOG_COLUMNS = {
  id: 'id',
  time: null,
  prediction: null,
  score: 'score',
  label: null,
  latencyMs: null,
  isSuccess: null,
  cost: null,
  segments: [],
} as const;
const OUTCOME_COLUMNS = { id: 'id', label: 'y', time: null } as const;

/** A prediction log of a score for the class `yes`; `n` predictions of which 8 in 10 come true. */
export function scoredLog(
  n: number,
  prefix = 'c',
): { readonly log: Columns; readonly outcomes: Columns } {
  const ids = Array.from({ length: n }, (_none, i) => `${prefix}-${i}`);
  const scores = ids.map((_id, i) => (i % 2 === 0 ? 0.8 : 0.2));
  return {
    log: { id: ids, score: scores },
    outcomes: {
      id: ids,
      y: scores.map((score, i) => (score > 0.5 === Math.floor(i / 2) % 5 > 0 ? 'yes' : 'no')),
    },
  };
}

/** A further model with one version in the same workspace: quicker than a workspace of its own. */
export async function anotherModel(workspace: TestModel): Promise<TestModel> {
  const { call } = workspace;
  const draft = { name: `Model ${randomUUID()}`, purpose: 'Predict', owner: 'Ada' };
  const { id: modelId } = okValue<'registry.createModel'>(
    await call('registry.createModel', draft),
  );
  const { id: versionId } = okValue<'registry.registerVersion'>(
    await registerVersion(workspace, modelId),
  );
  return { ...workspace, modelId, versionId };
}

/** Takes a prediction log through both steps and answers what the gate says. */
export async function importLog(
  { call, token, modelId, versionId }: Desk,
  path: string,
  changes: LogChanges = {},
): Promise<ResultOf<Contract['performance.importLog']>> {
  const staged = await call('performance.inspectLog', {
    versionId,
    source: { token: token(path) },
  });
  if (!staged.ok) return staged;
  const { columns, task, outcomes, ...rest } = changes;
  const beside =
    outcomes === undefined
      ? null
      : okValue<'performance.inspectOutcomes'>(
          await call('performance.inspectOutcomes', {
            modelId,
            source: { token: token(outcomes) },
          }),
        );
  return call('performance.importLog', {
    versionId,
    stageId: staged.value.stageId,
    label: 'Window',
    periodStart: null,
    periodEnd: null,
    isBaseline: false,
    currency: null,
    columns: { ...LOG_COLUMNS, ...columns },
    task: { kind: 'classification', positiveLabel: 'yes', threshold: 0.5, ...task },
    outcomes: beside && { stageId: beside.stageId, columns: OUTCOME_COLUMNS },
    ...rest,
  });
}

/** Takes a file with outcomes through both steps and answers what the gate says. */
export async function importOutcomes(
  { call, token, modelId }: Desk,
  path: string,
  columns: Partial<OutcomesInput['columns']> = {},
): Promise<ResultOf<Contract['performance.importOutcomes']>> {
  const { stageId } = okValue<'performance.inspectOutcomes'>(
    await call('performance.inspectOutcomes', { modelId, source: { token: token(path) } }),
  );
  return call('performance.importOutcomes', {
    modelId,
    stageId,
    columns: { ...OUTCOME_COLUMNS, ...columns },
  });
}

/** The newest measurement of every window, oldest window first. */
export async function windowsOf({
  call,
  modelId,
}: Desk): Promise<OutputOf<Contract['performance.overview']>['windows']> {
  return okValue<'performance.overview'>(await call('performance.overview', { modelId })).windows;
}
