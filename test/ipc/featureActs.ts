import { EMPTY_DEFINITION } from '../../shared/feature/feature';
import { csvFile, okValue } from '../support/testModel';
import type { MutatingActs } from './mutatingActs';

/** One act per mutating call about the feature catalogue. */
export const featureActs: MutatingActs = {
  'feature.define': {
    leaves: 'feature.defined',
    act: ({ call }) =>
      call('feature.define', { name: 'size', definition: EMPTY_DEFINITION, reason: 'new' }),
  },
  'feature.revise': {
    leaves: 'feature.revised',
    act: async ({ call }) => {
      const query = { text: 'size', sensitivity: null, offset: 0, limit: 1 };
      const { features } = okValue<'feature.search'>(await call('feature.search', query));
      const definition = { ...EMPTY_DEFINITION, owner: 'Bela' };
      const { id: featureId } = features[0]!;
      return call('feature.revise', { featureId, revision: 1, definition, reason: 'owner named' });
    },
  },
  'feature.import': {
    leaves: 'feature.imported',
    act: async ({ call, token }) => {
      const source = { token: token(csvFile({ weight: [1, 2, 3] })) };
      const { stageId } = okValue<'feature.inspectImport'>(
        await call('feature.inspectImport', { source }),
      );
      const chosen = [{ name: 'weight', sensitivity: 'none' as const }];
      return call('feature.import', { stageId, chosen, reason: 'from the file' });
    },
  },
};
