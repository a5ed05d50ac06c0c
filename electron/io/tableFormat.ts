import { basename, extname } from 'node:path';
import { badData } from './badData';
import { openForReading } from './fileHash';
import { MAX_FILE_BYTES } from './readLimits';

export type TableFormat = 'csv' | 'parquet' | 'arrow';

const formatOfExtension: ReadonlyMap<string, TableFormat> = new Map([
  ['.csv', 'csv'],
  ['.tsv', 'csv'],
  ['.txt', 'csv'],
  ['.parquet', 'parquet'],
  ['.pq', 'parquet'],
  ['.arrow', 'arrow'],
  ['.arrows', 'arrow'],
  ['.feather', 'arrow'],
  ['.ipc', 'arrow'],
]);

/** First bytes of kinds of file that are often mistaken for a table, with what to say. */
const foreign: readonly (readonly [magic: readonly number[], name: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive or an Excel workbook'],
  [[0x1f, 0x8b], 'compressed with gzip'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'compressed with Zstandard'],
  [[0x42, 0x5a, 0x68], 'compressed with bzip2'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG picture'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel or Word document'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'an SQLite database'],
  [[0x46, 0x45, 0x41, 0x31], 'in the retired Feather version 1 format'],
];
const SAMPLE_BYTES = 1024 ** 2;
const ACCEPTED =
  'CSV, Parquet or Arrow (.csv, .tsv, .txt, .parquet, .pq, .arrow, .arrows, .feather, .ipc)';

/**
 * What kind of table a file is. Its name and its first bytes must agree.
 *
 * @returns the format, and the first MiB of the file
 * @throws AppFailure BAD_DATA when the file is empty, too large, cut short or of another kind
 */
export async function detectFormat(
  path: string,
): Promise<{ readonly format: TableFormat; readonly head: Uint8Array }> {
  const file = basename(path);
  const claimed = formatOfExtension.get(extname(path).toLowerCase());
  if (claimed === undefined) throw badData(file, `Assay reads ${ACCEPTED} files.`);
  const { head, tail, sizeBytes } = await readEnds(path);
  if (sizeBytes === 0) throw badData(file, 'the file is empty.');
  if (sizeBytes > MAX_FILE_BYTES) throw badData(file, 'the file is larger than 2 GiB.');
  const isArrowFile = startsWith(head, 'ARROW1');
  const isParquet = startsWith(head, 'PAR1');
  const found = isParquet ? 'parquet' : isArrowFile || isArrowStream(head) ? 'arrow' : null;
  if (found !== null && found !== claimed) {
    throw badData(
      file,
      `the name says ${formatName(claimed)}, the content is ${formatName(found)}. Rename the file.`,
    );
  }
  const other = foreign.find(([magic]) => magic.every((byte, i) => head[i] === byte));
  if (other !== undefined)
    throw badData(file, `the file is ${other[1]}. Assay reads ${ACCEPTED} files.`);
  if (startsWith(head, 'PARE')) throw badData(file, 'the Parquet file is encrypted.');
  if (isParquet && !endsWith(tail, 'PAR1')) throw cutShort(file, 'Parquet');
  if (isArrowFile && !endsWith(tail, 'ARROW1')) throw cutShort(file, 'Arrow');
  if (claimed !== 'csv' && found === null)
    throw badData(file, `the content is not ${formatName(claimed)}.`);
  return { format: claimed, head };
}

function formatName(format: TableFormat): string {
  return { csv: 'CSV', parquet: 'Parquet', arrow: 'Arrow' }[format];
}

function cutShort(file: string, name: string) {
  return badData(file, `the ${name} file is cut short: its end is missing. Copy it again.`);
}

async function readEnds(path: string) {
  const handle = await openForReading(path);
  try {
    const sizeBytes = (await handle.stat()).size;
    const head = new Uint8Array(Math.min(sizeBytes, SAMPLE_BYTES));
    const tail = new Uint8Array(Math.min(sizeBytes, 8));
    await handle.read(head, 0, head.length, 0);
    await handle.read(tail, 0, tail.length, sizeBytes - tail.length);
    return { head, tail, sizeBytes };
  } finally {
    await handle.close();
  }
}

/** A stream begins with the length of its schema message, in its present or its old form. */
function isArrowStream(head: Uint8Array): boolean {
  if (head.length < 8) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.getUint32(0, true) === 0xffffffff) return view.getInt32(4, true) > 0;
  // The old form has no mark of its own; its length is small, so its high bytes are zero, as in no text.
  const lengthBytes = view.getInt32(0, true);
  return lengthBytes >= 16 && lengthBytes < 1 << 24 && lengthBytes % 8 === 4;
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));
}

function endsWith(bytes: Uint8Array, text: string): boolean {
  return (
    bytes.length >= text.length && startsWith(bytes.subarray(bytes.length - text.length), text)
  );
}
