import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import type { IncidentId } from '../../shared/base/ids';
import type { incidentChannels } from '../../shared/incident/channels';
import { closingId, parseClosingId } from '../../shared/incident/closing';
import {
  durationBetween,
  formatDuration,
  type Evidence,
  type Incident,
  type ShownEvidence,
} from '../../shared/incident/incident';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { SigningPreview } from '../../shared/vault/signable';
import type { AppContext, SignableRecord, StageKind } from '../app/context';
import { findAlert } from './alertRepo';
import { showEvidence } from './incidentEvidence';
import { findAlertIds, findClosing, findIncident, findSteps, insertEntry } from './incidentRepo';
import { changeIncident, recorded, requireRevision, requireStep, stepAlong } from './incidentSteps';

type Input<K extends keyof typeof incidentChannels> = InputOf<(typeof incidentChannels)[K]>;

/** A closing that was shown for signing: on which revision of the incident, by which evidence. */
const SHOWN_CLOSING: StageKind<{
  readonly incidentId: IncidentId;
  readonly revision: number;
  readonly evidence: Evidence;
  /** What the person saw is what gets signed. */
  readonly recordSha256: string;
}> = { name: 'incident.closing' };

/** What closes an incident, as it is signed. */
interface Closing {
  readonly shown: ShownEvidence;
  readonly finding: string;
}

/**
 * Renders the closing of an incident on one record for signing, and holds it ready.
 *
 * @returns the preview; where the record does not show that the figures are back, that is the obstacle
 * @throws AppFailure NOT_FOUND (incident or evidence), CONFLICT (somebody was first, or it is closed)
 */
export function previewClosing(
  ctx: AppContext,
  input: Input<'incident.previewClosing'>,
): SigningPreview {
  const current = requireStep(requireRevision(ctx, input), 'close');
  const shown = showEvidence(ctx, current.modelId, input.evidence);
  const { isRestored, finding } = judgementOf(current, shown);
  const { title, facts, record } = closingRecord(current, current.revision + 1, { shown, finding });
  const recordJson = canonicalJson(record);
  const recordSha256 = sha256Of(recordJson);
  return {
    stageId: ctx.stages.put(SHOWN_CLOSING, { ...input, recordSha256 }),
    title,
    facts,
    recordJson,
    recordSha256,
    meanings: [{ meaning: 'responsibility', obstacle: isRestored ? null : finding }],
  };
}

/**
 * Ends an incident and its alerts by signature, on evidence that the figures are back within policy.
 *
 * @throws AppFailure NOT_FOUND (the preview has expired), CONFLICT (the evidence does not show it, which is
 *   put on record; somebody was first, or what it shows changed since the preview), FORBIDDEN (wrong passphrase, or another meaning than responsibility)
 */
export async function closeIncident(
  ctx: AppContext,
  { stageId, signing }: Input<'incident.closeIncident'>,
): Promise<Incident> {
  const { evidence, recordSha256, ...ref } = ctx.stages.get(SHOWN_CLOSING, stageId);
  const { meaning, reason } = signing;
  if (meaning !== 'responsibility') throw otherMeaning(meaning);
  requireClosing(ctx, ref, evidence);
  return ctx.withSigningKey(signing, (signer) => {
    // The passphrase took its time: what was shown then must hold now.
    const { current, shown, finding } = requireClosing(ctx, ref, evidence);
    const revision = current.revision + 1;
    const { record } = closingRecord(current, revision, { shown, finding });
    if (sha256Of(canonicalJson(record)) !== recordSha256) throw changedSincePreview();
    const closed = changeIncident(ctx, current, {
      act: 'close',
      event: 'incident.closed',
      text: reason,
      detail: {
        before: { state: 'open' },
        after: { state: 'closed', evidence: shown.evidence, meaning },
      },
      leaves: { state: 'closed' },
      also(db) {
        const { atUtc } = shown;
        const kind = 'restoration';
        insertEntry(db, current.id, {
          kind,
          atUtc,
          text: finding,
          evidence: shown,
          ...recorded(ctx),
        });
        signer.signRecord(db, 'incident.closing', closingId(current.id, revision), record);
        for (const { alertId } of current.alerts) {
          const alert = findAlert(db, alertId);
          if (alert !== null) stepAlong(ctx, db, alert, 'close', `Incident closed: ${reason}`);
        }
      },
    });
    ctx.stages.drop(stageId);
    return closed;
  });
}

function sha256Of(json: string): string {
  return createHash('sha256').update(json).digest('hex');
}

