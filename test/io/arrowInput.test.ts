import {
  Bool,
  CompressionType,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  Field,
  Float16,
  Float32,
  Float64,
  Int32,
  Int64,
  LargeUtf8,
  List,
  Null,
  RecordBatch,
  RecordBatchFileWriter,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Table,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint64,
  Uint8,
  Utf8,
  Utf8View,
  compressionRegistry,
  makeData,
  makeVector,
  tableToIPC,
  vectorFromArray,
  type Vector,
} from 'apache-arrow';
import { compress as compressLz4 } from 'lz4js';
import { readFileSync } from 'node:fs';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { registerArrowCodecs } from '../../electron/io/arrowCodecs';
import {
  failureOf,
  inspect,
  inspectKinds,
  outcomeOf,
  readColumn,
  readPlain,
  writeArrow,
  writeFixture,
} from './tableFixtures';

const FORMATS = ['file', 'stream'] as const;
const noon = Date.UTC(2024, 1, 29, 12);

describe.each(FORMATS)('an Arrow IPC %s', (format) => {
  it('keeps numbers of every type exactly, and takes missing values from the bitmap', async () => {
    const path = writeArrow(
      {
        double: vectorFromArray([0.1, null, Infinity, NaN], new Float64()),
        single: vectorFromArray([0.1, null, -Infinity, -0], new Float32()),
        half: vectorFromArray([0.5, null, -2, 65504], new Float16()),
        byte: vectorFromArray([255, null, 0, 1], new Uint8()),
        full: makeVector(Int32Array.of(1, -2, 3, 4)),
        flag: vectorFromArray([true, null, false, true], new Bool()),
      },
      format,
    );
    expect(await readPlain(path, 'double', 'numeric')).toEqual([0.1, null, Infinity, null]);
    expect(await readPlain(path, 'single', 'numeric')).toEqual([
      Math.fround(0.1),
      null,
      -Infinity,
      -0,
    ]);
    expect(await readPlain(path, 'half', 'numeric')).toEqual([0.5, null, -2, 65504]);
    expect(await readPlain(path, 'byte', 'numeric')).toEqual([255, null, 0, 1]);
    expect(await readPlain(path, 'full', 'numeric')).toEqual([1, -2, 3, 4]);
    expect(await readPlain(path, 'flag', 'boolean')).toEqual(['true', null, 'false', 'true']);
    expect(await readPlain(path, 'flag', 'categorical')).toEqual(['true', null, 'false', 'true']);
  });

  it('reads 64-bit integers as the nearest double, and exactly as categories', async () => {
    const signed = [9007199254740993n, null, -9223372036854775808n, -1n];
    const unsigned = [18446744073709551615n, null, 9007199254740993n, 0n];
    const path = writeArrow(
      { s: vectorFromArray(signed, new Int64()), u: vectorFromArray(unsigned, new Uint64()) },
      format,
    );
    const nearest = (value: bigint | null) => (value === null ? null : Number(value));
    const exact = (value: bigint | null) => (value === null ? null : String(value));
    expect(await readPlain(path, 's', 'numeric')).toEqual(signed.map(nearest));
    expect(await readPlain(path, 'u', 'numeric')).toEqual(unsigned.map(nearest));
    expect(await readPlain(path, 'u', 'categorical')).toEqual(unsigned.map(exact));
    expect((await inspect(path)).warnings).toHaveLength(2);
  });

  it('reads decimals with one rounding', async () => {
    const words = (value: bigint): Uint32Array =>
      Uint32Array.from({ length: 4 }, (_, i) => Number((value >> BigInt(32 * i)) & 0xffffffffn));
    const values = [words(1234567890123456789n), null, words(-1n)];
    const path = writeArrow({ money: vectorFromArray(values, new Decimal(2, 38, 128)) }, format);
    expect(await readPlain(path, 'money', 'numeric')).toEqual([
      Number('12345678901234567.89'),
      null,
      -0.01,
    ]);
  });

  it('reads dates and times of every unit and zone', async () => {
    const path = writeArrow(
      {
        day: vectorFromArray([new Date(noon), null], new DateDay()),
        ms: vectorFromArray([new Date(noon), null], new DateMillisecond()),
        stampS: vectorFromArray([noon, null], new TimestampSecond('Europe/Madrid')),
        stampMs: vectorFromArray([noon + 57, null], new TimestampMillisecond()),
        stampUs: vectorFromArray([noon + 57, null], new TimestampMicrosecond()),
        stampNs: makeVector({
          type: new TimestampNanosecond('UTC'),
          data: BigInt64Array.of(BigInt(noon) * 1_000_000n + 57_000_999n, -1_000n),
        }),
      },
      format,
    );
    expect(await readPlain(path, 'day', 'datetime')).toEqual([Date.UTC(2024, 1, 29), null]);
    expect(await readPlain(path, 'ms', 'datetime')).toEqual([noon, null]);
    expect(await readPlain(path, 'stampS', 'datetime')).toEqual([noon, null]);
    expect(await readPlain(path, 'stampMs', 'datetime')).toEqual([noon + 57, null]);
    expect(await readPlain(path, 'stampUs', 'datetime')).toEqual([noon + 57, null]);
    expect(await readPlain(path, 'stampNs', 'datetime')).toEqual([noon + 57, -0.001]);
  });

  it('reads text of every layout, with the same missing words as CSV', async () => {
    const words = ['naïve', null, 'a text longer than twelve bytes', '', 'NA', '😀', 'naïve'];
    const path = writeArrow(
      {
        utf8: vectorFromArray(words, new Utf8()),
        large: vectorFromArray(words, new LargeUtf8()),
        view: vectorFromArray(words, new Utf8View()),
        dictionary: vectorFromArray(words, new Dictionary(new Utf8(), new Int32())),
      },
      format,
    );
    const expected = ['naïve', null, 'a text longer than twelve bytes', null, null, '😀', 'naïve'];
    for (const name of ['utf8', 'large', 'view', 'dictionary']) {
      expect(await readPlain(path, name, 'categorical')).toEqual(expected);
    }
    const { columns } = await inspect(path);
    expect(columns.map(({ nMissing, nDistinct }) => [nMissing, nDistinct])).toEqual(
      columns.map(() => [3, 3]),
    );
  });

  it('reads dictionaries of numbers and dates', async () => {
    const numbers = new Dictionary(new Float64(), new Int32());
    const path = writeArrow({ x: vectorFromArray([1.5, null, 2.5, 1.5], numbers) }, format);
    expect(await readPlain(path, 'x', 'numeric')).toEqual([1.5, null, 2.5, 1.5]);
  });

  it('joins several batches', async () => {
    const parts = [[1, null], [3], [null, 5, 6]];
    const batches = parts.map(
      (part) => new Table({ x: vectorFromArray(part, new Float64()) }).batches[0]!,
    );
    const path = writeFixture('table.arrow', tableToIPC(new Table(batches), format));
    expect(await readPlain(path, 'x', 'numeric')).toEqual(parts.flat());
  });

  it('leaves nested columns out, and takes a column of nulls for an empty one', async () => {
    const list = vectorFromArray([[1, 2], [3]], new List(new Field('item', new Float64())));
    const struct = vectorFromArray(
      [{ a: 1 }, { a: 2 }],
      new Struct([new Field('a', new Float64())]),
    );
    const path = writeArrow(
      { list, struct, none: vectorFromArray([null, null], new Null()) },
      format,
    );
    expect(await inspectKinds(path)).toEqual({
      list: 'categorical ignored',
      struct: 'categorical ignored',
      none: 'numeric ignored',
    });
    expect(await readPlain(path, 'none', 'numeric')).toEqual([null, null]);
    expect((await failureOf(readColumn(path, 'list', 'categorical'))).code).toBe('BAD_DATA');
  });

  it('renames columns without a name or with the name of another', async () => {
    const fields = ['a', 'a', ''].map((name) => new Field(name, new Float64()));
    const children = fields.map(({ type }) => makeData({ type, data: Float64Array.of(1) }));
    const schema = new Schema(fields);
    const batch = new RecordBatch(
      schema,
      makeData({ type: new Struct(fields), length: 1, children }),
    );
    const path = writeFixture('table.arrow', tableToIPC(new Table(schema, [batch]), format));
    const { columns, warnings } = await inspect(path);
    expect(columns.map(({ name }) => name)).toEqual(['a', 'a_2', 'column_3']);
    expect(warnings).toHaveLength(2);
  });

  it('refuses a file without rows', async () => {
    const path = writeArrow({ x: vectorFromArray([], new Float64()) }, format);
    expect((await failureOf(inspect(path))).message).toContain('the file has no data rows.');
  });

  it('reads 1,000 columns', async () => {
    const columns = Array.from({ length: 1000 }, (_, i) => [
      `x${i}`,
      makeVector(Float64Array.of(i, 1)),
    ]);
    const path = writeArrow(Object.fromEntries(columns) as Record<string, Vector>, format); // entries of vectors
    expect((await inspect(path)).columns).toHaveLength(1000);
    expect(await readPlain(path, 'x999', 'numeric')).toEqual([999, 1]);
  });

  it('never reads a truncated file as a whole one without saying so', async () => {
    const words = vectorFromArray(['a', 'b', null], new Dictionary(new Utf8(), new Int32()));
    const whole = readFileSync(
      writeArrow({ x: vectorFromArray([1, 2, 3], new Float64()), words }, format),
    );
    const outcomes = new Set<string>();
    for (let length = 0; length < whole.length - 8; length += 7) {
      outcomes.add(await outcomeOf(writeFixture('cut.arrow', whole.subarray(0, length))));
    }
    const unsure = 'The Arrow stream has no end mark: rows may be missing.';
    expect([...outcomes].filter((outcome) => outcome !== 'BAD_DATA' && outcome !== unsure)).toEqual(
      [],
    );
    expect(outcomes).toContain('BAD_DATA');
  });

  it.each([
    ['LZ4', CompressionType.LZ4_FRAME, (bytes: Uint8Array) => compressLz4(bytes)],
    ['ZSTD', CompressionType.ZSTD, (bytes: Uint8Array) => zstdCompressSync(bytes)],
  ])('reads %s-compressed batches', async (_name, codec, encode) => {
    registerArrowCodecs();
    const decode = compressionRegistry.get(codec)?.decode;
    compressionRegistry.set(codec, { decode, encode });
    const Writer = format === 'file' ? RecordBatchFileWriter : RecordBatchStreamWriter;
    const values = Array.from({ length: 3000 }, (_, i) => (i % 10 === 0 ? null : i / 7));
    const words = values.map((_, i) => `word ${i % 5}`);
    const table = new Table({
      x: vectorFromArray(values, new Float64()),
      word: vectorFromArray(words, new Dictionary(new Utf8(), new Int32())),
    });
    const bytes = Writer.writeAll(table, { compressionType: codec }).toUint8Array(true);
    const path = writeFixture('table.feather', bytes);
    expect(await readPlain(path, 'x', 'numeric')).toEqual(values);
    expect(await readPlain(path, 'word', 'categorical')).toEqual(words);
  });
});

