import { countryName, hasAdequacyDecision } from '../countries';
import { personalFlowRule } from '../finding';
import { flowName } from '../flowView';

export const adequacyUnknown = personalFlowRule(
  {
    id: 'adequacyUnknown',
    title: 'No adequacy decision is known',
    severity: 'medium',
    source: 'GDPR Art. 45(3)',
    explanation:
      'The Commission decides which countries are adequate. Assay works offline and knows the decisions of the day on which it was built.',
    fix: 'Look the decision up. Where there is none, choose another mechanism; where there is a new one, accept this finding with its reference.',
  },
  (one) =>
    one.isTransfer &&
    one.toCountry !== null &&
    one.flow.transfer.mechanism === 'adequacy' &&
    !hasAdequacyDecision(one.toCountry)
      ? `"${flowName(one)}" rests on an adequacy decision for ${countryName(one.toCountry)}, which this build does not know.`
      : null,
);