function changedSincePreview(): AppFailure {
  return new AppFailure(
    'CONFLICT',
    'What this evidence shows changed since it was shown to you. Nothing was signed. Look at it again.',
  );
}

function otherMeaning(meaning: string): AppFailure {
  return new AppFailure(
    'FORBIDDEN',
    'Whoever closes an incident takes the responsibility for it. Nothing was signed.',
    { meaning },
  );
}

/** @throws AppFailure NOT_FOUND, CONFLICT (the evidence does not show it, which is put on record) */
function requireClosing(
  ctx: AppContext,
  ref: { readonly incidentId: IncidentId; readonly revision: number },
  evidence: Evidence,
): Closing & { readonly current: Incident } {
  const current = requireStep(requireRevision(ctx, ref), 'close');
  const shown = showEvidence(ctx, current.modelId, evidence);
  const { isRestored, finding } = judgementOf(current, shown);
  if (isRestored) return { current, shown, finding };
  const detail = { before: { state: current.state }, after: { evidence, finding } };
  ctx.write('incident.closingRefused', current.id, detail, () => undefined);
  throw notRestored(finding, 'The incident stays open; the attempt is on record.');
}

/** @throws AppFailure CONFLICT when a record does not show that the figures are back within policy */
export function requireRestored(current: Incident, shown: ShownEvidence): void {
  const { isRestored, finding } = judgementOf(current, shown);
  if (!isRestored) throw notRestored(finding, 'Nothing was changed.');
}

function notRestored(finding: string, consequence: string): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `This record does not show that the figures are back within policy: ${finding} ${consequence}`,
    { finding },
  );
}

/** Whether a record shows that the figures of an incident are back. */
function judgementOf({ restoration }: Incident, shown: ShownEvidence) {
  const judged = restoration.find(
    (choice) => canonicalJson(choice.shown.evidence) === canonicalJson(shown.evidence),
  );
  const isRestored = judged?.isRestored ?? false;
  return {
    isRestored,
    finding: judged?.finding ?? 'It is not later than the last time the rule was broken.',
  };
}

/** A closing as a record to sign: it never changes, so that a signature under it stays one of it. */
export function signableClosing({ db }: AppContext, id: string): SignableRecord | null {
  const ref = parseClosingId(id);
  const incident = ref === null ? null : findIncident(db, ref.incidentId);
  const closing = ref === null ? null : findClosing(db, ref.incidentId, ref.revision);
  if (ref === null || incident === null || closing === null) return null;
  const alerts = findAlertIds(db, ref.incidentId).map((alertId) => ({ alertId }));
  const { closedBy } = closing;
  const lastClose = findSteps(db, ref.incidentId).findLastIndex(({ act }) => act === 'close');
  const isLast = incident.head.state === 'closed' && lastClose === ref.revision;
  return {
    ...closingRecord({ ...incident.head, alerts }, ref.revision, closing),
    authors: [closedBy],
    // What was reopened since is no longer to be judged.
    meanings: isLast ? ['review', 'approval', 'rejection', 'responsibility'] : [],
  };
}

type Closed = Pick<Incident, 'id' | 'modelId' | 'modelName' | 'title' | 'detectedAtUtc'> & {
  readonly alerts: readonly Pick<Incident['alerts'][number], 'alertId'>[];
};

/** Only what stays as it is once the incident is closed: targets and texts may change later. */
function closingRecord(incident: Closed, revision: number, { shown, finding }: Closing) {
  const { id, modelId, modelName, title, detectedAtUtc, alerts } = incident;
  const restoredAtUtc = shown.atUtc;
  return {
    title: `Closing of the incident ${title}`,
    facts: [
      { label: 'Incident', value: title },
      { label: 'Model', value: modelName },
      { label: 'Evidence', value: shown.title },
      { label: 'Finding', value: finding },
      { label: 'Detected at (UTC)', value: detectedAtUtc },
      { label: 'Back within policy at (UTC)', value: restoredAtUtc },
      { label: 'Time to restore', value: timeBetween(detectedAtUtc, restoredAtUtc) },
    ],
    record: {
      v: 1,
      incidentId: id,
      revision,
      modelId,
      title,
      alertIds: alerts.map(({ alertId }) => alertId).sort(),
      detectedAtUtc,
      restoredAtUtc,
      evidence: shown.evidence,
      evidenceTitle: shown.title,
      finding,
    },
  };
}

function timeBetween(startUtc: string, endUtc: string): string {
  return formatDuration(durationBetween(startUtc, endUtc) ?? 0);
}
