import { isOver, personalFlowRule } from '../finding';
import { flowName } from '../flowView';

export const transferExpired = personalFlowRule(
  {
    id: 'transferExpired',
    title: 'The transfer mechanism has ended',
    severity: 'high',
    source: 'GDPR Art. 44, 46(5)',
    explanation: 'A transfer needs a mechanism that holds today.',
    fix: 'Renew it and change its last day, choose another one, or stop the transfer.',
  },
  (one, { today }) =>
    one.isTransfer && isOver(one.flow.transfer.expiresOn, today)
      ? `The transfer mechanism of "${flowName(one)}" ended on ${one.flow.transfer.expiresOn}.`
      : null,
);
