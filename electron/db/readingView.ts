import type { Db } from './openDatabase';

/**
 * The same connection for reading only: a statement that would change something is refused.
 *
 * A guard against our own faults: records change through one door, which writes the audit event too.
 * (`PRAGMA query_only` does the same, but each switch makes every compiled statement start again.)
 */
export function readingView(db: Db): Db {
  function prepare(source: string): ReturnType<Db['prepare']> {
    const statement = db.prepare(source);
    if (statement.readonly) return statement;
    throw readOnly();
  }
  function refuse(): never {
    throw readOnly();
  }
  // The methods of the module work on whatever inherits from a connection.
  const view: unknown = Object.create(db, {
    prepare: { value: prepare },
    exec: { value: refuse },
    transaction: { value: refuse },
  });
  return view as Db; // an object with all of the connection's members
}

function readOnly(): Error {
  return new Error('records are changed inside ctx.write only');
}
