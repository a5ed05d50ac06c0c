import { Float64, Table, Utf8, tableToIPC, vectorFromArray } from 'apache-arrow';
import * as fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMissingToken } from '../../electron/io/parseValue';
import { openTable } from '../../electron/io/tableReader';
import { tempFolder } from '../support/tempFolder';
import { neverCancelled } from './tableFixtures';

const folder = tempFolder();

interface Row {
  readonly x: number | null;
  readonly word: string | null;
}

// One line end would be a different file in CSV, and a lone surrogate is no UTF-8.
const word = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .filter((text) => !isMissingToken(text) && text.isWellFormed() && !/[\r\0]/.test(text));
const row: fc.Arbitrary<Row> = fc.record({
  // CSV has no -0: JavaScript writes it as 0.
  x: fc.option(fc.double({ noNaN: true }).map((value) => value + 0)),
  word: fc.option(word),
});
const rows = fc.array(row, { minLength: 1, maxLength: 60 });

async function readBack(path: string): Promise<readonly Row[]> {
  const table = await openTable(path, { signal: neverCancelled });
  try {
    const x = await table.readColumn('x', 'numeric');
    const words = await table.readColumn('the "word", quoted', 'categorical');
    if (!('values' in x) || !('codes' in words)) throw new Error('kinds');
    return Array.from(x.values, (value, i) => ({
      x: Number.isNaN(value) ? null : value,
      word: words.labels[words.codes[i]!] ?? null,
    }));
  } finally {
    table.close();
  }
}

function toCsv(table: readonly Row[], delimiter: string): string {
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = table.map(({ x, word: text }) =>
    [x === null ? '' : String(x), text === null ? '' : quote(text)].join(delimiter),
  );
  return [['x', '"the ""word"", quoted"'].join(delimiter), ...lines, ''].join('\n');
}

describe('what is written is read, to the last bit and in the same order', () => {
  it.each([',', ';', '\t', '|'])('CSV separated by %j', async (delimiter) => {
    const path = join(folder, 'rows.csv');
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        writeFileSync(path, toCsv(table, delimiter));
        expect(await readBack(path)).toEqual(table);
      }),
      // A comma in a quoted name and one in a quoted cell, as if commas were the delimiter.
      { numRuns: 25, examples: [[[{ x: null, word: ',' }]]] },
    );
  });

  it('Arrow', async () => {
    const path = join(folder, 'rows.arrow');
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        const columns = {
          x: vectorFromArray(
            table.map(({ x }) => x),
            new Float64(),
          ),
          'the "word", quoted': vectorFromArray(
            table.map((each) => each.word),
            new Utf8(),
          ),
        };
        writeFileSync(path, tableToIPC(new Table(columns), 'file'));
        expect(await readBack(path)).toEqual(table);
      }),
      { numRuns: 50 },
    );
  });

  it('decimals of 17 digits in CSV, as Number reads them', async () => {
    let seed = 42;
    const random = (): number =>
      (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
    const texts = Array.from({ length: 20_000 }, () => {
      const digits =
        String(Math.floor(random() * 9e8) + 1e8) + String(Math.floor(random() * 9e7) + 1e7);
      return `${random() < 0.5 ? '-' : ''}${digits[0]}.${digits.slice(1)}e${Math.floor(random() * 600) - 300}`;
    });
    const path = join(folder, 'digits.csv');
    writeFileSync(path, `x\n${texts.join('\n')}\n`);
    const table = await openTable(path, { signal: neverCancelled });
    const column = await table.readColumn('x', 'numeric');
    table.close();
    expect(column).toMatchObject({ kind: 'numeric', values: Float64Array.from(texts, Number) });
  });
});
