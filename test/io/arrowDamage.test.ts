import { Dictionary, Float64, Int32, Utf8, makeVector, vectorFromArray } from 'apache-arrow';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failureOf, inspect, outcomeOf, writeArrow, writeFixture } from './tableFixtures';

describe('a damaged Arrow file', () => {
  it('names row and column of a text that is not UTF-8', async () => {
    const bytes = readFileSync(
      writeArrow({ word: vectorFromArray(['good', 'badd', 'good'], new Utf8()) }),
    );
    const at = bytes.indexOf('badd');
    bytes.fill(0xff, at, at + 4);
    expect(await failureOf(inspect(writeFixture('a.arrow', bytes)))).toMatchObject({
      message: 'a.arrow, row 2, column "word": the text is not UTF-8. Nothing was recorded.',
      details: { file: 'a.arrow', row: 2, column: 'word' },
    });
  });

  // Damaged lengths in the metadata can keep the decoder busy for ever; ending the job process is the
  // answer to those, so only the columns' own bytes are changed here.
  it('fails as BAD_DATA or reads on, whichever byte of a column is changed', async () => {
    const columns = {
      x: vectorFromArray([1, null, 3], new Float64()),
      words: vectorFromArray(['ab', 'b', null], new Dictionary(new Utf8(), new Int32())),
      s: vectorFromArray(['p', 'q', 'xyz'], new Utf8()),
    };
    const whole = readFileSync(writeArrow(columns));
    const start = whole.indexOf(Buffer.from(Float64Array.of(1).buffer));
    const end = whole.indexOf('xyz') + 3;
    const outcomes = new Set<string>();
    for (let at = start; at < end; at++) {
      const bytes = Buffer.from(whole);
      bytes[at] = bytes[at]! ^ 0xff;
      outcomes.add(await outcomeOf(writeFixture('a.arrow', bytes)));
    }
    expect([...outcomes].sort()).toEqual(['', 'BAD_DATA']);
  });

  it('asks for the name that fits the content', async () => {
    const bytes = readFileSync(writeArrow({ x: makeVector(Float64Array.of(1)) }));
    expect((await failureOf(inspect(writeFixture('a.csv', bytes)))).message).toBe(
      'a.csv: the name says CSV, the content is Arrow. Rename the file. Nothing was recorded.',
    );
  });
});
