import type { Db } from '../db/openDatabase';
import { preparedStatement } from '../db/preparedStatement';
import {
  Model,
  ModelVersion,
  type ModelDraft,
  type VersionSnapshot,
} from '../../shared/registry/model';
import { ModelId, ModelVersionId, type PersonId } from '../../shared/base/ids';
import type { Signature } from '../../shared/audit/signature';

export interface ModelRow {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly owner: string;
  readonly created_at_utc: string;
  readonly created_by: string;
  readonly n_versions: number;
  readonly n_batches: number;
  readonly n_open_alerts: number;
  readonly last_batch_at_utc: string | null;
  readonly intended_use: string | null;
  readonly risk_class: string | null;
  readonly tags: string | null;
  readonly revision: number | null;
  readonly live_version: number | null;
}

export function modelFromRow(row: ModelRow): Model {
  return Model.parse({
    id: row.id,
    name: row.name,
    purpose: row.purpose,
    owner: row.owner,
    createdAtUtc: row.created_at_utc,
    createdBy: row.created_by,
    nVersions: row.n_versions,
    nBatches: row.n_batches,
    nOpenAlerts: row.n_open_alerts,
    lastBatchAtUtc: row.last_batch_at_utc,
    intendedUse: row.intended_use ?? '',
    riskClass: row.risk_class,
    tags: JSON.parse(row.tags ?? '[]'),
    revision: row.revision ?? 0,
    liveVersion: row.live_version,
  });
}

interface VersionRow {
  readonly id: string;
  readonly snapshot: string;
  readonly snapshot_sha256: string;
  readonly reference_id: string | null;
  /** JSON of the signature; its bytes are hexadecimal there. */
  readonly signature: string;
  readonly stage: string | null;
  /** JSON arrays of words. */
  readonly aliases: string;
  readonly tags: string | null;
  readonly tags_revision: number | null;
}

function versionFromRow(row: VersionRow): ModelVersion {
  return ModelVersion.parse({
    id: row.id,
    snapshot: JSON.parse(row.snapshot),
    snapshotSha256: row.snapshot_sha256,
    stage: row.stage ?? 'None',
    aliases: JSON.parse(row.aliases),
    tags: JSON.parse(row.tags ?? '[]'),
    tagsRevision: row.tags_revision ?? 0,
    signature: signatureFromJson(row.signature),
    referenceId: row.reference_id,
  });
}

function signatureFromJson(json: string): unknown {
  const { signatureHex, ...facts } = JSON.parse(json) as { readonly signatureHex: string }; // made by SELECT_VERSION
  return { ...facts, signatureBase64: Buffer.from(signatureHex, 'hex').toString('base64') };
}

const SELECT_MODEL = `
  SELECT m.*,
    (SELECT count(*) FROM model_version v WHERE v.model_id = m.id) AS n_versions,
    (SELECT count(*) FROM drift_report r WHERE r.model_id = m.id) AS n_batches,
    (SELECT count(*) FROM alert a WHERE a.model_id = m.id AND a.state = 'new') AS n_open_alerts,
    (SELECT max(r.computed_at_utc) FROM drift_report r WHERE r.model_id = m.id) AS last_batch_at_utc,
    (SELECT v.version FROM version_stage s JOIN model_version v ON v.id = s.version_id
      WHERE s.model_id = m.id AND s.stage = 'Production') AS live_version
  FROM model m`;

