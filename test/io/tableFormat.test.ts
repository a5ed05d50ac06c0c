import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../electron/io/tableFormat';
import { failureOf, writeFixture } from './tableFixtures';

describe('detectFormat', () => {
  it.each(['a.csv', 'a.CSV', 'a.tsv', 'a.txt'])('takes %s with text for CSV', async (name) => {
    expect((await detectFormat(writeFixture(name, 'a\n1\n'))).format).toBe('csv');
  });

  it.each([
    ['a.csv', [0x50, 0x4b, 3, 4], 'the file is a ZIP archive or an Excel workbook.'],
    ['a.csv', [0x1f, 0x8b, 8, 0], 'the file is compressed with gzip.'],
    ['a.csv', [0x25, 0x50, 0x44, 0x46], 'the file is a PDF document.'],
    [
      'a.csv',
      [0x50, 0x41, 0x52, 0x31],
      'the name says CSV, the content is Parquet. Rename the file.',
    ],
    ['a.feather', [0x46, 0x45, 0x41, 0x31], 'the file is in the retired Feather version 1 format.'],
    ['a.arrow', [0x61, 0x2c, 0x62, 0x0a], 'the content is not Arrow.'],
    [
      'a.arrow',
      [0x50, 0x41, 0x52, 0x31],
      'the name says Arrow, the content is Parquet. Rename the file.',
    ],
    ['a.parquet', [0x50, 0x41, 0x52, 0x45], 'the Parquet file is encrypted.'],
    ['a.parquet', [0x50, 0x41, 0x52, 0x31], 'the Parquet file is cut short'],
    ['a.arrow', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], 'the Arrow file is cut short'],
    ['a.xlsx', [0x50, 0x4b, 3, 4], 'Assay reads CSV, Parquet or Arrow'],
    ['noextension', [0x61], 'Assay reads CSV, Parquet or Arrow'],
  ])('says of %s what it really is', async (name, magic, problem) => {
    const bytes = Uint8Array.from([...magic, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect((await failureOf(detectFormat(writeFixture(name, bytes)))).message).toContain(problem);
  });
});
