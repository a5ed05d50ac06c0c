/** One field of a Protocol Buffers message as it lies in the bytes. */
export interface WireField {
  readonly no: number;
  /** Of a number: its unsigned 64 bits; 0 otherwise. */
  readonly bits: bigint;
  /** Of text, bytes, a message or a fixed number: where it lies. */
  readonly bytes: Uint8Array;
}

/** Thrown where bytes are no message. */
export class WireError extends Error {}

const NOTHING = new Uint8Array(0);
const FIXED_BYTES: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/**
 * Reads the fields of one message, in their order; nothing is copied and nothing outside of the bytes is read.
 *
 * @throws WireError where a length leads out of the bytes, or a type is not one of the four in use
 * @source Protocol Buffers, Encoding (protobuf.dev)
 */
export function* wireFields(bytes: Uint8Array): Generator<WireField> {
  let at = 0;
  function varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new WireError('a number ends too early');
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new WireError('a number is too long');
  }
  while (at < bytes.length) {
    const tag = varint();
    const no = Number(tag >> 3n);
    const wire = Number(tag & 7n);
    if (wire === 0) {
      yield { no, bits: varint(), bytes: NOTHING };
      continue;
    }
    const length = wire === 2 ? Number(varint()) : FIXED_BYTES[wire];
    if (length === undefined) throw new WireError('a field has an unknown type');
    if (length > bytes.length - at) throw new WireError('a field ends too late');
    yield { no, bits: 0n, bytes: bytes.subarray(at, at + length) };
    at += length;
  }
}

/** A signed 64-bit number as far as it is exact. */
export function signed(bits: bigint): number {
  return Number(BigInt.asIntN(64, bits));
}

export function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** 32-bit floats that lie one after the other. */
export function floats(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 2 }, (_none, i) => view.getFloat32(i * 4, true));
}

/** Signed numbers of a packed field. */
export function packedInts(bytes: Uint8Array): number[] {
  const values: number[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte >= 128) continue;
    values.push(signed(BigInt.asUintN(64, value)));
    [value, shift] = [0n, 0n];
  }
  return values;
}
