import type { FindingRule } from '../finding';
import { restsOnConsent } from '../finding';
import { flowName } from '../flowView';

export const consentNotAsked: FindingRule = {
  id: 'consentNotAsked',
  title: 'Feature needs consent, flow has another basis',
  severity: 'high',
  source: 'GDPR Art. 6(1)(a), 7',
  explanation:
    'The catalogue says that a feature is used only with consent; the flow carries it without.',
  fix: 'Rest the flow on consent, leave the feature out, or correct the catalogue.',
  find: ({ view }) =>
    view.flows
      .filter(({ flow }) => flow.lawfulBasis !== null && !restsOnConsent(flow))
      .flatMap((one) =>
        one.features
          .filter(({ consentRule }) => consentRule === 'consent')
          .map(({ id, name }) => ({
            elementId: one.flow.id,
            featureId: id,
            text: `"${name}" is used only with consent, and "${flowName(one)}" rests on another basis.`,
          })),
      ),
};
