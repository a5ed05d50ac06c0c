import { personalFlowRule } from '../finding';
import { flowName } from '../flowView';

export const measuresMissing = personalFlowRule(
  {
    id: 'measuresMissing',
    title: 'No security measures',
    severity: 'low',
    source: 'GDPR Art. 32(1), 30(1)(g)',
    explanation: 'The register describes the technical and organisational measures where possible.',
    fix: 'Name what protects the data: encryption, access control, pseudonymisation and the like.',
  },
  (one) =>
    one.flow.securityMeasures.length === 0
      ? `No measure is named that protects "${flowName(one)}".`
      : null,
);
