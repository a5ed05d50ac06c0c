import { personalFlowRule } from '../finding';
import { flowName } from '../flowView';

export const specialConditionMissing = personalFlowRule(
  {
    id: 'specialConditionMissing',
    title: 'Special category without a condition',
    severity: 'high',
    source: 'GDPR Art. 9(1), 9(2)',
    explanation:
      'Processing special categories is prohibited unless one of the conditions of Art. 9(2) applies, beside a basis of Art. 6.',
    fix: 'Choose the condition that applies, leave out the features of that kind, or stop the flow.',
  },
  (one) => {
    if (!one.sensitivities.has('special') || one.flow.specialCondition !== null) return null;
    const names = one.features
      .filter(({ sensitivity }) => sensitivity === 'special')
      .map(({ name }) => name);
    const carried =
      names.length === 0 ? 'a special category' : `a special category (${names.join(', ')})`;
    return `"${flowName(one)}" carries ${carried}, and no condition of Art. 9(2) is named.`;
  },
);
