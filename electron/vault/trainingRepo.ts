import { randomUUID } from 'node:crypto';
import { PersonId } from '../../shared/base/ids';
import type { Db } from '../db/openDatabase';

export interface TrainingNote {
  readonly personId: PersonId;
  readonly topic: string;
  /** Calendar day. */
  readonly trainedOn: string;
  readonly recordedBy: PersonId;
  readonly recordedAtUtc: string;
}

interface Row {
  readonly person_id: string;
  readonly topic: string;
  readonly trained_on: string;
  readonly recorded_by: string;
  readonly recorded_at_utc: string;
}

export function insertTrainingNote(db: Db, note: TrainingNote): void {
  db.prepare(
    `INSERT INTO training_note (id, person_id, topic, trained_on, recorded_by, recorded_at_utc)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(
    randomUUID(),
    note.personId,
    note.topic,
    note.trainedOn,
    note.recordedBy,
    note.recordedAtUtc,
  );
}

/** A person's notes by day of training. */
export function findTrainingNotes(db: Db, personId: PersonId): TrainingNote[] {
  return db
    .prepare<[string], Row>(
      'SELECT * FROM training_note WHERE person_id = ? ORDER BY trained_on, recorded_at_utc, id',
    )
    .all(personId)
    .map((row) => ({
      personId: PersonId.parse(row.person_id),
      topic: row.topic,
      trainedOn: row.trained_on,
      recordedBy: PersonId.parse(row.recorded_by),
      recordedAtUtc: row.recorded_at_utc,
    }));
}
