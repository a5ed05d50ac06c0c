import { z } from 'zod';
import { AlertId, ModelId, PersonId } from '../base/ids';
import { UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { Reason } from '../registry/lifecycle';
import { ROLES } from '../vault/person';
import { Alert } from './alert';

const AlertRef = z.strictObject({ alertId: AlertId, revision: z.number().int().nonnegative() });

/** What every step of an alert has in common. CONFLICT carries the `current` alert. */
const ALERT_STEP = {
  output: Alert,
  allow: ['analyst', 'reviewer', 'manager'],
  session: 'unlocked',
  mutates: true,
  errors: ['NOT_FOUND', 'CONFLICT'],
} as const;

export const incidentChannels = {
  'incident.listAlerts': channel({
    input: z.strictObject({ modelId: ModelId.nullable() }),
    output: z.array(Alert).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** Puts on record that a person has seen an alert and why it is what it is. */
  'incident.acknowledgeAlert': channel({
    ...ALERT_STEP,
    input: AlertRef.extend({ reason: Reason }),
  }),
  /** Makes a person answer for an alert. */
  'incident.ownAlert': channel({
    ...ALERT_STEP,
    input: AlertRef.extend({ ownerId: PersonId, reason: Reason }),
  }),
  /** Puts the cause on record. */
  'incident.explainAlert': channel({
    ...ALERT_STEP,
    input: AlertRef.extend({ explanation: Reason }),
  }),
  /** Puts an alert off; a worse occurrence ends the pause. */
  'incident.snoozeAlert': channel({
    ...ALERT_STEP,
    input: AlertRef.extend({ untilUtc: UtcInstant, reason: Reason }),
  }),
  'incident.closeAlert': channel({
    ...ALERT_STEP,
    input: AlertRef.extend({ reason: Reason }),
  }),
} as const;
