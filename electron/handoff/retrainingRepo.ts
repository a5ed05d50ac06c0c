import { z } from 'zod';
import { HandoffPacketId, ModelId, type PersonId } from '../../shared/base/ids';
import { UtcInstant } from '../../shared/base/time';
import type { Db } from '../db/openDatabase';

const StoredFiring = z.strictObject({
  ruleId: z.string(),
  cause: z.string(),
  finding: z.string(),
  packetId: HandoffPacketId,
  firedAtUtc: UtcInstant,
});

/** Every time that a rule of a model fired, newest first. */
export function findFirings(db: Db, modelId: ModelId): z.infer<typeof StoredFiring>[] {
  return db
    .prepare<[string]>(
      `SELECT rule_id AS ruleId, cause, finding, packet_id AS packetId, fired_at_utc AS firedAtUtc
       FROM retraining_firing WHERE model_id = ? ORDER BY fired_at_utc DESC, rowid DESC`,
    )
    .all(modelId)
    .map((row) => StoredFiring.parse(row));
}

export function insertFiring(
  db: Db,
  firing: {
    readonly modelId: ModelId;
    readonly ruleId: string;
    readonly cause: string;
    readonly policyRevision: number;
    readonly finding: string;
    readonly packetId: HandoffPacketId;
    readonly firedAtUtc: UtcInstant;
    readonly firedBy: PersonId;
  },
): void {
  db.prepare(
    `INSERT INTO retraining_firing (model_id, rule_id, cause, policy_revision, finding, packet_id,
       fired_at_utc, fired_by)
     VALUES (@modelId, @ruleId, @cause, @policyRevision, @finding, @packetId, @firedAtUtc, @firedBy)`,
  ).run(firing);
}

/** Models for which somebody has set retraining rules. */
export function modelsWithRules(db: Db): ModelId[] {
  const sql = 'SELECT DISTINCT model_id FROM retraining_policy ORDER BY model_id';
  return z.array(ModelId).parse(db.prepare<[], string>(sql).pluck().all());
}
