import { DEFAULT_PERFORMANCE_POLICY } from '../../shared/performance/performancePolicy';
import { importLog, importOutcomes, scoredLog } from '../support/predictions';
import { csvFile } from '../support/testModel';
import type { MutatingActs } from './mutatingActs';

/** One act per call that changes what is known of a model's performance, and the event it leaves. */
export const performanceActs: MutatingActs = {
  'performance.importLog': {
    leaves: 'performance.logImported',
    act: (model) => importLog(model, csvFile(scoredLog(40).log)),
  },
  'performance.importOutcomes': {
    leaves: 'performance.outcomesImported',
    act: (model) => importOutcomes(model, csvFile(scoredLog(40).outcomes)),
  },
  'performance.setSettings': {
    leaves: 'performance.settingsSet',
    act: ({ call, modelId }) =>
      call('performance.setSettings', {
        modelId,
        policy: { keepsJoin: false, lateAfterDays: 30 },
        reason: 'minimise',
        revision: 0,
      }),
  },
  'performance.dropJoin': {
    leaves: 'performance.joinDropped',
    act: ({ call, modelId }) => call('performance.dropJoin', { modelId, reason: 'ended' }),
  },
  'performance.setPolicy': {
    leaves: 'performance.policySet',
    act: ({ call, modelId }) =>
      call('performance.setPolicy', {
        modelId,
        policy: DEFAULT_PERFORMANCE_POLICY,
        reason: 'kept',
        revision: 0,
      }),
  },
};
