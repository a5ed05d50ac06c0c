import type { Db } from '../db/openDatabase';
import type { ModelId } from '../../shared/base/ids';
import { IncidentHappening } from '../../shared/incident/incident';

/** Oldest first; an entry about a change of stage is left out, because the history of stages tells it. */
export function findHappenings(db: Db, modelId: ModelId): IncidentHappening[] {
  return db
    .prepare<[string, string]>(
      `SELECT i.id AS incidentId, i.title, e.kind AS what, e.at_utc AS atUtc, e.text, p.printed_name AS who
       FROM incident_entry e JOIN incident i ON i.id = e.incident_id
         JOIN person p ON p.id = e.recorded_by
       WHERE i.model_id = ?
         AND coalesce(json_extract(e.evidence, '$.evidence.kind'), '') <> 'stageChange'
       UNION ALL
       SELECT i.id, i.title, s.act, s.at_utc, s.text, p.printed_name
       FROM incident_step s JOIN incident i ON i.id = s.incident_id
         JOIN person p ON p.id = s.changed_by
       WHERE i.model_id = ? AND s.act IN ('open', 'close', 'reopen')
       ORDER BY 4, 1, 3`,
    )
    .all(modelId, modelId)
    .map((row) => IncidentHappening.parse(row));
}
