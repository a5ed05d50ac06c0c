import { personalFlowRule } from '../finding';
import { flowName } from '../flowView';

export const retentionMissing = personalFlowRule(
  {
    id: 'retentionMissing',
    title: 'No retention',
    severity: 'medium',
    source: 'GDPR Art. 5(1)(e), 30(1)(f)',
    explanation:
      'Personal data are kept no longer than their purpose needs, and the register names the limit.',
    fix: 'Say after how many days the data are erased where they arrive.',
  },
  (one) =>
    one.flow.retentionDays === null
      ? `Nobody has said how long "${one.to.name}" keeps the data of "${flowName(one)}".`
      : null,
);
