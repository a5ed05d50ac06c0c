import { importRows, judgeTrial, outcomes, planTrial, TRIAL_PLAN } from '../support/canary';
import type { MutatingActs } from './mutatingActs';

export const canaryActs: MutatingActs = {
  'canary.plan': {
    leaves: 'canary.planned',
    act: (model) => planTrial(model),
  },
  'canary.revisePlan': {
    leaves: 'canary.planRevised',
    act: async (model) => {
      const { canaryId } = await planTrial(model);
      const change = { plan: TRIAL_PLAN, reason: 'again', revision: 1 };
      return model.call('canary.revisePlan', { canaryId, ...change });
    },
  },
  'canary.importLook': {
    leaves: 'canary.lookImported',
    act: async (model) => {
      const { canaryId } = await planTrial(model);
      return importRows(model, canaryId, [outcomes(0.8, 50), outcomes(0.8, 50, 1)]);
    },
  },
  'canary.judge': {
    leaves: 'canary.judged',
    act: async (model) => {
      const { canaryId } = await planTrial(model);
      return judgeTrial(model, canaryId, [0.8, 0.8]);
    },
  },
};
