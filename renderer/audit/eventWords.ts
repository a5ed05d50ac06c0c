import type { AuditEvent } from '../../shared/audit/auditEvent';

const ACTIONS: Readonly<Record<string, string>> = {
  'vault.created': 'Workspace created',
  'vault.unlocked': 'Signed in',
  'vault.unlockFailed': 'Sign-in refused',
  'vault.locked': 'Workspace locked',
  'vault.personAdded': 'Person added',
  'vault.migrated': 'Workspace brought to a newer version',
  'vault.backedUp': 'Workspace backed up',
  'vault.restored': 'Workspace restored from a backup',
  'vault.headsMissing': 'File of known log heads missing',
  'vault.signingRefused': 'Signature refused: wrong name or passphrase',
  'vault.keysMade': 'Signing key made',
  'vault.accessRecovered': 'Access recovered with the recovery kit',
  'vault.rolesChanged': 'Roles changed',
  'vault.personDeactivated': 'Person deactivated',
  'vault.accessReset': 'Access reset',
  'vault.trainingRecorded': 'Training recorded',
  'vault.passphraseChanged': 'Passphrase changed',
  'vault.recoveryKitMade': 'Recovery kit made',
  'vault.recordSigned': 'Record signed',
  'vault.keyConfirmed': 'Signing key confirmed',
  'vault.accountabilitySigned': 'Statement of accountability signed',
  'vault.dataKeyChanged': 'Data key replaced',
  'vault.slotRecorded': 'Key slot recorded',
  'vault.slotNotAsRecorded': 'Key slot not as recorded',
  'vault.callRefused': 'Call refused: role not held',
  'vault.keychainEnabled': 'Signing in through the keychain switched on',
  'vault.keychainDisabled': 'Signing in through the keychain switched off',
  'registry.modelCreated': 'Model registered',
  'registry.modelChanged': 'Facts about a model changed',
  'registry.versionTagsSet': 'Tags of a model version changed',
  'registry.versionRegistered': 'Model version registered and signed',
  'registry.promotionRequested': 'Promotion asked for',
  'registry.promotionWithdrawn': 'Request for promotion withdrawn',
  'registry.versionPromoted': 'Version promoted',
  'registry.rolledBack': 'Rolled back to the version before',
  'registry.versionArchived': 'Version archived',
  'registry.stepRefused': 'Step refused: not open',
  'registry.gatesSet': 'Gates changed',
  'registry.aliasSet': 'Alias set',
  'registry.versionsImported': 'Versions imported and signed',
  'registry.versionExported': 'Model version exported',
  'registry.artefactKept': 'Part of the files of a version kept',
  'registry.artefactsSaved': 'Kept files of a version saved',
  'registry.modelSigned': 'Files of a model version signed for others',
  'registry.modelExported': 'Model exported',
  'card.saved': 'Model card saved',
  'card.filled': 'Model card filled from the workspace',
  'card.imported': 'Model card imported',
  'card.pictureAdded': 'Picture for a model card added',
  'feature.defined': 'Feature added to the catalogue',
  'feature.revised': 'Feature definition changed',
  'feature.imported': 'Features imported into the catalogue',
  'dataflow.saved': 'Data-flow map saved',
  'dataflow.findingAccepted': 'Finding about the data-flow map accepted',
  'dataflow.registerExported': 'Register of processing exported',
  'dataflow.mapExported': 'Data-flow map exported',
  'card.exported': 'Model card exported',
  'card.commented': 'Comment on a model card',
  'card.commentResolved': 'Comment on a model card resolved',
  'canary.planned': 'Canary planned',
  'canary.planRevised': 'Plan of a canary changed',
  'canary.lookImported': 'Rows of a canary imported',
  'canary.judged': 'Canary judged',
  'handoff.packetDrafted': 'Hand-off packet written',
  'handoff.packetRevised': 'Hand-off packet changed',
  'handoff.packetWithdrawn': 'Hand-off packet withdrawn',
  'handoff.packetExported': 'Hand-off packet signed and exported',
  'handoff.ruleActed': 'Action of a performance rule',
  'handoff.ruleFired': 'Retraining rule fired',
  'handoff.rulesSet': 'Retraining rules changed',
  'handoff.outboxSet': 'Outbox folder changed',
  'handoff.outboxBlocked': 'Outbox could not be written to',
  'handoff.manifestWritten': 'Rollback manifest written to the outbox',
  'handoff.settingsSet': 'Pipeline settings changed',
  'intake.folderSet': 'Folder to watch chosen',
  'intake.watchSet': 'Watch of a folder switched on or off',
  'intake.fileFailed': 'File in the watched folder not imported',
  'intake.fileRepeated': 'File in the watched folder had been imported before',
  'drift.referenceFrozen': 'Reference profile frozen',
  'drift.batchImported': 'Live batch imported',
  'drift.policySet': 'Drift policy changed',
  'explanation.shapImported': 'SHAP values imported',
  'explanation.computed': 'Explanation computed from a model',
  'explanation.requestOpened': 'Request for an explanation taken in',
  'explanation.requestExtended': 'Time to answer a request extended',
  'explanation.letterWritten': 'Case frozen and letter written',
  'explanation.letterExported': 'Letter exported',
  'explanation.requestClosed': 'Request for an explanation closed',
  'explanation.caseErased': 'Case and letters of a request erased',
  'performance.logImported': 'Prediction log imported',
  'performance.logMeasured': 'Prediction log measured anew',
  'performance.outcomesImported': 'Outcomes imported and joined',
  'performance.settingsSet': 'What is kept to join outcomes changed',
  'performance.joinDropped': 'What was kept to join outcomes dropped',
  'performance.policySet': 'Performance rules changed',
  'incident.alertAcknowledged': 'Alert acknowledged',
  'incident.alertOwned': 'Alert given an owner',
  'incident.alertExplained': 'Alert explained',
  'incident.alertSnoozed': 'Alert put off',
  'incident.alertClosed': 'Alert closed',
  'incident.opened': 'Incident opened',
  'incident.entryAdded': 'Entry added to an incident',
  'incident.beganSet': 'Begin of an incident set',
  'incident.postMortemWritten': 'Post-mortem written',
  'incident.closed': 'Incident closed',
  'incident.closingRefused': 'Closing refused: not back within policy',
  'incident.reopened': 'Incident reopened',
  'incident.targetSet': 'Target of incidents changed',
  'audit.packageSigned': 'Audit package signed and exported',
  'audit.timestampRequested': 'Timestamp requested',
  'audit.timestampImported': 'Timestamp imported',
  'clock.anomaly': 'Clock found set back',
};

