import { join } from 'node:path';
import { elementId, soundMap } from '../support/flowMap';
import { tempFolder } from '../support/tempFolder';
import type { MutatingActs } from './mutatingActs';

/** One act per mutating call about the data-flow map. */
export const dataflowActs: MutatingActs = {
  'dataflow.save': {
    leaves: 'dataflow.saved',
    act: ({ call }) =>
      call('dataflow.save', {
        revision: 0,
        content: soundMap({ securityMeasures: [] }),
        reason: 'drawn',
      }),
  },
  'dataflow.acceptFinding': {
    leaves: 'dataflow.findingAccepted',
    act: ({ call }) =>
      call('dataflow.acceptFinding', {
        findingKey: `measuresMissing:${elementId(9)}`,
        findingText: 'No measure is named that protects "flow 9".',
        reason: 'known',
        expiresOn: '2999-12-31',
      }),
  },
  'dataflow.exportRegister': {
    leaves: 'dataflow.registerExported',
    act: ({ call, picks }) => {
      picks.push(join(tempFolder(), 'register.csv'));
      return call('dataflow.exportRegister', { format: 'csv' });
    },
  },
  'dataflow.exportMap': {
    leaves: 'dataflow.mapExported',
    act: ({ call, picks }) => {
      picks.push(join(tempFolder(), 'map.svg'));
      return call('dataflow.exportMap', { format: 'svg', pngBase64: null });
    },
  },
};
