import type { IncidentId } from '../../shared/base/ids';
import type { Evidence } from '../../shared/incident/incident';
import { okValue, SIGNING, type TestModel } from './testModel';

export const RESPONSIBLE = { ...SIGNING, meaning: 'responsibility', reason: 'restored' } as const;

/** Looks at what closing an incident would sign, and signs it. */
export async function closeIncident(
  { call }: Pick<TestModel, 'call'>,
  ref: { readonly incidentId: IncidentId; readonly revision: number },
  evidence: Evidence,
) {
  const { stageId } = okValue<'incident.previewClosing'>(
    await call('incident.previewClosing', { ...ref, evidence }),
  );
  return call('incident.closeIncident', { stageId, signing: RESPONSIBLE });
}