/** An action in words; one without words of its own is spelt out from its name. */
export function actionWords(action: string): string {
  const known = ACTIONS[action];
  if (known !== undefined) return known;
  const [capability = '', what = ''] = action.split('.');
  const spelt = what.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return `${capability.charAt(0).toUpperCase()}${capability.slice(1)}: ${spelt}`;
}

export interface FieldChange {
  readonly field: string;
  /** Null: there was nothing before. */
  readonly before: string | null;
  /** Null: there is nothing any more. */
  readonly after: string | null;
}

/** What an event changed, field by field; fields that stayed the same are left out. */
export function fieldChanges({
  before,
  after,
}: Pick<AuditEvent, 'before' | 'after'>): readonly FieldChange[] {
  const old = fieldsOf(before);
  const fresh = fieldsOf(after);
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .map((field) => ({ field, before: old[field] ?? null, after: fresh[field] ?? null }))
    .filter((change) => change.before !== change.after);
}

/** Identifiers and digests: in one line they would only hide what people look for. */
const MACHINE_VALUE = /^(?:[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** A field of a record as people say it: `nDrifted` is `drifted`, `periodStart` is `period start`. */
export function fieldWords(field: string): string {
  return field
    .replace(/^n(?=[A-Z])/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The changes of an event in one line, without identifiers and digests. */
export function changeLine(event: Pick<AuditEvent, 'before' | 'after'>): string {
  return fieldChanges(event)
    .filter(({ before, after }) => !MACHINE_VALUE.test(after ?? before ?? ''))
    .map(({ field, before, after }) => {
      const name = fieldWords(field);
      return before === null
        ? `${name}: ${after ?? ''}`
        : `${name}: ${before} → ${after ?? 'removed'}`;
    })
    .join('; ');
}

function fieldsOf(value: unknown): Readonly<Record<string, string>> {
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return { value: textOf(value) };
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, textOf(item)]])),
  );
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  // Exactly as it is on record: a rounded threshold would hide a change.
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return JSON.stringify(value);
}
