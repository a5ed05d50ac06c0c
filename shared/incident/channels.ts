import { z } from 'zod';
import { AlertId, DriftReportId, ModelId } from '../base/ids';
import { UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';

/** A policy was broken: one alert per drift report. */
export const Alert = z.strictObject({
  id: AlertId,
  modelId: ModelId,
  modelName: z.string(),
  reportId: DriftReportId,
  batchLabel: z.string(),
  severity: z.enum(['warning', 'critical']),
  /** What was found, in one sentence. */
  message: z.string(),
  features: z
    .array(
      z.strictObject({
        name: z.string(),
        primary: z.string(),
        value: z.number(),
        threshold: z.number(),
      }),
    )
    .readonly(),
  raisedAtUtc: UtcInstant,
  state: z.enum(['new', 'acknowledged']),
  acknowledgedAtUtc: UtcInstant.nullable(),
  acknowledgedBy: z.string().nullable(),
  reason: z.string().nullable(),
  revision: z.number().int().nonnegative(),
});
export type Alert = z.infer<typeof Alert>;

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
    input: z.strictObject({
      alertId: AlertId,
      reason: z.string().trim().min(1).max(2000),
      revision: z.number().int().nonnegative(),
    }),
    output: Alert,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
