import { describe, expect, it } from 'vitest';
import { toTsv } from '../../renderer/ui/delimitedText';
import { toCsv } from '../../shared/base/csvText';
import { sortRows } from '../../renderer/ui/sortRows';

describe('sortRows', () => {
  const rows = [{ v: 2 }, { v: null }, { v: 10 }, { v: 1 }];

  it('sorts numbers by value and leaves null last in both directions', () => {
    const sorted = (direction: 'ascending' | 'descending') =>
      sortRows(rows, ({ v }) => v, direction).map(({ v }) => v);
    expect([sorted('ascending'), sorted('descending')]).toEqual([
      [1, 2, 10, null],
      [10, 2, 1, null],
    ]);
  });

  it('sorts texts naturally, so that v10 follows v9', () => {
    expect(sortRows(['v10', 'V9', 'a'], (text) => text, 'ascending')).toEqual(['a', 'V9', 'v10']);
  });

  it('keeps the order of equal rows and changes nothing of its input', () => {
    const equal = [
      { k: 'a', v: 1 },
      { k: 'b', v: 1 },
    ];
    expect(sortRows(equal, ({ v }) => v, 'descending').map(({ k }) => k)).toEqual(['a', 'b']);
    expect(rows.map(({ v }) => v)).toEqual([2, null, 10, 1]);
  });
});

describe('copied tables', () => {
  const table = {
    header: ['name', 'share'],
    rows: [
      ['plain', 0.5],
      ['with "quotes", commas\nand lines', null],
      ['=HYPERLINK("x")', -1],
    ],
  } as const;

  it('quotes CSV cells and keeps a spreadsheet from taking a name for a formula', () => {
    expect(toCsv(table)).toBe(
      'name,share\r\nplain,0.5\r\n"with ""quotes"", commas\nand lines",\r\n"\'=HYPERLINK(""x"")",-1',
    );
  });

  it('keeps one line per row in tab-separated text', () => {
    expect(toTsv({ header: ['a', 'b'], rows: [['x\ty\nz', null]] })).toBe('a\tb\nx y z\t');
  });

  it('guards tab-separated text against formulas as well', () => {
    expect(toTsv(table).split('\n')[3]).toBe('\'=HYPERLINK("x")\t-1');
  });
});
