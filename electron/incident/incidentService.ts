import { randomUUID } from 'node:crypto';
import { AlertId } from '../../shared/base/ids';
import type { DriftReport } from '../../shared/drift/driftReport';
import type { Alert, incidentChannels } from '../../shared/incident/channels';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import type { Db } from '../db/openDatabase';
import { acknowledge, findAlert, findAlerts, insertAlert } from './incidentRepo';

type Input<K extends keyof typeof incidentChannels> = InputOf<(typeof incidentChannels)[K]>;

/** Alerts of one model or of all, open ones first, newest first. */
export function listAlerts(ctx: AppContext, input: Input<'incident.listAlerts'>): readonly Alert[] {
  return findAlerts(ctx.db, input.modelId);
}

/**
 * Puts on record that a person has seen an alert, with the reason.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (somebody acknowledged it first; `current` is the alert now)
 */
export function acknowledgeAlert(
  ctx: AppContext,
  input: Input<'incident.acknowledgeAlert'>,
): Alert {
  const { alertId, reason, revision } = input;
  const detail = { before: { state: 'new' }, after: { state: 'acknowledged' }, reason };
  return ctx.write('incident.alertAcknowledged', alertId, detail, (db) => {
    const isSaved = acknowledge(
      db,
      alertId,
      { name: ctx.actor.printedName, atUtc: ctx.nowUtc(), reason },
      revision,
    );
    const current = findAlert(db, alertId);
    if (current === null) throw new AppFailure('NOT_FOUND', 'There is no such alert.', { alertId });
    if (!isSaved) {
      throw new AppFailure(
        'CONFLICT',
        'This alert was acknowledged while you were looking at it.',
        { current },
      );
    }
    return current;
  });
}

/**
 * Raises an alert when a drift report breaks its policy: a drifted feature is a warning, drift of
 * the whole batch is critical. Runs inside the write that records the report.
 *
 * @returns the new alert's id, or null when the policy holds
 */
export function raiseAlertForReport(db: Db, report: DriftReport): AlertId | null {
  const drifted = report.features.filter((feature) => feature.verdict === 'drifted');
  if (drifted.length === 0) return null;
  const id = AlertId.parse(randomUUID());
  insertAlert(db, {
    id,
    modelId: report.modelId,
    reportId: report.id,
    severity: report.summary.isDatasetDrift ? 'critical' : 'warning',
    message: report.summary.sentence,
    features: drifted.map(({ name, primary, primaryValue, threshold }) => ({
      name,
      primary,
      value: primaryValue ?? 0,
      threshold,
    })),
    raisedAtUtc: report.computedAtUtc,
  });
  return id;
}
