const MAX_DIGITS = 20;
const MAX_INT32 = 2 ** 31 - 1;
const encoder = new TextEncoder();

/**
 * Turns identifiers into keyed 53-bit hashes, exact as doubles: SipHash-2-4, its upper bits.
 *
 * Without the key nobody can tell which identifier a hash belongs to by trying them. 53 bits keep a
 * hash in one double; two of a million identifiers meet with a chance of 6e-5.
 *
 * @source Aumasson & Bernstein, INDOCRYPT 2012; test vectors of the reference implementation
 */
export class IdHasher {
  /** The four 64-bit words of the state before the first byte, each as high and low half. */
  private readonly start: Int32Array;
  private scratch = new Uint8Array(256);
  // Low half first: every platform that Electron and Node support is little-endian.
  private words = new Int32Array(this.scratch.buffer);
  /** The last hash, high and low half. */
  private readonly hash = new Uint32Array(2);

  /** @param key 16 bytes */
  constructor(key: Uint8Array) {
    if (key.length !== 16) throw new RangeError('IdHasher: the key has 16 bytes');
    const words = new DataView(key.buffer, key.byteOffset, 16);
    const [k0l, k0h, k1l, k1h] = [0, 4, 8, 12].map((at) => words.getUint32(at, true)) as [
      number,
      number,
      number,
      number,
    ]; // four offsets, four words
    this.start = Int32Array.of(
      k0h ^ 0x736f6d65,
      k0l ^ 0x70736575,
      k1h ^ 0x646f7261,
      k1l ^ 0x6e646f6d,
      k0h ^ 0x6c796765,
      k0l ^ 0x6e657261,
      k1h ^ 0x74656462,
      k1l ^ 0x79746573,
    );
  }

  text(id: string): number {
    this.reserve(id.length * 3);
    const { scratch } = this;
    for (let i = 0; i < id.length; i++) {
      const unit = id.charCodeAt(i);
      if (unit > 127) return this.upperBits(encoder.encodeInto(id, scratch).written);
      scratch[i] = unit;
    }
    return this.upperBits(id.length);
  }

  /** A whole number, as the text of its digits. */
  integer(id: number): number {
    if (id < 0 || id > Number.MAX_SAFE_INTEGER) return this.text(String(id));
    const { scratch } = this;
    let at = MAX_DIGITS;
    let rest = id;
    for (; rest > MAX_INT32;) {
      const tens = Math.floor(rest / 10);
      scratch[--at] = 48 + (rest - tens * 10);
      rest = tens;
    }
    // 32-bit arithmetic from here on, several times faster.
    let left = rest | 0;
    do {
      const tens = (left / 10) | 0;
      scratch[--at] = 48 + (left - tens * 10);
      left = tens;
    } while (left > 0);
    for (let i = at; i < MAX_DIGITS; i++) scratch[i - at] = scratch[i]!;
    return this.upperBits(MAX_DIGITS - at);
  }

  /** The whole 64-bit hash of some bytes, for the test vectors. */
  full(bytes: Uint8Array): readonly [high: number, low: number] {
    this.reserve(bytes.length);
    this.scratch.set(bytes);
    this.run(this.pad(bytes.length));
    return [this.hash[0]!, this.hash[1]!];
  }

  private reserve(nBytes: number): void {
    if (nBytes + 8 <= this.scratch.length) return;
    this.scratch = new Uint8Array(8 * Math.ceil((nBytes + 8) / 8));
    this.words = new Int32Array(this.scratch.buffer);
  }

  private upperBits(length: number): number {
    this.run(this.pad(length));
    return this.hash[0]! * 2 ** 21 + (this.hash[1]! >>> 11);
  }

  /** Fills the last word up with zeros and the length. @returns how many 64-bit words there are */
  private pad(length: number): number {
    const nWords = (length >>> 3) + 1;
    const last = nWords * 8 - 1;
    for (let i = length; i < last; i++) this.scratch[i] = 0;
    this.scratch[last] = length & 0xff;
    return nWords;
  }

  /**
   * The state lives in local variables of one function and each 64-bit word in two 32-bit halves,
   * which the engine keeps in registers: a seventh of the time of a state in an array.
   */
  private run(nWords: number): void {
    const { start, words } = this;
    let v0h = start[0]!;
    let v0l = start[1]!;
    let v1h = start[2]!;
    let v1l = start[3]!;
    let v2h = start[4]!;
    let v2l = start[5]!;
    let v3h = start[6]!;
    let v3l = start[7]!;
    // Two rounds for each word of the message, then four to finish.
    for (let w = 0; w <= nWords; w++) {
      const isEnd = w === nWords;
      const high = isEnd ? 0 : words[2 * w + 1]!;
      const low = isEnd ? 0 : words[2 * w]!;
      v3h ^= high;
      v3l ^= low;
      if (isEnd) v2l ^= 0xff;
      for (let round = isEnd ? 4 : 2; round > 0; round--) {
        let sum = (v0l + v1l) | 0;
        v0h = (v0h + v1h + (sum >>> 0 < v0l >>> 0 ? 1 : 0)) | 0;
        v0l = sum;
        let turned = ((v1h << 13) | (v1l >>> 19)) ^ v0h;
        v1l = ((v1l << 13) | (v1h >>> 19)) ^ v0l;
        v1h = turned;
        let swap = v0h;
        v0h = v0l;
        v0l = swap;
        sum = (v2l + v3l) | 0;
        v2h = (v2h + v3h + (sum >>> 0 < v2l >>> 0 ? 1 : 0)) | 0;
        v2l = sum;
        turned = ((v3h << 16) | (v3l >>> 16)) ^ v2h;
        v3l = ((v3l << 16) | (v3h >>> 16)) ^ v2l;
        v3h = turned;
        sum = (v0l + v3l) | 0;
        v0h = (v0h + v3h + (sum >>> 0 < v0l >>> 0 ? 1 : 0)) | 0;
        v0l = sum;
        turned = ((v3h << 21) | (v3l >>> 11)) ^ v0h;
        v3l = ((v3l << 21) | (v3h >>> 11)) ^ v0l;
        v3h = turned;
        sum = (v2l + v1l) | 0;
        v2h = (v2h + v1h + (sum >>> 0 < v2l >>> 0 ? 1 : 0)) | 0;
        v2l = sum;
        turned = ((v1h << 17) | (v1l >>> 15)) ^ v2h;
        v1l = ((v1l << 17) | (v1h >>> 15)) ^ v2l;
        v1h = turned;
        swap = v2h;
        v2h = v2l;
        v2l = swap;
      }
      v0h ^= high;
      v0l ^= low;
    }
    this.hash[0] = v0h ^ v1h ^ v2h ^ v3h;
    this.hash[1] = v0l ^ v1l ^ v2l ^ v3l;
  }
}
