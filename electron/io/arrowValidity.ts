import type { Data } from 'apache-arrow';

/** One record batch's part of a column. */
export type Chunk = Data;

/** A value that cannot be read, with its row counted from 1. */
export class BadRow extends Error {
  constructor(
    readonly row: number,
    problem: string,
  ) {
    super(problem);
  }
}

/** Says for each position of a chunk whether it is missing, from the bitmap alone. */
export function missingTest(chunk: Chunk): ((index: number) => boolean) | null {
  const { nullBitmap, offset, length } = chunk;
  // Typed as always there, but absent in columns without missing values.
  const bits = nullBitmap as Uint8Array | null | undefined;
  if (bits === null || bits === undefined || bits.length === 0) return null;
  requireLength(bits.length * 8, offset + length);
  return (index) => {
    const bit = offset + index;
    return (bits[bit >> 3]! & (1 << (bit & 7))) === 0;
  };
}

/** A buffer shorter than its rows would be read as missing values: the file is damaged. */
export function requireLength(found: number, needed: number): void {
  if (found < needed) throw new RangeError('buffer shorter than its column');
}
