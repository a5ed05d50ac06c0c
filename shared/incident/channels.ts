import { z } from 'zod';
import { SigningAct } from '../audit/signature';
import { AlertId, IncidentId, ModelId, StageId } from '../base/ids';
import { ReasonText } from '../base/text';
import { UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { Reason } from '../registry/lifecycle';
import { ROLES } from '../vault/person';
import { SigningPreview } from '../vault/signable';
import {
  EntryKind,
  Evidence,
  Incident,
  IncidentHappening,
  IncidentHead,
  IncidentTarget,
} from './incident';

const IncidentRef = z.strictObject({
  incidentId: IncidentId,
  revision: z.number().int().nonnegative(),
});

/** What everything that is done to an incident has in common. CONFLICT carries the `current` incident. */
const INCIDENT_STEP = {
  output: Incident,
  allow: ['analyst', 'reviewer', 'manager'],
  session: 'unlocked',
  mutates: true,
  errors: ['NOT_FOUND', 'CONFLICT'],
} as const;

export const incidentChannels = {
  /** Open ones first, then newest first. */
  'incident.listIncidents': channel({
    input: z.strictObject({ modelId: ModelId.nullable() }),
    output: z.array(IncidentHead).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** What happened in the incidents of a model, oldest first, without what its history of stages tells. */
  'incident.listHappenings': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: z.array(IncidentHappening).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  'incident.getIncident': channel({
    input: z.strictObject({ incidentId: IncidentId }),
    output: Incident,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Makes an incident of alerts of one model. CONFLICT: one of them belongs to an incident already. */
  'incident.openIncident': channel({
    input: z.strictObject({
      alertIds: z.array(AlertId).min(1).max(50).readonly(),
      title: z.string().trim().min(1).max(200).pipe(ReasonText),
      beganAtUtc: UtcInstant.nullable(),
      reason: Reason,
    }),
    output: Incident,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Writes down what happened. NOT_FOUND: there is no such evidence in this model. */
  'incident.addEntry': channel({
    ...INCIDENT_STEP,
    input: IncidentRef.extend({
      kind: EntryKind,
      atUtc: UtcInstant,
      text: Reason,
      evidence: Evidence.nullable(),
    }),
  }),
  /** Says when the fault began, as far as it is known now. */
  'incident.setBegan': channel({
    ...INCIDENT_STEP,
    input: IncidentRef.extend({ beganAtUtc: UtcInstant.nullable(), reason: Reason }),
  }),
  'incident.writePostMortem': channel({
    ...INCIDENT_STEP,
    input: IncidentRef.extend({ text: z.string().trim().min(1).max(20_000).pipe(ReasonText) }),
  }),
  /** Exactly what closing on this evidence will sign; the obstacle says what the evidence does not show. */
  'incident.previewClosing': channel({
    input: IncidentRef.extend({ evidence: Evidence }),
    output: SigningPreview,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Ends an incident by signature. CONFLICT: the evidence does not show that the figures are back within policy. */
  'incident.closeIncident': channel({
    ...INCIDENT_STEP,
    allow: ['analyst', 'manager'],
    input: z.strictObject({ stageId: StageId, signing: SigningAct }),
  }),
  'incident.reopenIncident': channel({
    ...INCIDENT_STEP,
    allow: ['analyst', 'manager'],
    input: IncidentRef.extend({ reason: Reason }),
  }),
  'incident.getTarget': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: IncidentTarget,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Sets how long detection and restoration may take. CONFLICT carries the `current` target. */
  'incident.setTarget': channel({
    input: z.strictObject({
      modelId: ModelId,
      targetHours: IncidentTarget.shape.targetHours,
      reason: Reason,
      revision: z.number().int().nonnegative(),
    }),
    output: IncidentTarget,
    allow: ['manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
