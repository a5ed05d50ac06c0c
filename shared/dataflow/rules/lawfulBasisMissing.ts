import { personalFlowRule } from '../finding';
import { flowName } from '../flowView';

export const lawfulBasisMissing = personalFlowRule(
  {
    id: 'lawfulBasisMissing',
    title: 'No lawful basis',
    severity: 'high',
    source: 'GDPR Art. 6(1)',
    explanation:
      'Processing is lawful only where one of the six bases applies. A processor works on the basis of its controller.',
    fix: 'Choose the basis that applies, or stop the flow.',
  },
  (one) =>
    one.flow.lawfulBasis === null && one.flow.onBehalfOf === ''
      ? `"${flowName(one)}" rests on no lawful basis.`
      : null,
);
