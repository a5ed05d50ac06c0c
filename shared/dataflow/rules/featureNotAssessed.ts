import type { FindingRule } from '../finding';
import { flowName } from '../flowView';

export const featureNotAssessed: FindingRule = {
  id: 'featureNotAssessed',
  title: 'Feature is not assessed',
  severity: 'low',
  source: 'GDPR Art. 5(2), 25(1)',
  explanation:
    'Until somebody says what a feature says about people, nobody can tell which rules apply.',
  fix: 'Assess the feature in the catalogue.',
  find: ({ view }) =>
    view.flows.flatMap((one) =>
      one.features
        .filter(({ sensitivity }) => sensitivity === 'notAssessed')
        .map(({ id, name }) => ({
          elementId: one.flow.id,
          featureId: id,
          text: `Nobody has said what "${name}" on "${flowName(one)}" says about people.`,
        })),
    ),
};
