import { personalFlowRule, restsOnConsent } from '../finding';
import { flowName } from '../flowView';

export const consentRecordMissing = personalFlowRule(
  {
    id: 'consentRecordMissing',
    title: 'Consent without a record',
    severity: 'high',
    source: 'GDPR Art. 7(1)',
    explanation: 'Who relies on consent must be able to show that the person consented.',
    fix: 'Say where consents and withdrawals are recorded, or choose another basis.',
  },
  (one) =>
    restsOnConsent(one.flow) && one.flow.consentRecord === ''
      ? `"${flowName(one)}" rests on consent, and nobody has said where consents are recorded.`
      : null,
);
