import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../electron/io/tableReader';
import {
  failureOf,
  inspect,
  inspectKinds,
  neverCancelled,
  readColumn,
  readPlain,
  writeFixture,
} from './tableFixtures';

function csv(content: string | Uint8Array, name = 'batch.csv'): string {
  return writeFixture(name, content);
}

describe('a CSV file that cannot be read', () => {
  it.each([
    ['empty', '', 'batch.csv: the file is empty.', {}],
    ['only a header', 'a,b\n', 'batch.csv: the file has no data rows.', {}],
    ['only a header without line end', 'a,b', 'batch.csv: the file has no data rows.', {}],
    [
      'too few values in a row',
      'a,b,c\n1,2,3\n4,5\n6,7,8\n',
      'batch.csv, row 2, column "c": the row has 2 values where the file has 3 columns.',
      { row: 2, column: 'c' },
    ],
    [
      'too many values in a row',
      'a,b,c\n1,2,3\n4,5,6\n7,8,9,10,11\n',
      'batch.csv, row 3: the row has more values than the file has columns (3).',
      { row: 3 },
    ],
    [
      'cut off in the middle of a row',
      'a,b,c\n1,2,3\n4,5',
      'batch.csv, row 2, column "c": the row has 2 values where the file has 3 columns.',
      { row: 2, column: 'c' },
    ],
    [
      'a quotation mark that is not closed',
      'a,b\n1,x\n2,"y\n3,z\n',
      'batch.csv, row 2, column "b": a quotation mark is not closed.',
      { row: 2, column: 'b' },
    ],
    [
      'numbers instead of names',
      '1.5,2.5\n3,4\n',
      'batch.csv: the first line holds numbers; it must hold the column names.',
      {},
    ],
    [
      'a blank first line',
      '\na,b\n1,2\n',
      'batch.csv: the first line is blank; it must hold the column names.',
      {},
    ],
    [
      'two kinds of line end',
      'a,b\r\n1,2\n3,4\r\n',
      'batch.csv: the file mixes two kinds of line end. Save it again with one kind.',
      {},
    ],
  ])('%s', async (_case, content, message, place) => {
    expect(await failureOf(inspect(csv(content)))).toEqual({
      code: 'BAD_DATA',
      message: `${message} Nothing was recorded.`,
      details: { file: 'batch.csv', ...place },
    });
  });

  it('names the row whose text is not UTF-8, near the start and far from it', async () => {
    const bad = Uint8Array.of(0x31, 0x2c, 0xff, 0xfe, 0x0a);
    const near = Buffer.concat([Buffer.from('a,b\n1,x\n'), bad]);
    const far = Buffer.concat([
      Buffer.from(`a,b\n${`1,${'word'.repeat(30)}\n`.repeat(10_000)}`),
      bad,
    ]);
    expect((await failureOf(inspect(csv(near)))).message).toBe(
      'batch.csv, row 2: this row is not UTF-8 text. Save the file as CSV UTF-8. Nothing was recorded.',
    );
    expect(await failureOf(inspect(csv(far)))).toEqual({
      code: 'BAD_DATA',
      message:
        'batch.csv, row 10001, column "b": the text is not UTF-8. Save the file as CSV UTF-8. Nothing was recorded.',
      details: { file: 'batch.csv', row: 10_001, column: 'b' },
    });
  });

  it('says what is wrong with UTF-16 and with binary data', async () => {
    const utf16 = Buffer.from('\ufeffa,b\n1,2\n', 'utf16le');
    const binary = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7) % 256);
    expect((await failureOf(inspect(csv(utf16)))).message).toContain('encoded as UTF-16');
    expect((await failureOf(inspect(csv(binary)))).message).toContain('binary data, not text');
  });

  it('never repeats a value of the file in the message', async () => {
    const failure = await failureOf(
      inspect(csv('a,b\n1,secret-4711\n2,secret-4712,secret-4713\n')),
    );
    expect(JSON.stringify(failure)).not.toContain('secret');
  });

  it('refuses a value longer than 1 MiB and a line longer than 8 MiB', async () => {
    const cell = await failureOf(inspect(csv(`a,b\n1,${'x'.repeat(1_100_000)}\n`)));
    const line = await failureOf(inspect(csv(`a,b\n1,2\n3,${'x'.repeat(9_000_000)}\n`)));
    expect(cell.message).toContain('row 1, column "b": the value is longer than 1 MiB.');
    expect(line.message).toContain('row 2: the row is longer than 8 MiB.');
  });
});

