import { formatStatistic } from '../../shared/base/formatNumber';
import type { IncidentId, ModelId } from '../../shared/base/ids';
import type { UtcInstant } from '../../shared/base/time';
import type { Alert } from '../../shared/incident/alert';
import type { EntryKind, Evidence, Incident } from '../../shared/incident/incident';
import type { PerformanceDetail } from '../../shared/performance/channels';
import { ask } from './answer';
import type { CoreContext } from './context';
import { signedIn } from './samplePeople';
import type { SampleScene } from './sampleScene';

/** Something that happened, with the record that shows it. */
interface Happened {
  readonly kind: EntryKind;
  readonly text: string;
  readonly evidence: Evidence | null;
  readonly atUtc?: UtcInstant;
}

/** Makes an incident of the alert about the figures, and names its cause. */
export async function openIncident(
  { ctx }: SampleScene,
  modelId: ModelId,
  beganAtUtc: UtcInstant,
): Promise<IncidentId> {
  const alert = await findAlert(ctx, modelId, 'auc');
  const { id } = await ask(ctx, 'incident.openIncident', {
    alertIds: [alert.id],
    title: 'Version 2 ranks clients worse than chance',
    beganAtUtc,
    reason: 'The area under the curve fell below its limit in the window in which contact changed.',
  });
  const { revision } = await findAlert(ctx, modelId, 'auc');
  const explanation =
    'The bank now records how it reaches people: contact is unknown for 84 % of the rows that version 2 was fitted on, and for 1 % of window 2.';
  await ask(ctx, 'incident.explainAlert', { alertId: alert.id, explanation, revision });
  return id;
}

async function findAlert(ctx: CoreContext, modelId: ModelId, rule: string): Promise<Alert> {
  const alerts = await ask(ctx, 'incident.listAlerts', { modelId });
  const found = alerts.find((one) => one.rule === rule && one.state !== 'closed');
  if (found === undefined) throw new Error(`the sample raised no alert about ${rule}`);
  return found;
}

/** Somebody has looked at an alert, and it is dealt with. */
export async function closeAlert(
  { ctx }: SampleScene,
  {
    modelId,
    rule,
    reason,
  }: { readonly modelId: ModelId; readonly rule: string; readonly reason: string },
): Promise<void> {
  const { id: alertId, revision } = await findAlert(ctx, modelId, rule);
  const seen = await ask(ctx, 'incident.acknowledgeAlert', { alertId, revision, reason });
  await ask(ctx, 'incident.closeAlert', { alertId, revision: seen.revision, reason });
}

/** Writes down what happened; without an instant of its own, now. */
export async function note(
  { ctx }: SampleScene,
  incidentId: IncidentId,
  { atUtc = ctx.nowUtc(), ...happened }: Happened,
): Promise<void> {
  const { revision } = await ask(ctx, 'incident.getIncident', { incidentId });
  await ask(ctx, 'incident.addEntry', { incidentId, revision, atUtc, ...happened });
}

/** Tells how it was, and ends the incident on the window that shows it. */
export async function closeIncident(
  scene: SampleScene,
  incidentId: IncidentId,
  { before, after }: { readonly before: PerformanceDetail; readonly after: PerformanceDetail },
): Promise<Incident> {
  const { ctx, passphrase } = scene;
  await ask(ctx, 'incident.writePostMortem', {
    incidentId,
    revision: (await ask(ctx, 'incident.getIncident', { incidentId })).revision,
    text: postMortem(areaOf(before), areaOf(after)),
  });
  const { stageId } = await ask(ctx, 'incident.previewClosing', {
    incidentId,
    revision: (await ask(ctx, 'incident.getIncident', { incidentId })).revision,
    evidence: { kind: 'performance', logId: after.log.id },
  });
  const { printedName } = await signedIn(scene);
  const reason = `Version 3 ranks the clients of ${after.log.label} with an area under the curve of ${areaOf(after)}, within its policy.`;
  return ask(ctx, 'incident.closeIncident', {
    stageId,
    signing: { meaning: 'responsibility', reason, printedName, passphrase },
  });
}

function areaOf({ report }: PerformanceDetail): string {
  const value = report.measurement.metrics.find(({ metric }) => metric === 'auc')?.value;
  return value === null || value === undefined ? 'no value' : formatStatistic(value);
}

function postMortem(before: string, after: string): string {
  return [
    `What happened: version 2 leans on \`contact\`, which was unknown for 84 % of the rows that it was fitted on. When the bank began to record it, the model read the new values as it had learnt from few rows, and its area under the curve fell to ${before}.`,
    'Why it went live: its canary against version 1 said hold, for want of rows, and no gate asked for a canary then.',
    `What was done: version 1, which does not read \`contact\`, came back. Version 3 was fitted on calls that carry the new data, won its canary against version 1, and was approved by somebody who had not made it. Its outcomes show an area under the curve of ${after}.`,
    'What stays: nothing goes to Production without a signed canary verdict that says promote.',
    'About the instants: this sample replays windows of 2008 and 2009 while it is prepared. The order and the figures are real; how long each step took is how long the replay took.',
  ].join('\n\n');
}
