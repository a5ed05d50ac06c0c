import { randomUUID } from 'node:crypto';
import { AppFailure } from '../../shared/ipc/errors';
import { StageId } from '../../shared/base/ids';

/** Names one kind of staged thing and ties its type to it: `stageKind<StagedBatch>('drift.batch')`. */
export interface StageKind<T> {
  readonly name: string;
  /** Only for the compiler: never set. */
  readonly type?: T;
}

/**
 * Things looked at but not yet recorded (a hashed file, a previewed package), kept in core between
 * two calls so that the window hands back an identifier and never the facts themselves.
 */
export interface StageStore {
  put<T>(kind: StageKind<T>, value: T): StageId;
  /** @throws AppFailure NOT_FOUND when it is unknown, of another kind, or was dropped at lock */
  get<T>(kind: StageKind<T>, id: StageId): T;
  drop(id: StageId): void;
}

/** Enough for every dialog a person can have open; the oldest is forgotten first. */
const MAX_STAGED = 32;

export function createStageStore(): StageStore {
  const staged = new Map<string, { readonly kindName: string; readonly value: unknown }>();
  return {
    put(kind, value) {
      const oldest = staged.keys().next();
      if (staged.size >= MAX_STAGED && !oldest.done) staged.delete(oldest.value);
      const id = StageId.parse(randomUUID());
      staged.set(id, { kindName: kind.name, value });
      return id;
    },
    get<T>(kind: StageKind<T>, id: StageId): T {
      const entry = staged.get(id);
      if (entry?.kindName !== kind.name) {
        throw new AppFailure('NOT_FOUND', 'This step has expired. Choose the file again.', {
          stageId: id,
        });
      }
      return entry.value as T; // put() took it with a kind of the same name
    },
    drop(id) {
      staged.delete(id);
    },
  };
}
