import { Float64, Utf8, vectorFromArray } from 'apache-arrow';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inspectTable } from '../../electron/io/inspectTable';
import { openTable } from '../../electron/io/tableReader';
import {
  failureOf,
  inspect,
  inspectKinds,
  neverCancelled,
  readColumn,
  readPlain,
  writeArrow,
  writeFixture,
  writeParquet,
} from './tableFixtures';

describe('a column asked for as another kind than the file suggests', () => {
  it('gives numbers as categories in one spelling, whatever the format', async () => {
    const csv = writeFixture('a.csv', 'x,y\n1,a\n1.0,a\n2.5,a\n,a\ninf,a\n');
    const parquet = await writeParquet("SELECT unnest([1, 1.0, 2.5, NULL, 'inf'::DOUBLE]) AS x");
    const arrow = writeArrow({ x: vectorFromArray([1, 1, 2.5, null, Infinity], new Float64()) });
    for (const path of [csv, parquet, arrow]) {
      expect(await readPlain(path, 'x', 'categorical')).toEqual([
        '1',
        '1',
        '2.5',
        null,
        'Infinity',
      ]);
    }
  });

  it('gives 0 and 1 as no and yes, with the labels always the same', async () => {
    const path = writeFixture('a.csv', 'n,t,w\n1,true,no\n1,true,no\n,,\n');
    expect(await readPlain(path, 'n', 'boolean')).toEqual(['true', 'true', null]);
    expect(await readPlain(path, 'w', 'boolean')).toEqual(['false', 'false', null]);
    expect(await readColumn(path, 't', 'boolean')).toMatchObject({ labels: ['false', 'true'] });
  });

  it('gives text as numbers or dates where every value is one', async () => {
    const texts = ['1.5', null, 'NA', ' 2 ', '-inf'];
    const path = writeArrow({ x: vectorFromArray(texts, new Utf8()) });
    expect(await readPlain(path, 'x', 'numeric')).toEqual([1.5, null, null, 2, -Infinity]);
  });

  it('gives dates as categories in ISO 8601', async () => {
    const path = await writeParquet("SELECT unnest([DATE '2024-02-29', NULL]) AS day");
    expect(await readPlain(path, 'day', 'categorical')).toEqual(['2024-02-29T00:00:00.000Z', null]);
  });

  it.each([
    ['x', 'boolean', 'a.csv, row 2, column "x": the value is not yes or no.'],
    ['x', 'datetime', 'a.csv, column "x": it holds no dates (DOUBLE) where dates are expected.'],
    ['word', 'numeric', 'a.csv, row 3, column "word": the value is not a number.'],
    ['word', 'datetime', 'a.csv, row 1, column "word": the value is not a date (ISO 8601).'],
    ['word', 'boolean', 'a.csv, row 2, column "word": the value is not yes or no.'],
  ] as const)('refuses %s as %s', async (name, kind, message) => {
    const path = writeFixture('a.csv', 'x,word\n1,1\n2,7\n3,secret\n');
    const failure = await failureOf(readColumn(path, name, kind));
    expect(failure).toMatchObject({
      code: 'BAD_DATA',
      message: `${message} Nothing was recorded.`,
    });
  });

  it.each(['numeric', 'boolean'] as const)('refuses dates as %s', async (kind) => {
    const path = await writeParquet("SELECT DATE '2024-02-29' AS day");
    expect((await failureOf(readColumn(path, 'day', kind))).message).toContain(
      'it holds dates (DATE)',
    );
  });
});

