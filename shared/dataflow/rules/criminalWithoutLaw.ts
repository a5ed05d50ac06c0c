import { personalFlowRule } from '../finding';
import { flowName } from '../flowView';

export const criminalWithoutLaw = personalFlowRule(
  {
    id: 'criminalWithoutLaw',
    title: 'Criminal data without authorisation by law',
    severity: 'high',
    source: 'GDPR Art. 10',
    explanation:
      'Data on criminal convictions and offences are processed under the control of official authority only, or where Union or Member State law authorises it.',
    fix: 'Name the legal obligation or public task as the basis, or leave these data out.',
  },
  (one) => {
    const { lawfulBasis, onBehalfOf } = one.flow;
    const isByLaw = lawfulBasis === 'legalObligation' || lawfulBasis === 'publicTask';
    return one.sensitivities.has('criminal') && !isByLaw && onBehalfOf === ''
      ? `"${flowName(one)}" carries data on convictions or offences without a basis in law.`
      : null;
  },
);
