import { countryName } from '../countries';
import { personalFlowRule } from '../finding';
import { flowName } from '../flowView';

export const transferMissing = personalFlowRule(
  {
    id: 'transferMissing',
    title: 'Transfer outside the EEA without a mechanism',
    severity: 'high',
    source: 'GDPR Art. 44 to 49, 30(1)(e)',
    explanation:
      'Data about people leave the EEA only under an adequacy decision, appropriate safeguards, or a derogation.',
    fix: 'Choose the mechanism that applies and say where it is documented, or keep the data inside the EEA.',
  },
  (one) =>
    one.isTransfer && one.toCountry !== null && one.flow.transfer.mechanism === null
      ? `"${flowName(one)}" goes to ${countryName(one.toCountry)} without a transfer mechanism.`
      : null,
);
