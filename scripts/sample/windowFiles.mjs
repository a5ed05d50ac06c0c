/**
 * The three file formats that the windows of the sample are written in.
 */
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import * as arrow from 'apache-arrow';
import { SAMPLE_COLUMNS } from './bankMarketing.mjs';

/**
 * @typedef {import('./bankMarketing.mjs').SampleRow} SampleRow
 * @typedef {import('./bankMarketing.mjs').SampleColumn} SampleColumn
 * @typedef {import('./sampleWindows.mjs').FileFormat} FileFormat
 */

/**
 * Writes rows as one file.
 *
 * @param {string} path
 * @param {FileFormat} format
 * @param {readonly SampleRow[]} rows with every column of SAMPLE_COLUMNS
 */
export async function writeWindow(path, format, rows) {
  if (format === 'csv') writeFileSync(path, toCsv(rows));
  else if (format === 'arrow') writeFileSync(path, toArrowFile(rows));
  else await writeParquet(path, rows, SAMPLE_COLUMNS);
}

/**
 * RFC 4180: comma, CRLF, a header line. No value of the source needs quotes; one that did is refused.
 *
 * @param {readonly SampleRow[]} rows
 */
function toCsv(rows) {
  const lines = [SAMPLE_COLUMNS.map((column) => column.name)];
  for (const row of rows) lines.push(SAMPLE_COLUMNS.map((column) => cell(row, column)));
  if (lines.flat().some((text) => /[",\r\n]/.test(text))) {
    throw new Error('A value holds a comma, a quote or a line end; this writer does not quote.');
  }
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

/**
 * Arrow IPC file, one record batch, uncompressed; text is dictionary-encoded.
 *
 * @param {readonly SampleRow[]} rows
 */
function toArrowFile(rows) {
  const columns = SAMPLE_COLUMNS.map((column, index) => {
    const texts = rows.map((row) => cell(row, column));
    return [column.name, toArrowVector(column, index, texts)];
  });
  return arrow.tableToIPC(new arrow.Table(Object.fromEntries(columns)), 'file');
}

/**
 * @param {SampleColumn} column
 * @param {number} dictionaryId explicit, because the library's own ids count up over the process
 * @param {readonly string[]} texts
 * @returns {arrow.Vector}
 */
function toArrowVector(column, dictionaryId, texts) {
  if (column.role === 'numeric') return arrow.vectorFromArray(texts.map(Number), new arrow.Int32());
  if (column.role === 'prediction') {
    return arrow.vectorFromArray(texts.map(Number), new arrow.Float64());
  }
  if (column.role === 'date') {
    return arrow.vectorFromArray(
      texts.map((text) => new Date(`${text}T00:00:00Z`)),
      new arrow.DateDay(),
    );
  }
  return arrow.vectorFromArray(
    texts,
    new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8(), dictionaryId),
  );
}

/**
 * One Parquet file with these columns, in this order.
 *
 * @param {string} path
 * @param {readonly SampleRow[]} rows
 * @param {readonly Pick<SampleColumn, 'name' | 'role'>[]} columns
 */
export async function writeParquet(path, rows, columns) {
  // One thread keeps the order of the rows, and so the bytes, the same on each run.
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const fields = columns.map((column) => `"${column.name}" ${duckdbType(column)}`);
    await connection.run(`CREATE TABLE sample_window (${fields.join(', ')})`);
    const values = rows.map(
      (row) => `(${columns.map((column) => `'${cell(row, column)}'`).join(',')})`,
    );
    await connection.run(`INSERT INTO sample_window VALUES ${values.join(',')}`);
    const target = path.replaceAll("'", "''");
    await connection.run(`COPY sample_window TO '${target}' (FORMAT parquet, COMPRESSION snappy)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** @param {Pick<SampleColumn, 'role'>} column */
function duckdbType(column) {
  if (column.role === 'numeric') return 'INTEGER';
  if (column.role === 'prediction') return 'DOUBLE';
  return column.role === 'date' ? 'DATE' : 'VARCHAR';
}

/**
 * @param {SampleRow} row
 * @param {Pick<SampleColumn, 'name'>} column
 */
function cell(row, column) {
  const text = row[column.name];
  if (text === undefined) throw new Error(`A row has no column ${column.name}.`);
  return text;
}