describe('looking at a table', () => {
  it('does not propose numbers where one value far down is none', async () => {
    const texts = Array.from({ length: 6000 }, (_, i) => (i === 5432 ? 'about 7' : String(i / 8)));
    const path = writeArrow({ price: vectorFromArray(texts, new Utf8()) });
    expect(await inspect(path)).toMatchObject({
      columns: [
        {
          kind: 'categorical',
          role: 'ignored',
          reason: 'Mixed: most values look like a number, but row 5433 does not hold one.',
        },
      ],
      warnings: ['Column "price" is mixed: row 5433 does not hold a number.'],
    });
  });

  it('takes the columns of real data for what they are', async () => {
    const sample = fileURLToPath(
      new URL('../../resources/sample/bank-reference.csv', import.meta.url),
    );
    const features = { age: 'numeric', balance: 'numeric', campaign: 'numeric', day: 'numeric' };
    const others = {
      job: 'categorical',
      month: 'categorical',
      housing: 'boolean',
      default: 'boolean',
    };
    const expected = Object.entries({ ...features, ...others }).map(([name, kind]) => [
      name,
      `${kind} feature`,
    ]);
    expect(await inspectKinds(sample)).toMatchObject({
      ...Object.fromEntries(expected),
      y: 'boolean label',
      prediction: 'numeric prediction',
    });
  });

  it.each([60_000, 100])('reads long and short tables alike (%d rows)', async (nRows) => {
    const path = await writeParquet(`SELECT i AS n, i / 8 AS x, 'w' || i % 3 AS word,
      CASE WHEN i % 2 = 0 THEN 'NA' ELSE 'k' || i END AS key FROM range(${nRows}) r(i)`);
    const last = nRows - 1;
    expect((await readPlain(path, 'x', 'numeric')).at(-1)).toBe(last / 8);
    expect((await readPlain(path, 'n', 'categorical')).at(-1)).toBe(String(last));
    expect((await readPlain(path, 'word', 'categorical')).slice(0, 4)).toEqual([
      'w0',
      'w1',
      'w2',
      'w0',
    ]);
    expect((await readPlain(path, 'key', 'categorical')).slice(-2)).toEqual([null, `k${last}`]);
    expect(await inspect(path)).toMatchObject({
      columns: [
        { name: 'n', nDistinct: nRows, role: 'id' },
        { name: 'x', nDistinct: nRows, role: 'feature' },
        { name: 'word', nDistinct: 3, role: 'feature' },
        { name: 'key', nDistinct: nRows / 2, nMissing: nRows / 2, role: 'id' },
      ],
    });
  });

  it('gives every caller a column of its own', async () => {
    const path = writeFixture('a.csv', 'x,w\n1,p\n2,q\n');
    const table = await openTable(path, { signal: neverCancelled });
    const first = await table.readColumn('x', 'numeric');
    if (!('values' in first)) throw new Error('expected numbers');
    first.values.fill(0);
    expect(await table.readColumn('x', 'numeric')).toMatchObject({ values: Float64Array.of(1, 2) });
    table.close();
  });

  it('reports progress that never goes back', async () => {
    const path = writeFixture('a.csv', `a,b,c\n${'1,2,x\n'.repeat(1000)}`);
    const fractions: number[] = [];
    await inspectTable(
      { path },
      {
        signal: neverCancelled,
        progress: ({ fraction }) => {
          if (fraction !== null) fractions.push(fraction);
        },
      },
    );
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBeGreaterThan(0.8);
  });

  it('says the same of the same table in every format', async () => {
    const query = `SELECT i AS id, (i * 7919 % 500) / 8 AS x, ['red','green','blue'][1 + i % 3] AS colour,
      CASE WHEN i % 10 = 0 THEN NULL ELSE i % 2 END AS flag FROM range(500) r(i)`;
    const parquet = await writeParquet(query);
    const rows = Array.from({ length: 500 }, (_, i) => ({
      id: i,
      x: ((i * 7919) % 500) / 8,
      colour: ['red', 'green', 'blue'][i % 3]!,
      flag: i % 10 === 0 ? null : i % 2,
    }));
    const lines = rows.map(({ id, x, colour, flag }) => [id, x, colour, flag].join());
    const csv = writeFixture('a.csv', `id,x,colour,flag\n${lines.join('\n')}\n`);
    const arrow = writeArrow({
      id: vectorFromArray(
        rows.map(({ id }) => id),
        new Float64(),
      ),
      x: vectorFromArray(
        rows.map(({ x }) => x),
        new Float64(),
      ),
      colour: vectorFromArray(
        rows.map(({ colour }) => colour),
        new Utf8(),
      ),
      flag: vectorFromArray(
        rows.map(({ flag }) => flag),
        new Float64(),
      ),
    });
    const looked = await Promise.all([parquet, csv, arrow].map(inspect));
    const [first, ...others] = looked.map(({ columns }) =>
      columns.map(({ name, role, nMissing, nDistinct }) => ({ name, role, nMissing, nDistinct })),
    );
    expect(first).toEqual([
      { name: 'id', role: 'id', nMissing: 0, nDistinct: 500 },
      { name: 'x', role: 'feature', nMissing: 0, nDistinct: 500 },
      { name: 'colour', role: 'feature', nMissing: 0, nDistinct: 3 },
      { name: 'flag', role: 'feature', nMissing: 50, nDistinct: 2 },
    ]);
    for (const other of others) expect(other).toEqual(first);
  });
});
