import { formatCount, formatShare } from '../../base/formatNumber';
import type { FindingRule } from '../finding';
import { flowName } from '../flowView';

/** Below this share of all importance, with its uncertainty, a feature moves next to nothing. */
export const NEEDLESS_SHARE = 0.01;

export const needlessFeature: FindingRule = {
  id: 'needlessFeature',
  title: 'Personal feature that models hardly use',
  severity: 'medium',
  source: 'GDPR Art. 5(1)(c)',
  explanation: `Data are limited to what the purpose needs. In the newest explanation of every model that has one, the feature has less than ${formatShare(NEEDLESS_SHARE)} of the importance (mean |SHAP|), the upper end of its 95 % interval included.`,
  fix: 'Leave the feature out of the next version and of the flow, or say why it is needed and accept the finding.',
  find: ({ view }) =>
    view.flows.flatMap((one) =>
      one.features
        .filter(
          ({ sensitivity, importances }) =>
            sensitivity !== 'none' &&
            sensitivity !== 'notAssessed' &&
            importances.length > 0 &&
            importances.every(({ shareHigh }) => shareHigh < NEEDLESS_SHARE),
        )
        .map(({ id, name, importances }) => ({
          elementId: one.flow.id,
          featureId: id,
          text: `"${name}" on "${flowName(one)}" hardly moves a prediction: ${importances
            .map(
              ({ modelName, share, nCases }) =>
                `${formatShare(share)} of the importance in ${modelName} (n = ${formatCount(nCases)})`,
            )
            .join(', ')}.`,
        })),
    ),
};
