import { assert, constantFrom, integer, property, uint8Array } from 'fast-check';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cleanPicture } from '../../electron/card/cleanPicture';
import { JPEG, jpegSegment, PNG, pngChunk, PROGRESSIVE_JPEG } from '../support/pictures';

const SIGNATURE = PNG.subarray(0, 8);
const END = pngChunk('IEND', Buffer.alloc(0));
const SECRET = Buffer.from('Ada at 52.52 N, 13.40 E', 'latin1');

function header(width: number, height: number, [bits, colour] = [8, 6], interlace = 0): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([bits ?? 8, colour ?? 6, 0, 0, interlace], 8);
  return pngChunk('IHDR', data);
}

function png(...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([SIGNATURE, ...chunks]);
}

function pixels(nBytes: number): Buffer {
  return pngChunk('IDAT', deflateSync(Buffer.alloc(nBytes)));
}

describe('a PNG', () => {
  it('keeps its pixels and loses what tools and people wrote into it', () => {
    const before = png(
      header(2, 2, [8, 3]),
      pngChunk('tEXt', SECRET),
      pngChunk('PLTE', Buffer.from([255, 0, 0])),
      pngChunk('tRNS', Buffer.from([128])),
      pngChunk('eXIf', SECRET),
      pngChunk('acTL', Buffer.alloc(8)),
      pixels(2 * 3),
      pngChunk('tIME', Buffer.alloc(7)),
      END,
      SECRET,
    );
    const after = png(
      header(2, 2, [8, 3]),
      pngChunk('PLTE', Buffer.from([255, 0, 0])),
      pngChunk('tRNS', Buffer.from([128])),
      pixels(2 * 3),
      END,
    );
    expect(cleanPicture(before)).toEqual({
      mediaType: 'image/png',
      width: 2,
      height: 2,
      sizeBytes: after.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
      bytes: after,
    });
  });

  it('may be interlaced, and of any depth of the standard', () => {
    expect(cleanPicture(png(header(3, 3, [16, 2], 1), pixels(60), END))).toMatchObject({
      width: 3,
    });
    expect(cleanPicture(png(header(9, 1, [1, 0]), pixels(1 + 2), END))).toMatchObject({ width: 9 });
  });

  it.each([
    ['without pixels', png(header(0, 5), pixels(0), END), 'no pixels'],
    ['without its end', PNG.subarray(0, -12), 'too early'],
    ['with a part that is longer than the file', PNG.subarray(0, 40), 'too early'],
    ['with a changed byte', PNG.with(45, 0), 'check sum'],
    ['without a header', png(pixels(1), END), 'wrong order'],
    ['with two headers', png(header(1, 1), header(1, 1), END), 'wrong order'],
    ['with an unknown colour type', png(header(1, 1, [8, 5]), pixels(5), END), 'header is wrong'],
    ['with too few pixels', png(header(2, 2), pixels(9), END), 'pixels are missing'],
    ['with more pixels than it says', png(header(1, 1), pixels(1e6), END), 'cannot be unpacked'],
    ['with pixels that are none', png(header(1, 1), pngChunk('IDAT', SECRET), END), 'unpacked'],
    ['of a size no window can hold', png(header(30_000, 30_000), pixels(1), END), 'more than'],
  ])('%s is refused', (_name, bytes, reason) => {
    expect(() => cleanPicture(bytes)).toThrow(reason);
  });

  it('is refused above 1 MiB', () => {
    const noise = Buffer.alloc(1_100_000).map((_byte, i) => (i * 2_654_435_761) >>> 13);
    const stored = pngChunk('IDAT', deflateSync(noise, { level: 0 }));
    const large = png(header(1_099_999, 1, [8, 0]), stored, END);
    expect(() => cleanPicture(large)).toThrow('larger than 1 MiB');
  });
});

describe('a JPEG', () => {
  it.each([
    ['baseline', JPEG],
    ['progressive', PROGRESSIVE_JPEG],
  ])('%s keeps its pixels and loses what cameras wrote into it', (_name, picture) => {
    const clean = cleanPicture(picture);
    expect(clean).toMatchObject({ mediaType: 'image/jpeg', width: 3, height: 2 });
    const start = picture.subarray(0, 2);
    const camera = Buffer.concat([
      start,
      jpegSegment(0xe1, SECRET),
      jpegSegment(0xfe, SECRET),
      Buffer.from([0xff]),
      picture.subarray(2),
      SECRET,
    ]);
    expect(cleanPicture(camera)).toEqual(clean);
    // Nothing but the JFIF segment of 18 bytes goes from one that says nothing else.
    expect(clean.sizeBytes).toBe(picture.length - 18);
  });

  it.each([
    ['without an end', JPEG.subarray(0, -2), 'too early'],
    ['cut off in its tables', JPEG.subarray(0, 60), 'too early'],
    ['without a scan', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'no picture'],
  ])('%s is refused', (_name, bytes, reason) => {
    expect(() => cleanPicture(bytes)).toThrow(reason);
  });
});

it('other bytes are refused by what they are', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('GIF89a'), Buffer.from('<svg/>')])
    expect(() => cleanPicture(bytes)).toThrow('neither PNG nor JPEG');
});

it('a clean picture stays as it is, and damage is either refused or leaves a clean one', () => {
  const pictures = constantFrom(PNG, JPEG, PROGRESSIVE_JPEG);
  assert(
    property(pictures, integer({ min: 0, max: 700 }), uint8Array(), (picture, at, noise) => {
      const place = at % picture.length;
      const damaged = Buffer.concat([
        picture.subarray(0, place),
        noise,
        picture.subarray(place + noise.length),
      ]);
      for (const bytes of [picture, damaged]) {
        const clean = cleanOrReason(bytes);
        expect(typeof clean === 'string' ? clean : cleanPicture(clean.bytes)).toEqual(clean);
      }
    }),
    { numRuns: 500 },
  );
});

/** Only a refusal in words is caught; whatever else is thrown fails the test. */
function cleanOrReason(bytes: Uint8Array): ReturnType<typeof cleanPicture> | string {
  try {
    return cleanPicture(bytes);
  } catch (error) {
    if (error instanceof Error && error.constructor === Error) return error.message;
    throw error;
  }
}
