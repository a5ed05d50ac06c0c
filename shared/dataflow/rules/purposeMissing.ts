import { personalFlowRule } from '../finding';
import { flowName } from '../flowView';

export const purposeMissing = personalFlowRule(
  {
    id: 'purposeMissing',
    title: 'No purpose',
    severity: 'high',
    source: 'GDPR Art. 5(1)(b), 30(1)(b)',
    explanation: 'Personal data may be collected for specified, explicit purposes only.',
    fix: 'Say what the data are used for. Where nobody can say, stop the flow.',
  },
  (one) =>
    one.flow.purpose === '' ? `Nobody has said what "${flowName(one)}" is good for.` : null,
);
