import { randomUUID } from 'node:crypto';
import { AppFailure } from '../../shared/ipc/errors';
import { StageId } from '../../shared/base/ids';

/**
 * Things looked at but not yet recorded (a hashed file, a previewed package), kept in core between
 * two calls so that the window hands back an identifier and never the facts themselves.
 */
export interface StageStore {
  put(kind: string, value: unknown): StageId;
  /** @throws AppFailure NOT_FOUND when it is unknown, of another kind, or was dropped at lock */
  get<T>(kind: string, id: StageId): T;
  drop(id: StageId): void;
}

/** Enough for every dialog a person can have open; the oldest is forgotten first. */
const MAX_STAGED = 32;

export function createStageStore(): StageStore {
  const staged = new Map<string, { readonly kind: string; readonly value: unknown }>();
  return {
    put(kind, value) {
      const oldest = staged.keys().next();
      if (staged.size >= MAX_STAGED && !oldest.done) staged.delete(oldest.value);
      const id = StageId.parse(randomUUID());
      staged.set(id, { kind, value });
      return id;
    },
    get<T>(kind: string, id: StageId): T {
      const entry = staged.get(id);
      if (entry?.kind !== kind) {
        throw new AppFailure('NOT_FOUND', 'This step has expired. Choose the file again.', {
          stageId: id,
        });
      }
      return entry.value as T; // `kind` is the caller's own constant, put beside the same type
    },
    drop(id) {
      staged.delete(id);
    },
  };
}
