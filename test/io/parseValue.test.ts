import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBoolean, parseInstant, parseNumber } from '../../electron/io/parseValue';

describe('parseNumber', () => {
  it.each([
    ['1', 1],
    [' 2.50 ', 2.5],
    ['+3', 3],
    ['-.5', -0.5],
    ['4.', 4],
    ['1e-3', 0.001],
    ['1E400', Infinity],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['+INF', Infinity],
  ])('reads %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(['', ' ', 'abc', '1,5', '1 000', '0x10', '1_000', '12abc', '1e', '--1', '€5', 'NaN'])(
    'takes %j for no number',
    (text) => {
      expect(parseNumber(text)).toBeNull();
    },
  );

  it('reads what JavaScript writes, to the last bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(parseNumber(String(value))).toBe(value + 0);
      }),
    );
  });
});

describe('parseInstant', () => {
  it.each([
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2024-02-29T23:59', Date.UTC(2024, 1, 29, 23, 59)],
    ['2024-02-29 23:59:58', Date.UTC(2024, 1, 29, 23, 59, 58)],
    ['2024-02-29T00:00:00.057Z', Date.UTC(2024, 1, 29, 0, 0, 0, 57)],
    ['2024-02-29T00:00:00,5+05:30', Date.UTC(2024, 1, 28, 18, 30, 0, 500)],
    ['2024-02-29T00:00:00-0330', Date.UTC(2024, 1, 29, 3, 30)],
    ['2024-02-29T00:00:00.123456+02', Date.UTC(2024, 1, 28, 22) + 123.456],
    ['1901-01-01', Date.UTC(1901, 0, 1)],
  ])('reads %s', (text, ms) => {
    expect(parseInstant(text)).toBe(ms);
  });

  it.each([
    '',
    '2023-02-29',
    '2024-13-01',
    '2024-01-00',
    '29/02/2024',
    '20240229',
    '2024-02',
    '2024-02-29T24:00',
  ])('takes %j for no date', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it('agrees with the ISO text of any date', () => {
    const date = fc.date({
      min: new Date('0100-01-01'),
      max: new Date('9999-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (value) => {
        expect(parseInstant(value.toISOString())).toBe(value.getTime());
      }),
    );
  });
});

describe('parseBoolean', () => {
  it('knows yes and no in the usual spellings, and nothing else', () => {
    const meanings = [
      'Yes',
      'TRUE',
      't',
      'y',
      '1',
      'no',
      'False',
      'F',
      'N',
      '0',
      'maybe',
      '2',
      '',
    ].map(parseBoolean);
    const [yes, no] = [true, false];
    expect(meanings).toEqual([yes, yes, yes, yes, yes, no, no, no, no, no, null, null, null]);
  });
});
