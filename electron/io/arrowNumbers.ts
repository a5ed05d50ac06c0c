import { DataType, DateUnit, Precision, TimeUnit } from 'apache-arrow';
import { missingTest, requireLength, type Chunk } from './arrowValidity';

/**
 * Writes one chunk of a number, boolean or date column as doubles; missing values become NaN.
 *
 * @param out as many places as the chunk has rows
 */
export function fillNumbers(chunk: Chunk, out: Float64Array): void {
  decode(chunk, out);
  const isMissing = missingTest(chunk);
  if (isMissing === null) return;
  for (let i = 0; i < out.length; i++) if (isMissing(i)) out[i] = NaN;
}

function decode(chunk: Chunk, out: Float64Array): void {
  const { type } = chunk;
  if (DataType.isBool(type)) return fillBits(chunk, out);
  if (DataType.isDecimal(type)) return fillDecimals(chunk, type.scale, out);
  if (DataType.isFloat(type) && type.precision === Precision.HALF) return fillHalves(chunk, out);
  if (DataType.isDate(type)) {
    const msPerUnit = type.unit === DateUnit.DAY ? 86_400_000 : 1;
    return fillScaled(chunk, msPerUnit, 1, out);
  }
  if (DataType.isTimestamp(type)) return fillTimestamps(chunk, type.unit, out);
  return fillScaled(chunk, 1, 1, out);
}

function fillScaled(chunk: Chunk, factor: number, divisor: number, out: Float64Array): void {
  const { values } = chunk;
  requireLength(values.length, out.length);
  const isUnsigned = values instanceof BigUint64Array;
  if (!isUnsigned && !(values instanceof BigInt64Array)) {
    if (factor === 1 && divisor === 1) return out.set(values.subarray(0, out.length));
    for (let i = 0; i < out.length; i++) out[i] = (Number(values[i]) * factor) / divisor;
    return;
  }
  // High and low half apart: exact to the one rounding at the end, and free of BigInts.
  const low = new Uint32Array(values.buffer, values.byteOffset, out.length * 2);
  const high = isUnsigned ? low : new Int32Array(values.buffer, values.byteOffset, out.length * 2);
  for (let i = 0; i < out.length; i++) {
    out[i] = ((high[2 * i + 1]! * 2 ** 32 + low[2 * i]!) * factor) / divisor;
  }
}

function fillTimestamps(chunk: Chunk, unit: TimeUnit, out: Float64Array): void {
  switch (unit) {
    case TimeUnit.SECOND:
      return fillScaled(chunk, 1000, 1, out);
    case TimeUnit.MILLISECOND:
      return fillScaled(chunk, 1, 1, out);
    case TimeUnit.MICROSECOND:
      return fillScaled(chunk, 1, 1000, out);
    case TimeUnit.NANOSECOND: {
      const { values } = chunk;
      requireLength(values.length, out.length);
      // Today in nanoseconds is beyond 2^53, so a double would not hit whole milliseconds.
      for (let i = 0; i < out.length; i++) out[i] = Number(BigInt(values[i]) / 1000n) / 1000;
    }
  }
}

function fillBits(chunk: Chunk, out: Float64Array): void {
  const bits = chunk.values;
  requireLength(bits.length * 8, chunk.offset + out.length);
  for (let i = 0; i < out.length; i++) {
    const bit = chunk.offset + i;
    out[i] = (bits[bit >> 3] >> (bit & 7)) & 1;
  }
}

function fillHalves(chunk: Chunk, out: Float64Array): void {
  const halves = chunk.values;
  requireLength(halves.length, out.length);
  for (let i = 0; i < out.length; i++) out[i] = halfToDouble(Number(halves[i]));
}

function halfToDouble(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** 128 or 256 bits, little-endian words, two's complement. */
function fillDecimals(chunk: Chunk, scale: number, out: Float64Array): void {
  const words = chunk.values;
  const nWords = chunk.stride;
  requireLength(words.length, out.length * nWords);
  for (let i = 0; i < out.length; i++) {
    let unscaled = 0n;
    for (let word = nWords - 1; word >= 0; word--) {
      unscaled = (unscaled << 32n) | BigInt(words[i * nWords + word]);
    }
    // Through its digits, so that there is only one rounding.
    out[i] = Number(`${BigInt.asIntN(nWords * 32, unscaled)}e${-scale}`);
  }
}
