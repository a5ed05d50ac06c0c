import { join } from 'node:path';
import { signInAsColleague, signInAsOwner, withColleague } from '../card/cardDesk';
import { stageModelData } from '../support/computedExplanations';
import { openRequest, writeLetter } from '../support/explanationRequests';
import { linearModel, modelRows } from '../support/onnxModels';
import { passphraseOf, signAs } from '../support/people';
import { importShap, linearShap } from '../support/shap';
import { tempFolder } from '../support/tempFolder';
import { csvFile, okValue, type TestModel } from '../support/testModel';
import type { MutatingActs } from './mutatingActs';

const APPROVER = 'Lea Letters';

async function written(model: TestModel, reference: string) {
  return okValue<'explanation.writeLetter'>(
    await writeLetter(model, await openRequest(model, reference)),
  );
}

async function closed(model: TestModel, reference: string) {
  const { id: requestId, revision } = await written(model, reference);
  const closing = { outcome: 'withdrawn' as const, retentionDays: 9, reason: 'Withdrawn' };
  return model.call('explanation.closeRequest', { requestId, revision, ...closing });
}

export const explanationActs: MutatingActs = {
  'explanation.importShap': {
    leaves: 'explanation.shapImported',
    act: (model) => importShap(model, csvFile(linearShap(44))),
  },
  'explanation.compute': {
    leaves: 'explanation.computed',
    async act(model) {
      const path = csvFile(modelRows(), 'inputs.csv');
      const { stageId, proposed } = okValue<'explanation.inspectModelData'>(
        await stageModelData(model, linearModel(), path),
      );
      return model.call('explanation.compute', { stageId, settings: proposed });
    },
  },
  'explanation.openRequest': {
    leaves: 'explanation.requestOpened',
    act: (model) => openRequest(model, 'CASE-1'),
  },
  'explanation.extendRequest': {
    leaves: 'explanation.requestExtended',
    act: async (model) => {
      const { id: requestId, revision } = await openRequest(model, 'CASE-2');
      return model.call('explanation.extendRequest', { requestId, revision, reason: 'Many' });
    },
  },
  'explanation.writeLetter': {
    leaves: 'explanation.letterWritten',
    act: (model) => written(model, 'CASE-3'),
  },
  'explanation.exportLetter': {
    leaves: 'explanation.letterExported',
    act: async (model) => {
      await withColleague(model, APPROVER);
      const { newest } = await written(model, 'CASE-4');
      await signInAsColleague(model, APPROVER);
      const ref = { recordType: 'explanation.letter', recordId: newest!.id } as const;
      const typed = { printedName: APPROVER, passphrase: passphraseOf(APPROVER) };
      await signAs(model.call, 'vault.signRecord', ref, 'approval', typed);
      await signInAsOwner(model);
      model.picks.push(join(tempFolder(), 'letter.html'));
      const letter = { letterId: newest!.id, format: 'html' as const, isRedacted: true };
      return model.call('explanation.exportLetter', letter);
    },
  },
  'explanation.closeRequest': {
    leaves: 'explanation.requestClosed',
    act: (model) => closed(model, 'CASE-5'),
  },
  'explanation.eraseRequest': {
    leaves: 'explanation.caseErased',
    act: async (model) => {
      const answer = await closed(model, 'CASE-6');
      const { id: requestId, revision } = okValue<'explanation.closeRequest'>(answer);
      return model.call('explanation.eraseRequest', { requestId, revision, reason: 'Done' });
    },
  },
};