const SELECT_VERSION = `
  SELECT v.id, v.snapshot, v.snapshot_sha256, p.id AS reference_id,
    g.stage, t.tags, t.revision AS tags_revision,
    (SELECT json_group_array(a.alias) FROM alias_change a WHERE a.version_id = v.id
      AND a.ordinal = (SELECT max(b.ordinal) FROM alias_change b
        WHERE b.model_id = a.model_id AND b.alias = a.alias)) AS aliases,
    json_object('id', s.id, 'personId', s.person_id, 'printedName', s.printed_name,
      'meaning', s.meaning, 'reason', s.reason, 'signedAtUtc', s.signed_at_utc,
      'utcOffsetMinutes', s.utc_offset_minutes, 'recordSha256', s.record_sha256,
      'keyId', s.key_id, 'signatureHex', hex(s.signature)) AS signature
  FROM model_version v
  JOIN signature s ON s.id = v.signature_id
  LEFT JOIN reference_profile p ON p.version_id = v.id
  LEFT JOIN version_stage g ON g.version_id = v.id
  LEFT JOIN version_tag t ON t.version_id = v.id`;

export function findModel(db: Db, id: ModelId): Model | null {
  const row = db.prepare<[string], ModelRow>(`${SELECT_MODEL} WHERE m.id = ?`).get(id);
  return row === undefined ? null : modelFromRow(row);
}

export function findModelId(db: Db, name: string): ModelId | null {
  const id = db.prepare<[string], string>('SELECT id FROM model WHERE name = ?').pluck().get(name);
  return id === undefined ? null : ModelId.parse(id);
}

export function findVersionId(db: Db, modelId: ModelId, version: number): ModelVersionId | null {
  const id = db
    .prepare<[string, number], string>(
      'SELECT id FROM model_version WHERE model_id = ? AND version = ?',
    )
    .pluck()
    .get(modelId, version);
  return id === undefined ? null : ModelVersionId.parse(id);
}

export function isModelNameTaken(db: Db, name: string): boolean {
  return (
    db.prepare<[string]>('SELECT 1 FROM model WHERE name = ? COLLATE NOCASE').get(name) !==
    undefined
  );
}

export function insertModel(
  db: Db,
  model: ModelDraft & {
    readonly id: ModelId;
    readonly createdAtUtc: string;
    readonly createdBy: PersonId;
  },
): void {
  db.prepare(
    'INSERT INTO model (id, name, purpose, owner, created_at_utc, created_by) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(model.id, model.name, model.purpose, model.owner, model.createdAtUtc, model.createdBy);
}

/** Newest first. */
export function findVersions(db: Db, modelId: ModelId): ModelVersion[] {
  return db
    .prepare<[string], VersionRow>(`${SELECT_VERSION} WHERE v.model_id = ? ORDER BY v.version DESC`)
    .all(modelId)
    .map(versionFromRow);
}

export function findVersion(db: Db, id: ModelVersionId): ModelVersion | null {
  const row = db.prepare<[string], VersionRow>(`${SELECT_VERSION} WHERE v.id = ?`).get(id);
  return row === undefined ? null : versionFromRow(row);
}

/** The snapshot of a version as its bytes lie in the file, and the hash kept beside it. */
export function findSnapshotText(
  db: Db,
  id: string,
): { readonly canonicalJson: string; readonly sha256: string } | null {
  const row = db
    .prepare<[string], { canonicalJson: string; sha256: string }>(
      'SELECT snapshot AS canonicalJson, snapshot_sha256 AS sha256 FROM model_version WHERE id = ?',
    )
    .get(id);
  return row ?? null;
}

export function nextVersionNumber(db: Db, modelId: ModelId): number {
  const row = db
    .prepare<[string], { last: number | null }>(
      'SELECT max(version) AS last FROM model_version WHERE model_id = ?',
    )
    .get(modelId);
  return (row?.last ?? 0) + 1;
}

export function insertVersion(
  db: Db,
  version: {
    readonly id: ModelVersionId;
    readonly snapshot: VersionSnapshot;
    readonly snapshotJson: string;
    readonly signature: Signature;
  },
): void {
  const { id, snapshot, snapshotJson, signature } = version;
  preparedStatement(
    db,
    `INSERT INTO model_version (id, model_id, version, snapshot, snapshot_sha256, signature_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(id, snapshot.modelId, snapshot.version, snapshotJson, signature.recordSha256, signature.id);
}
