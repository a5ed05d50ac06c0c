import type { Db } from '../db/openDatabase';
import { preparedStatement } from '../db/preparedStatement';

/** Moves with every write: each leaves an event. */
export const LOG_HEAD = 'SELECT max(seq) AS stamp FROM audit_event';

/**
 * Keeps what was read of a database for as long as a stamp stays the same.
 *
 * Not for use inside a write, which may still be undone.
 *
 * @param stampSql a quick query for one value `stamp` that moves whenever what is read may change
 */
export function whileUnchanged<T>(stampSql: string, read: (db: Db) => T): (db: Db) => T {
  const kept = new WeakMap<Db, { readonly stamp: unknown; readonly value: T }>();
  return (db) => {
    const stamp = preparedStatement<[], { stamp: unknown }>(db, stampSql).get()?.stamp;
    const known = kept.get(db);
    if (known !== undefined && known.stamp === stamp) return known.value;
    const value = read(db);
    kept.set(db, { stamp, value });
    return value;
  };
}
