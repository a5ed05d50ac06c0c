import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openDuckSession } from '../../electron/io/duckSession';
import { openTable } from '../../electron/io/tableReader';
import {
  failureOf,
  inspect,
  inspectKinds,
  neverCancelled,
  readColumn,
  readPlain,
  writeFixture,
  writeParquet,
} from './tableFixtures';

describe('a Parquet file', () => {
  it('keeps numbers of every type exactly, with missing values and infinities', async () => {
    const path = await writeParquet(`SELECT * FROM (VALUES
      (1::TINYINT, 4000000000::UINTEGER, 0.1::FLOAT, 0.1::DOUBLE, 12345678901234567.89::DECIMAL(30,2), true),
      (-1, 0, 'inf', '-inf', -0.01, false), (NULL, NULL, 'nan', 'nan', NULL, NULL)
      ) v(small, big, single, double, money, flag)`);
    expect(await readPlain(path, 'small', 'numeric')).toEqual([1, -1, null]);
    expect(await readPlain(path, 'big', 'numeric')).toEqual([4_000_000_000, 0, null]);
    expect(await readPlain(path, 'single', 'numeric')).toEqual([Math.fround(0.1), Infinity, null]);
    expect(await readPlain(path, 'double', 'numeric')).toEqual([0.1, -Infinity, null]);
    expect(await readPlain(path, 'money', 'numeric')).toEqual([
      Number('12345678901234567.89'),
      -0.01,
      null,
    ]);
    expect(await readPlain(path, 'flag', 'boolean')).toEqual(['true', 'false', null]);
    expect(await readPlain(path, 'flag', 'numeric')).toEqual([1, 0, null]);
  });

  it('reads 64-bit integers as the nearest double, and exactly as categories', async () => {
    const path = await writeParquet(
      'SELECT * FROM (VALUES (9007199254740993), (9007199254740992), (NULL)) v(amount)',
    );
    const nearest = 9007199254740992;
    expect(await readPlain(path, 'amount', 'numeric')).toEqual([nearest, nearest, null]);
    expect(await readPlain(path, 'amount', 'categorical')).toEqual([
      '9007199254740993',
      '9007199254740992',
      null,
    ]);
    expect((await inspect(path)).warnings).toEqual([
      'Column "amount" has whole numbers beyond 2^53; they are read as the nearest double.',
    ]);
  });

  it('reads dates and times of every unit and zone', async () => {
    const path = await writeParquet(`SELECT DATE '2024-02-29' AS day,
      TIMESTAMP '2024-02-29 12:00:00.123456' AS us, TIMESTAMP_MS '2024-02-29 12:00:00.123' AS ms,
      TIMESTAMP_NS '2024-02-29 12:00:00.123456789' AS ns,
      TIMESTAMPTZ '2024-02-29 12:00:00+02:00' AS zoned`);
    const noon = Date.UTC(2024, 1, 29, 12);
    expect(await readPlain(path, 'day', 'datetime')).toEqual([Date.UTC(2024, 1, 29)]);
    expect(await readPlain(path, 'us', 'datetime')).toEqual([noon + 123.456]);
    expect(await readPlain(path, 'ms', 'datetime')).toEqual([noon + 123]);
    expect(await readPlain(path, 'ns', 'datetime')).toEqual([noon + 123.456]);
    expect(await readPlain(path, 'zoned', 'datetime')).toEqual([noon - 7_200_000]);
  });

  it('reads text, with the same missing words as CSV', async () => {
    const path = await writeParquet(
      "SELECT * FROM (VALUES ('naïve'), ('😀'), (NULL), ('NA'), (''), ('__proto__'), ('naïve')) v(word)",
    );
    expect(await readPlain(path, 'word', 'categorical')).toEqual([
      'naïve',
      '😀',
      null,
      null,
      null,
      '__proto__',
      'naïve',
    ]);
    expect((await inspect(path)).columns[0]).toMatchObject({ nMissing: 3, nDistinct: 3 });
  });

  it('reads more different texts than fit a small dictionary', async () => {
    const path = await writeParquet("SELECT 'k' || i AS key FROM range(70000) r(i)");
    const keys = await readPlain(path, 'key', 'categorical');
    expect([keys.length, keys[0], keys[69_999]]).toEqual([70_000, 'k0', 'k69999']);
  });

  it('leaves nested columns out, with the reason', async () => {
    const path = await writeParquet(
      "SELECT 1 AS x, {'a': 1, 'x': 2} AS s, [1, 2] AS l, 'x'::BLOB AS b",
    );
    const { columns } = await inspect(path);
    expect(columns.map(({ name, role }) => [name, role])).toEqual([
      ['x', 'feature'],
      ['s', 'ignored'],
      ['l', 'ignored'],
      ['b', 'ignored'],
    ]);
    expect(columns[2]?.reason).toBe('Values of type INTEGER[] cannot be compared.');
    expect((await failureOf(readColumn(path, 'l', 'numeric'))).code).toBe('BAD_DATA');
  });

  it.each(['uncompressed', 'snappy', 'gzip', 'zstd', 'lz4', 'brotli'])(
    'reads %s pages',
    async (codec) => {
      const path = await writeParquet(
        'SELECT i * 0.5 AS x FROM range(5000) r(i)',
        `, COMPRESSION ${codec}`,
      );
      const values = await readPlain(path, 'x', 'numeric');
      expect([values.length, values[4999]]).toEqual([5000, 2499.5]);
    },
  );

  it('finds kinds and roles as in a CSV file', async () => {
    const path = await writeParquet(`SELECT i AS customer_id, i % 3 AS region_code, i % 2 AS flag,
      CASE WHEN i % 2 = 0 THEN 'yes' ELSE 'no' END AS y, i / 100 AS y_pred, i % 7 AS campaign,
      'constant' AS c, NULL::DOUBLE AS nothing, DATE '2024-01-01' + i::INT AS day FROM range(100) r(i)`);
    expect(await inspectKinds(path)).toEqual({
      customer_id: 'categorical id',
      region_code: 'categorical feature',
      flag: 'boolean feature',
      y: 'boolean label',
      y_pred: 'numeric prediction',
      campaign: 'numeric feature',
      c: 'categorical feature',
      nothing: 'numeric ignored',
      day: 'datetime feature',
    });
  });
});