describe('how a CSV file is written', () => {
  it.each([
    ['comma', 'a,b\n1,2\n'],
    ['semicolon', 'a;b\n1;2\n'],
    ['tab', 'a\tb\n1\t2\n'],
    ['bar', 'a|b\n1|2\n'],
    ['Windows line ends', 'a,b\r\n1,2\r\n'],
    ['old Mac line ends', 'a,b\r1,2\r'],
    ['no last line end', 'a,b\n1,2'],
    ['byte order mark', '\ufeffa,b\n1,2\n'],
    ['quoted numbers', '"a","b"\n"1","2"\n'],
    ['spaces around numbers', 'a,b\n 1 , 2 \n'],
  ])('%s', async (_case, content) => {
    const path = csv(content);
    expect([await readPlain(path, 'a', 'numeric'), await readPlain(path, 'b', 'numeric')]).toEqual([
      [1],
      [2],
    ]);
  });

  it('keeps delimiters, quotes and line ends inside quotes', async () => {
    const path = csv('name,"a ""b"", c"\n"x, ""y""","1"\n"two\nlines",2\n');
    expect(await readPlain(path, 'name', 'categorical')).toEqual(['x, "y"', 'two\nlines']);
    expect(await readPlain(path, 'a "b", c', 'numeric')).toEqual([1, 2]);
  });

  it('reads decimal commas and says so', async () => {
    const path = csv('a;b\n1,5;x\n-2,25;y\n');
    expect(await readPlain(path, 'a', 'numeric')).toEqual([1.5, -2.25]);
    expect((await inspect(path)).warnings).toEqual(['Numbers are written with a decimal comma.']);
  });

  it('renames columns without a name or with the name of another, and says so', async () => {
    const { columns, warnings } = await inspect(csv('a,a,,a_2,b,\n1,2,3,4,5,6\n'));
    expect(columns.map(({ name }) => name)).toEqual([
      'a',
      'a_3',
      'column_3',
      'a_2',
      'b',
      'column_6',
    ]);
    expect(warnings).toEqual([
      'Column 2 has the name of an earlier one, "a"; it is called "a_3".',
      'Column 3 has no name; it is called "column_3".',
      'Column 6 has no name; it is called "column_6".',
    ]);
  });

  it('tells names that differ only in case apart, and takes names in any script', async () => {
    const path = csv('Age,age,größe,年齢,😀\n1,2,3,4,5\n');
    expect(await inspectKinds(path)).toEqual({
      Age: 'numeric feature',
      age: 'numeric feature',
      größe: 'numeric feature',
      年齢: 'numeric feature',
      '😀': 'numeric feature',
    });
    expect(await readPlain(path, 'age', 'numeric')).toEqual([2]);
  });

  it('accepts columns that are only numbered, as pandas writes them', async () => {
    const { columns } = await inspect(csv(',0,1\n0,1.5,2\n1,2.5,3\n'));
    expect(columns.map(({ name }) => name)).toEqual(['column_1', '0', '1']);
  });
});

