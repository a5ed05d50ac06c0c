import { foldText } from '../../base/foldText';
import type { FindingRule } from '../finding';
import { flowName } from '../flowView';

export const purposeNotCovered: FindingRule = {
  id: 'purposeNotCovered',
  title: 'Purpose is not one of the feature',
  severity: 'medium',
  source: 'GDPR Art. 5(1)(b), 6(4)',
  explanation:
    'Data are not processed further in a way that does not fit the purposes they were collected for.',
  fix: 'Add the purpose to the feature after the test of Art. 6(4), leave the feature out, or correct the purpose.',
  find: ({ view }) =>
    view.flows
      .filter(({ flow, isPersonal }) => isPersonal && flow.purpose !== '')
      .flatMap((one) =>
        one.features
          .filter(
            ({ sensitivity, purposes }) =>
              sensitivity !== 'none' &&
              purposes.length > 0 &&
              !purposes.some(
                (purpose) => foldText(purpose.trim()) === foldText(one.flow.purpose.trim()),
              ),
          )
          .map(({ id, name, purposes }) => ({
            elementId: one.flow.id,
            featureId: id,
            text: `"${flowName(one)}" uses "${name}" for "${one.flow.purpose}"; the catalogue names: ${purposes.join(', ')}.`,
          })),
      ),
};
