import { DuckDBInstance } from '@duckdb/node-api';
import { tableToIPC, Table, type Vector } from 'apache-arrow';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnKind, InspectedColumn } from '../../shared/drift/column';
import { AppFailure } from '../../shared/ipc/errors';
import type { ColumnValues } from '../../electron/io/columnValues';
import { inspectTable, type InspectedTable } from '../../electron/io/inspectTable';
import { openTable } from '../../electron/io/tableReader';
import { tempFolder } from '../support/tempFolder';

export const neverCancelled = new AbortController().signal;

/** Writes a file into a fresh folder and returns its path. */
export function writeFixture(name: string, content: string | Uint8Array): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, content);
  return path;
}

export function writeArrow(
  columns: Record<string, Vector>,
  format: 'file' | 'stream' = 'file',
  name = 'table.arrow',
): string {
  return writeFixture(name, tableToIPC(new Table(columns), format));
}

/** Writes the rows of a query as Parquet. */
export async function writeParquet(query: string, options = ''): Promise<string> {
  const path = join(tempFolder(), 'table.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet${options})`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

export function inspect(path: string): Promise<InspectedTable> {
  return inspectTable({ path }, { signal: neverCancelled, progress: () => undefined });
}

/** Kind and role by column name. */
export async function inspectKinds(path: string): Promise<Record<string, string>> {
  const { columns } = await inspect(path);
  return Object.fromEntries(columns.map((column) => [column.name, kindAndRole(column)]));
}

function kindAndRole({ kind, role }: InspectedColumn): string {
  return `${kind} ${role}`;
}

export async function readColumn(
  path: string,
  name: string,
  kind: ColumnKind,
): Promise<ColumnValues> {
  const table = await openTable(path, { signal: neverCancelled });
  try {
    return await table.readColumn(name, kind);
  } finally {
    table.close();
  }
}

/** The values of a column as a person would write them down; null is missing. */
export async function readPlain(
  path: string,
  name: string,
  kind: ColumnKind,
): Promise<readonly (number | string | null)[]> {
  const column = await readColumn(path, name, kind);
  return 'values' in column
    ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
    : Array.from(column.codes, (code) => column.labels[code] ?? null);
}

/** The failure that reading ends in, without the class around it. */
export async function failureOf(
  work: Promise<unknown>,
): Promise<{ readonly code: string; readonly message: string; readonly details: object }> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof AppFailure)) throw error;
    return { code: error.code, message: error.message, details: error.details };
  }
  throw new Error('expected a failure');
}

/** The code of the failure, or the warnings of a file that could be read. */
export async function outcomeOf(path: string): Promise<string> {
  try {
    return (await inspect(path)).warnings.join(' ');
  } catch (error) {
    if (error instanceof AppFailure) return error.code;
    throw error;
  }
}