describe('a Parquet file that cannot be read', () => {
  it('is refused when it has no rows', async () => {
    const path = await writeParquet('SELECT 1 AS x WHERE false');
    expect((await failureOf(inspect(path))).message).toContain('the file has no data rows.');
  });

  it('is refused when it is cut short', async () => {
    const path = await writeParquet('SELECT i AS x FROM range(1000) r(i)');
    truncateSync(path, 500);
    expect(await failureOf(inspect(path))).toEqual({
      code: 'BAD_DATA',
      message:
        'table.parquet: the Parquet file is cut short: its end is missing. Copy it again. Nothing was recorded.',
      details: { file: 'table.parquet' },
    });
  });

  it('is refused when its middle is damaged', async () => {
    const path = await writeParquet('SELECT i * 1.1 AS x FROM range(1000) r(i)');
    const bytes = readFileSync(path);
    bytes.fill(0xee, bytes.length - 200, bytes.length - 20);
    writeFileSync(path, bytes);
    expect((await failureOf(inspect(path))).message).toContain('the file is damaged');
  });

  it('is refused when it changes between two columns', async () => {
    const path = await writeParquet('SELECT 1 AS x, 2 AS y');
    const table = await openTable(path, { signal: neverCancelled });
    writeFileSync(path, 'something else');
    const failure = await failureOf(table.readColumn('y', 'numeric'));
    table.close();
    expect(failure.code).toBe('BAD_DATA');
  });

  it('is refused when it is something else', async () => {
    const failure = await failureOf(inspect(writeFixture('a.parquet', 'a,b\n1,2\n')));
    expect(failure.message).toContain('the content is not Parquet.');
  });
});

describe('the engine that reads Parquet and CSV', () => {
  it('opens no other file', async () => {
    const path = await writeParquet('SELECT 1 AS x');
    const session = await openDuckSession(path, { signal: neverCancelled });
    const escape = [
      session.rows("SELECT * FROM read_text('/etc/hostname')"),
      session.rows(`COPY (SELECT 1) TO '${path}.copy'`),
      session.rows('INSTALL httpfs'),
      session.rows("SET allowed_paths = ['/etc/hostname']"),
      session.rows('SET enable_external_access = true'),
    ];
    const outcomes = await Promise.allSettled(escape);
    session.close();
    expect(outcomes.map(({ status }) => status)).toEqual(escape.map(() => 'rejected'));
  });
});
