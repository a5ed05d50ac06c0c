import { isDerogation, MECHANISM_WORDS } from '../transferMechanism';
import { personalFlowRule } from '../finding';
import { flowName } from '../flowView';

export const transferUndocumented = personalFlowRule(
  {
    id: 'transferUndocumented',
    title: 'Safeguards of a transfer are not documented',
    severity: 'medium',
    source: 'GDPR Art. 30(1)(e), 46(1), 49(6)',
    explanation: 'Appropriate safeguards and derogations are documented; the register says where.',
    fix: 'Say where the clauses, rules or the assessment can be found.',
  },
  (one) => {
    const { mechanism, document } = one.flow.transfer;
    if (!one.isTransfer || mechanism === null || mechanism === 'adequacy' || document !== '')
      return null;
    const kind = isDerogation(mechanism) ? 'the derogation' : 'the safeguards';
    return `"${flowName(one)}" rests on: ${MECHANISM_WORDS[mechanism]}. Nobody has said where ${kind} can be found.`;
  },
);
