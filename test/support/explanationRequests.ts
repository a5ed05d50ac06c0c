import type { ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { Request } from '../../shared/explanation/request';
import { importShap, linearShap } from './shap';
import { csvFile, okValue, type TestModel } from './testModel';

export const LETTER_DRAFT = {
  decision: 'Your application was turned down.',
  resultWords: 'how likely it is that you repay',
  contact: 'Ask for a review at the desk for appeals.',
  hiddenFeatures: ['size'],
  hiddenReason: 'It would give away how the score is built.',
};

/** Takes in a request about the version of a test model, received today unless told. */
export async function openRequest(
  { call, versionId, core }: TestModel,
  reference = 'CASE-2026-17',
  receivedOn = core.context.nowUtc().slice(0, 10),
): Promise<Request> {
  return okValue<'explanation.openRequest'>(
    await call('explanation.openRequest', {
      reference,
      versionId,
      bases: ['gdprAccess', 'gdprDecision'],
      receivedOn,
    }),
  );
}

/** Freezes a case of the linear model and writes the letter about it. */
export async function writeLetter(
  model: TestModel,
  request: Request,
  columns = linearShap(),
): Promise<ResultOf<Contract['explanation.writeLetter']>> {
  const path = csvFile(columns, 'shap.csv');
  const imported = await importShap(model, path);
  const explanationId = imported.ok
    ? imported.value.id
    : String(imported.error.details['explanationId']);
  const { stageId } = okValue<'explanation.openCases'>(
    await model.call('explanation.openCases', {
      explanationId,
      source: { token: model.token(path) },
    }),
  );
  return model.call('explanation.writeLetter', {
    requestId: request.id,
    revision: request.revision,
    source: { stageId, caseId: 'c-4', output: null },
    draft: LETTER_DRAFT,
  });
}