describe('Arrow dictionaries that differ between batches', () => {
  const type = new Dictionary(new Utf8(), new Int32(), 7);
  const schema = new Schema([new Field('word', type, true)]);

  function batchOf(labels: readonly string[], keys: readonly number[]): RecordBatch {
    const dictionary = vectorFromArray(labels, new Utf8());
    const data = makeData({ type, data: Int32Array.from(keys), length: keys.length, dictionary });
    const struct = makeData({
      type: new Struct(schema.fields),
      length: keys.length,
      children: [data],
    });
    return new RecordBatch(schema, struct);
  }

  function writeStream(batches: readonly RecordBatch[]): string {
    const writer = new RecordBatchStreamWriter();
    for (const batch of batches) writer.write(batch);
    writer.finish();
    return writeFixture('table.arrows', writer.toUint8Array(true));
  }

  it('reads every batch by its own dictionary', async () => {
    const path = writeStream([
      batchOf(['red', 'green'], [0, 1, 1]),
      batchOf(['green', 'blue', 'red'], [0, 1, 2]),
    ]);
    const column = await readColumn(path, 'word', 'categorical');
    expect(column).toMatchObject({ labels: ['red', 'green', 'blue'] });
    expect(await readPlain(path, 'word', 'categorical')).toEqual([
      'red',
      'green',
      'green',
      'green',
      'blue',
      'red',
    ]);
  });

  it('hands out only labels that occur', async () => {
    const path = writeStream([batchOf(['unused', 'red', 'not 1 number'], [1, 1])]);
    expect(await readColumn(path, 'word', 'categorical')).toMatchObject({ labels: ['red'] });
    expect(await inspect(path)).toMatchObject({ columns: [{ nDistinct: 1 }] });
  });

  it('refuses a key outside its dictionary', async () => {
    const path = writeStream([batchOf(['red'], [0, 5])]);
    expect((await failureOf(inspect(path))).message).toContain(
      'column "word": the Arrow data is damaged',
    );
  });
});
