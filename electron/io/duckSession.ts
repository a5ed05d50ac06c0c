import {
  DuckDBDoubleVector,
  DuckDBInstance,
  DuckDBIntegerVector,
  type DuckDBConnection,
  type DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { totalmem } from 'node:os';
import { basename } from 'node:path';
import { AppFailure } from '../../shared/ipc/errors';
import type { Progress } from '../../shared/ipc/messages';
import { badData, cancelled, stopIfCancelled } from './badData';
import type { ReadScope } from './fileHash';

const THREADS = 2;
const MAX_SHARE_OF_MEMORY = 0.5;
const PROGRESS_EVERY_MS = 200;

/** One private in-memory database that may open exactly one file, and nothing else. */
export interface DuckSession {
  readonly file: string;
  /** The path as an SQL string. */
  readonly pathSql: string;
  /** Runs a statement that takes long, with progress and cancel. */
  run(sql: string, activity: string): Promise<void>;
  rows(sql: string): Promise<readonly (readonly DuckDBValue[])[]>;
  /** The columns of a table or file scan. */
  describe(from: string): Promise<readonly { readonly name: string; readonly type: DuckDBType }[]>;
  /** Reads a query's only column, of type DOUBLE or INTEGER and without NULL. */
  readNumbers(sql: string, out: Float64Array | Int32Array): Promise<void>;
  /** Hands out a query's chunks in order. */
  eachChunk(sql: string, take: (chunk: DuckDBDataChunk) => void): Promise<void>;
  close(): void;
}

export function quoteSql(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Starts an engine that can read `path` and nothing else: no network, no extension, no other file,
 * and nothing spilled to disk.
 */
export async function openDuckSession(path: string, scope: ReadScope): Promise<DuckSession> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(THREADS),
    memory_limit: `${Math.floor((totalmem() * MAX_SHARE_OF_MEMORY) / 1024 ** 2)}MiB`,
    temp_directory: '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  const settings = [
    "SET TimeZone = 'UTC'",
    'SET enable_progress_bar = true',
    'SET enable_progress_bar_print = false',
    `SET allowed_paths = [${quoteSql(path)}]`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ];
  for (const setting of settings) await connection.run(setting);
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  return createSession(path, connection, scope, close);
}

function createSession(
  path: string,
  connection: DuckDBConnection,
  scope: ReadScope,
  close: () => void,
): DuckSession {
  const file = basename(path);
  const guarded = <T>(work: () => Promise<T>): Promise<T> =>
    guard(path, connection, scope.signal, work);
  const eachChunk = (sql: string, take: (chunk: DuckDBDataChunk) => void): Promise<void> =>
    guarded(async () => {
      const result = await connection.stream(sql);
      for (;;) {
        stopIfCancelled(scope.signal);
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) return;
        take(chunk);
      }
    });
  return {
    file,
    pathSql: quoteSql(path),
    run: (sql, activity) =>
      guarded(async () => {
        await withProgress(connection, activity, scope.progress, () => connection.run(sql));
      }),
    rows: (sql) => guarded(async () => (await connection.runAndReadAll(sql)).getRows()),
    describe: (from) =>
      guarded(async () => {
        const result = await connection.run(`SELECT * FROM ${from} LIMIT 0`);
        const types = result.columnTypes();
        return result.columnNames().map((name, index) => ({ name, type: types[index]! }));
      }),
    readNumbers: (sql, out) => {
      let row = 0;
      return eachChunk(sql, (chunk) => {
        const vector = chunk.getColumnVector(0);
        if (!(vector instanceof DuckDBDoubleVector || vector instanceof DuckDBIntegerVector)) {
          throw new TypeError('expected DOUBLE or INTEGER');
        }
        const nItems = vector.itemCount;
        for (let i = 0; i < nItems; i++) out[row + i] = vector.getItem(i)!; // the query leaves no NULL
        row += nItems;
      });
    },
    eachChunk,
    close,
  };
}

async function guard<T>(
  path: string,
  connection: DuckDBConnection,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  stopIfCancelled(signal);
  const interrupt = (): void => connection.interrupt();
  signal.addEventListener('abort', interrupt);
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) throw cancelled();
    throw error instanceof AppFailure ? error : explain(path, error);
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

/** The engine's own words quote the file's values, so they are never passed on. */
function explain(path: string, error: unknown): AppFailure {
  const file = basename(path);
  const text = error instanceof Error ? error.message : '';
  if (/out of memory|could not allocate/i.test(text)) {
    return badData(
      file,
      'the table needs more memory than this machine can spare. Save it as Parquet or Arrow.',
    );
  }
  if (text.startsWith('Permission Error') && /[*?[]/.test(path)) {
    return badData(
      file,
      'the name of the file or of its folder has one of * ? [ in it. Rename it.',
    );
  }
  if (text.includes('state machine reached an invalid state')) {
    return badData(file, 'the file mixes two kinds of line end. Save it again with one kind.');
  }
  return badData(file, 'the file is damaged, or uses a feature that Assay cannot read.');
}

async function withProgress<T>(
  connection: DuckDBConnection,
  activity: string,
  progress: ((progress: Progress) => void) | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const timer = setInterval(() => {
    const { percentage } = connection.progress;
    progress?.({ fraction: percentage < 0 ? null : Math.min(1, percentage / 100), activity });
  }, PROGRESS_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
