import type { Statement } from 'better-sqlite3-multiple-ciphers';
import type { Db } from './openDatabase';

const known = new WeakMap<Db, Map<string, Statement>>();

/**
 * A statement that is compiled once for a connection; for what every write runs.
 *
 * Statements that are thrown away wait for the garbage collector and slow the connection down till then.
 *
 * @param sql constant text, used with one result form (plucked or not) everywhere
 */
export function preparedStatement<P extends unknown[], R>(db: Db, sql: string): Statement<P, R> {
  const ofConnection = known.get(db) ?? new Map<string, Statement>();
  known.set(db, ofConnection);
  const statement = ofConnection.get(sql) ?? db.prepare(sql);
  ofConnection.set(sql, statement);
  return statement as Statement<P, R>; // the caller knows its own SQL, as with prepare()
}
