import type { ModelId, ModelVersionId } from '../../shared/base/ids';
import type { ModelFacts } from '../../shared/registry/model';
import type { Db } from '../db/openDatabase';

/** @returns false when somebody else saved first: nothing was changed then */
export function updateFacts(db: Db, id: ModelId, facts: ModelFacts, revision: number): boolean {
  const { changes } = db
    .prepare(
      `UPDATE model SET purpose = ?, owner = ?, intended_use = ?, risk_class = ?, tags = ?,
         revision = coalesce(revision, 0) + 1
       WHERE id = ? AND coalesce(revision, 0) = ?`,
    )
    .run(
      facts.purpose,
      facts.owner,
      facts.intendedUse,
      facts.riskClass,
      JSON.stringify(facts.tags),
      id,
      revision,
    );
  return changes === 1;
}

/** @returns false when somebody else saved first: nothing was changed then */
export function updateVersionTags(
  db: Db,
  id: ModelVersionId,
  tags: readonly string[],
  revision: number,
): boolean {
  const json = JSON.stringify(tags);
  const { changes } =
    revision === 0
      ? db
          .prepare(
            `INSERT INTO version_tag (version_id, tags, revision) VALUES (?, ?, 1)
             ON CONFLICT (version_id) DO NOTHING`,
          )
          .run(id, json)
      : db
          .prepare(
            `UPDATE version_tag SET tags = ?, revision = revision + 1
             WHERE version_id = ? AND revision = ?`,
          )
          .run(json, id, revision);
  return changes === 1;
}
