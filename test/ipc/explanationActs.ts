import { csvFile } from '../support/testModel';
import { importShap, linearShap } from '../support/shap';
import type { MutatingActs } from './mutatingActs';

export const explanationActs: MutatingActs = {
  'explanation.importShap': {
    leaves: 'explanation.shapImported',
    act: (model) => importShap(model, csvFile(linearShap())),
  },
};