describe('the values of a CSV file', () => {
  it('reads missing values, infinities and numbers of every spelling', async () => {
    const cells = ['1', '', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', 'None', 'inf', '-Infinity'];
    const more = ['+2', '.5', '3.', '1e3', '-0', '1e400', '5e-324'];
    const path = csv(`x,y\n${[...cells, ...more].map((cell) => `${cell},1\n`).join('')}`);
    const empty = Array.from({ length: 8 }, () => null);
    const values = await readPlain(path, 'x', 'numeric');
    expect(values).toEqual([
      1,
      ...empty,
      Infinity,
      -Infinity,
      2,
      0.5,
      3,
      1000,
      -0,
      Infinity,
      5e-324,
    ]);
  });

  it('reads a column whose later rows are no numbers as text and says which row', async () => {
    const path = csv(`a,b\n${'1,2\n'.repeat(30_000)}x,3\n4,5\n`);
    const { columns, warnings } = await inspect(path);
    expect(columns[0]).toMatchObject({ kind: 'categorical', fileType: 'VARCHAR', nDistinct: 3 });
    expect(warnings).toEqual(['Column "a" is read as text: row 30001 does not hold a number.']);
    expect(await failureOf(readColumn(path, 'a', 'numeric'))).toEqual({
      code: 'BAD_DATA',
      message: 'batch.csv, row 30001, column "a": the value is not a number. Nothing was recorded.',
      details: { file: 'batch.csv', row: 30_001, column: 'a' },
    });
  });

  it('keeps fractions that appear only far down the file', async () => {
    const path = csv(`a,b\n${'1,2\n'.repeat(30_000)}1.5,3\n`);
    const values = await readPlain(path, 'a', 'numeric');
    expect(values.at(-1)).toBe(1.5);
  });

  it('keeps the zeros that codes begin with', async () => {
    const path = csv('zip,branch,x\n01234,007,1\n99999,100,2\n');
    expect(await readPlain(path, 'zip', 'categorical')).toEqual(['01234', '99999']);
    expect(await readPlain(path, 'branch', 'categorical')).toEqual(['007', '100']);
    expect(await inspectKinds(path)).toMatchObject({
      zip: 'categorical feature',
      x: 'numeric feature',
    });
  });

  it('reads 64-bit integers as the nearest double and says so', async () => {
    const path = csv('amount,b\n9007199254740993,1\n18446744073709551615,2\n');
    const { warnings } = await inspect(path);
    expect(await readPlain(path, 'amount', 'numeric')).toEqual([
      9007199254740992, 18446744073709552000,
    ]);
    expect(warnings).toEqual([
      'Column "amount" has whole numbers beyond 2^53; they are read as the nearest double.',
    ]);
  });

  it('reads dates as UTC, with offsets where they are written', async () => {
    const dates = ['2024-02-29', '2024-02-29T12:00:00Z', '2024-02-29 12:00:00.057+02:00', ''];
    const path = csv(`when,x\n${dates.map((date) => `${date},1\n`).join('')}`);
    expect((await inspectKinds(path)).when).toBe('datetime feature');
    expect(await readPlain(path, 'when', 'datetime')).toEqual([
      Date.UTC(2024, 1, 29),
      Date.UTC(2024, 1, 29, 12),
      Date.UTC(2024, 1, 29, 10, 0, 0, 57),
      null,
    ]);
  });

  it('reads one row, a constant column and a column without values', async () => {
    expect(await inspect(csv('a,b,c\n1,,x\n'))).toMatchObject({
      nRows: 1,
      columns: [
        { name: 'a', kind: 'numeric', role: 'feature', nDistinct: 1, nMissing: 0 },
        { name: 'b', role: 'ignored', nMissing: 1, nDistinct: 0, reason: 'No row has a value.' },
        { name: 'c', kind: 'categorical', role: 'feature' },
      ],
    });
  });

  it('reads 1,000 columns', async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `x${i}`);
    const path = csv(`${names.join()}\n${`${names.map((_, i) => i).join()}\n`.repeat(3)}`);
    expect((await inspect(path)).columns).toHaveLength(1000);
    expect(await readPlain(path, 'x999', 'numeric')).toEqual([999, 999, 999]);
  });

  it('refuses more than 2,000 columns', async () => {
    const names = Array.from({ length: 2001 }, (_, i) => `x${i}`);
    const failure = await failureOf(
      inspect(csv(`${names.join()}\n${names.map(() => 1).join()}\n`)),
    );
    expect(failure.message).toContain('more than 2000 columns');
  });
});

describe('the file around the values', () => {
  it.each(['live[1].csv', "it's; drop table.csv", 'año 2024.csv', 'café.csv'])(
    'reads %s',
    async (name) => {
      expect(await readPlain(csv('a\n1\n', name), 'a', 'numeric')).toEqual([1]);
    },
  );

  it('asks for another name when the name is a pattern that matches other files', async () => {
    const path = csv('a\n1\n', 'batch*.csv');
    writeFileSync(path.replace('*', '2'), 'a\n2\n');
    expect((await failureOf(inspect(path))).message).toContain('Rename it.');
  });

  it('hands out fingerprint, progress and fresh shared memory', async () => {
    const path = csv('a,b\n1,x\n2,y\n');
    const seen: (number | null)[] = [];
    const table = await openTable(path, {
      signal: neverCancelled,
      progress: ({ fraction }) => seen.push(fraction),
    });
    const first = await table.readColumn('a', 'numeric');
    const second = await table.readColumn('a', 'numeric');
    table.close();
    expect(table.file).toEqual({
      fileName: 'batch.csv',
      sha256: '15920f3fb7c051cc15fceee84432e8803a139a9b53a4ea832c37bf1109e200cf',
      sizeBytes: 12,
    });
    expect(seen.length).toBeGreaterThan(0);
    if (!('values' in first) || !('values' in second)) throw new Error('expected numbers');
    expect(first.values.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(first.values.buffer).not.toBe(second.values.buffer);
  });

  it('stops when it is cancelled', async () => {
    const cancelled = AbortSignal.abort();
    const failure = await failureOf(openTable(csv('a\n1\n'), { signal: cancelled }));
    expect(failure.code).toBe('CANCELLED');
  });

  it('stops in the middle of a large file', async () => {
    const path = csv(`a,b\n${'1.25,2.5\n'.repeat(1_000_000)}`);
    const controller = new AbortController();
    const opening = openTable(path, {
      signal: controller.signal,
      progress: ({ activity }) => {
        if (activity.startsWith('Reading')) controller.abort();
      },
    });
    expect((await failureOf(opening)).code).toBe('CANCELLED');
  });

  it('names a column that is not there', async () => {
    expect(await failureOf(readColumn(csv('a\n1\n'), 'b', 'numeric'))).toMatchObject({
      code: 'BAD_DATA',
      details: { file: 'batch.csv', column: 'b' },
    });
  });
});
