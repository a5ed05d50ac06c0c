import { createHash } from 'node:crypto';
import { crc32, inflateSync } from 'node:zlib';
import type { PictureFacts } from '../../shared/card/picture';

/** A picture with nothing in it but what is drawn. */
export interface CleanPicture extends PictureFacts {
  readonly bytes: Uint8Array;
}

export const MAX_PICTURE_BYTES = 2 ** 20;
/** What a window and a printer can unpack without trouble: 80 MB. */
const MAX_PIXELS = 20_000_000;

/**
 * A PNG or JPEG without what is not drawn: names, places, times and programs that cameras and tools write
 * into it, previews, text, further frames and anything behind its end.
 *
 * The pixels stay as they are, so cleaning a clean picture changes nothing. How a camera was held stands
 * among what is left out: such a picture may lie on its side.
 *
 * @throws Error with one line that says what is wrong with it
 * Cost: O(bytes); a PNG is unpacked once to see that it is whole
 */
export function cleanPicture(bytes: Uint8Array): CleanPicture {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { bytes: cleaned, ...size } = view.subarray(0, 8).equals(PNG_SIGNATURE)
    ? cleanPng(view)
    : view.subarray(0, 2).equals(JPEG_START)
      ? cleanJpeg(view)
      : failed('it is neither PNG nor JPEG');
  if (cleaned.length > MAX_PICTURE_BYTES) failed('it is larger than 1 MiB');
  return {
    ...size,
    sizeBytes: cleaned.length,
    sha256: createHash('sha256').update(cleaned).digest('hex'),
    bytes: cleaned,
  };
}

function checkSize(width: number, height: number): void {
  if (width === 0 || height === 0) failed('it has no pixels');
  if (width * height > MAX_PIXELS) failed('it has more than 20 million pixels');
}

type Cleaned = Pick<CleanPicture, 'mediaType' | 'width' | 'height' | 'bytes'>;

const PNG_SIGNATURE = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');
/** Size, palette, transparency, pixels, end. */
const DRAWN_CHUNKS = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];
/** Samples of a pixel by colour type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** @source PNG (W3C Recommendation, third edition), sections 5 and 11 */
function cleanPng(bytes: Buffer): Cleaned {
  const kept: Buffer[] = [PNG_SIGNATURE];
  const pixels: Buffer[] = [];
  let header: Buffer | null = null;
  for (let at = 8; ;) {
    if (at + 12 > bytes.length) failed('it ends too early');
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) failed('it ends too early');
    const body = bytes.subarray(at + 4, end - 4);
    if (crc32(body) !== bytes.readUInt32BE(end - 4)) failed('a check sum in it is wrong');
    const type = body.toString('latin1', 0, 4);
    if ((header === null) !== (type === 'IHDR')) failed('its parts are in a wrong order');
    if (type === 'IHDR') header = body.subarray(4);
    if (type === 'IDAT') pixels.push(body.subarray(4));
    if (DRAWN_CHUNKS.includes(type)) kept.push(bytes.subarray(at, end));
    at = end;
    if (type === 'IEND') break;
  }
  const size = pngSize(header);
  const { width, height } = size;
  checkSize(width, height);
  checkPixels(size, Buffer.concat(pixels));
  return { mediaType: 'image/png', width, height, bytes: Buffer.concat(kept) };
}

interface PngSize {
  readonly width: number;
  readonly height: number;
  readonly bitsPerPixel: number;
  readonly isInterlaced: boolean;
}

function pngSize(header: Buffer | null): PngSize {
  if (header?.length !== 13) failed('its header is wrong');
  const bitsPerPixel = (SAMPLES[header.readUInt8(9)] ?? 0) * header.readUInt8(8);
  if (bitsPerPixel === 0 || bitsPerPixel > 64) failed('its header is wrong');
  return {
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    bitsPerPixel,
    isInterlaced: header.readUInt8(12) === 1,
  };
}

/** Interlaced lines are more and shorter ones; their sum is not worth a formula of its own. */
function checkPixels({ width, height, bitsPerPixel, isInterlaced }: PngSize, packed: Buffer): void {
  const lineBytes = 1 + Math.ceil((width * bitsPerPixel) / 8);
  const nBytes = lineBytes * height;
  let unpacked: Buffer;
  try {
    unpacked = inflateSync(packed, { maxOutputLength: isInterlaced ? 2 * nBytes + 64 : nBytes });
  } catch {
    failed('its pixels cannot be unpacked');
  }
  if (!isInterlaced && unpacked.length !== nBytes) failed('some of its pixels are missing');
}

const JPEG_START = Buffer.from([0xff, 0xd8]);
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
/** Baseline, extended and progressive frames; tables; restart interval; the colour transform of Adobe's. */
const FRAMES = [0xc0, 0xc1, 0xc2];
const DRAWN_SEGMENTS = [...FRAMES, 0xc4, 0xdb, 0xdd, 0xee, START_OF_SCAN];

/** @source ITU-T T.81, annex B */
function cleanJpeg(bytes: Buffer): Cleaned {
  const kept: Buffer[] = [JPEG_START];
  let size: { readonly width: number; readonly height: number } | null = null;
  let hasScan = false;
  for (let at = 2; ;) {
    if (at + 2 > bytes.length || bytes.readUInt8(at) !== 0xff) failed('it ends too early');
    const marker = bytes.readUInt8(at + 1);
    // A marker may be preceded by any number of fill bytes.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END_OF_IMAGE) break;
    if (at + 4 > bytes.length) failed('it ends too early');
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || end < at + 4) failed('it ends too early');
    if (FRAMES.includes(marker)) {
      if (end < at + 9) failed('its header is wrong');
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    const isScan = marker === START_OF_SCAN;
    const next = isScan ? endOfScan(bytes, end) : end;
    if (DRAWN_SEGMENTS.includes(marker)) kept.push(bytes.subarray(at, next));
    hasScan ||= isScan;
    at = next;
  }
  if (size === null || !hasScan) failed('there is no picture in it');
  checkSize(size.width, size.height);
  return {
    mediaType: 'image/jpeg',
    ...size,
    bytes: Buffer.concat([...kept, Buffer.from([0xff, END_OF_IMAGE])]),
  };
}

/** Where the next marker stands: pixels hold 0xFF only before 0 and in restart markers. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes[at + 1] ?? 0xff;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return failed('it ends too early');
}

function failed(reason: string): never {
  throw new Error(reason);
}
