import type { HandoffPacketId, ModelId, PersonId } from '../../shared/base/ids';
import { HandoffPacketId as PacketIdSchema, ModelId as ModelIdSchema } from '../../shared/base/ids';
import { UtcInstant } from '../../shared/base/time';
import { PacketContent } from '../../shared/handoff/packet';
import type { Db } from '../db/openDatabase';

/** A packet as it lies in its tables, with its newest content. */
export interface StoredPacket {
  readonly id: HandoffPacketId;
  readonly modelId: ModelId;
  readonly modelName: string;
  readonly number: number;
  readonly createdAtUtc: UtcInstant;
  readonly createdBy: string;
  readonly revision: number;
  readonly content: PacketContent;
  readonly withdrawal: {
    readonly reason: string;
    readonly atUtc: UtcInstant;
    readonly by: string;
  } | null;
}

interface PacketRow {
  readonly id: string;
  readonly model_id: string;
  readonly model_name: string;
  readonly number: number;
  readonly created_at_utc: string;
  readonly created_by_name: string;
  readonly revision: number;
  readonly content: string;
  readonly withdrawn_reason: string | null;
  readonly withdrawn_at_utc: string | null;
  readonly withdrawn_by_name: string | null;
}

function packetFromRow(row: PacketRow): StoredPacket {
  const { withdrawn_reason: reason, withdrawn_at_utc: atUtc, withdrawn_by_name: by } = row;
  return {
    id: PacketIdSchema.parse(row.id),
    modelId: ModelIdSchema.parse(row.model_id),
    modelName: row.model_name,
    number: row.number,
    createdAtUtc: UtcInstant.parse(row.created_at_utc),
    createdBy: row.created_by_name,
    revision: row.revision,
    content: PacketContent.parse(JSON.parse(row.content)),
    withdrawal:
      reason === null || atUtc === null || by === null
        ? null
        : { reason, atUtc: UtcInstant.parse(atUtc), by },
  };
}

const SELECT_PACKET = `
  SELECT p.id, p.model_id, m.name AS model_name, p.number, p.created_at_utc,
    c.printed_name AS created_by_name, r.revision, r.content, w.reason AS withdrawn_reason,
    w.withdrawn_at_utc, b.printed_name AS withdrawn_by_name
  FROM handoff_packet p
  JOIN model m ON m.id = p.model_id
  JOIN person c ON c.id = p.created_by
  JOIN handoff_revision r ON r.packet_id = p.id
    AND r.revision = (SELECT max(n.revision) FROM handoff_revision n WHERE n.packet_id = p.id)
  LEFT JOIN handoff_withdrawal w ON w.packet_id = p.id
  LEFT JOIN person b ON b.id = w.withdrawn_by`;

/** Newest first. */
export function findPackets(db: Db, modelId: ModelId | null): StoredPacket[] {
  return db
    .prepare<[string | null, string | null], PacketRow>(
      `${SELECT_PACKET} WHERE (? IS NULL OR p.model_id = ?) ORDER BY p.created_at_utc DESC, p.number DESC`,
    )
    .all(modelId, modelId)
    .map(packetFromRow);
}

export function findPacket(db: Db, id: HandoffPacketId): StoredPacket | null {
  const row = db.prepare<[string], PacketRow>(`${SELECT_PACKET} WHERE p.id = ?`).get(id);
  return row === undefined ? null : packetFromRow(row);
}

/** @returns the number that it got within its model */
export function insertPacket(
  db: Db,
  packet: {
    readonly id: HandoffPacketId;
    readonly modelId: ModelId;
    readonly createdAtUtc: UtcInstant;
    readonly createdBy: PersonId;
  },
): number {
  const number = Number(
    db
      .prepare('SELECT count(*) + 1 FROM handoff_packet WHERE model_id = ?')
      .pluck()
      .get(packet.modelId),
  );
  db.prepare(
    `INSERT INTO handoff_packet (id, model_id, number, created_at_utc, created_by)
     VALUES (@id, @modelId, @number, @createdAtUtc, @createdBy)`,
  ).run({ ...packet, number });
  return number;
}

interface RevisionRow {
  readonly revision: number;
  readonly reason: string;
  readonly setAtUtc: string;
  readonly setById: string;
  readonly setBy: string;
}

/** Oldest first. */
export function findRevisions(db: Db, id: HandoffPacketId): RevisionRow[] {
  return db
    .prepare<[string], RevisionRow>(
      `SELECT r.revision, r.reason, r.set_at_utc AS setAtUtc, r.set_by AS setById,
         p.printed_name AS setBy
       FROM handoff_revision r JOIN person p ON p.id = r.set_by
       WHERE r.packet_id = ? ORDER BY r.revision`,
    )
    .all(id);
}

/** Adds a revision after this one; false when another one is the newest. */
export function insertPacketRevision(
  db: Db,
  packetId: HandoffPacketId,
  after: number,
  saved: {
    readonly content: PacketContent;
    readonly reason: string;
    readonly setAtUtc: UtcInstant;
    readonly setBy: PersonId;
  },
): boolean {
  const newest = Number(
    db
      .prepare('SELECT coalesce(max(revision), 0) FROM handoff_revision WHERE packet_id = ?')
      .pluck()
      .get(packetId),
  );
  if (newest !== after) return false;
  db.prepare(
    `INSERT INTO handoff_revision (packet_id, revision, content, reason, set_at_utc, set_by)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(
    packetId,
    after + 1,
    JSON.stringify(saved.content),
    saved.reason,
    saved.setAtUtc,
    saved.setBy,
  );
  return true;
}

export function insertWithdrawal(
  db: Db,
  packetId: HandoffPacketId,
  withdrawal: {
    readonly reason: string;
    readonly atUtc: UtcInstant;
    readonly by: PersonId;
  },
): void {
  db.prepare(
    `INSERT INTO handoff_withdrawal (packet_id, reason, withdrawn_at_utc, withdrawn_by)
     VALUES (?, ?, ?, ?)`,
  ).run(packetId, withdrawal.reason, withdrawal.atUtc, withdrawal.by);
}
