const MAX_DIGITS = 20;

/**
 * Turns identifiers into keyed 53-bit hashes, exact as doubles: SipHash-2-4, its upper bits.
 *
 * Without the key nobody can tell which identifier a hash belongs to by trying them. 53 bits keep a
 * hash in one double; two of a million identifiers meet with a chance of 6e-5.
 *
 * @source Aumasson & Bernstein, INDOCRYPT 2012; test vectors of the reference implementation
 */
export class IdHasher {
  private readonly start: Uint32Array;
  private scratch = Buffer.alloc(256);
  // The four 64-bit words of the state, high and low halves.
  private readonly state = new Uint32Array(8);

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
    this.start = Uint32Array.of(
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
    const most = id.length * 3;
    if (most > this.scratch.length) this.scratch = Buffer.alloc(most);
    let length = 0;
    for (; length < id.length; length++) {
      const unit = id.charCodeAt(length);
      if (unit > 127) return this.bytes(this.scratch.write(id, 0, 'utf8'));
      this.scratch[length] = unit;
    }
    return this.bytes(length);
  }

  /** A whole number, as the text of its digits. */
  integer(id: number): number {
    if (id < 0 || id > Number.MAX_SAFE_INTEGER) return this.text(String(id));
    let at = MAX_DIGITS;
    let rest = id;
    do {
      const tens = Math.floor(rest / 10);
      this.scratch[--at] = 48 + (rest - tens * 10);
      rest = tens;
    } while (rest > 0);
    this.scratch.copyWithin(0, at, MAX_DIGITS);
    return this.bytes(MAX_DIGITS - at);
  }

  /** Hash of the first bytes of the scratch: 64 bits as [high, low], for the test vectors. */
  words(bytes: Uint8Array): readonly [high: number, low: number] {
    this.scratch = Buffer.from(bytes);
    this.run(bytes.length);
    return this.result();
  }

  private bytes(length: number): number {
    this.run(length);
    const s = this.state;
    const high = (s[0]! ^ s[2]! ^ s[4]! ^ s[6]!) >>> 0;
    const low = (s[1]! ^ s[3]! ^ s[5]! ^ s[7]!) >>> 0;
    return high * 2 ** 21 + (low >>> 11);
  }

  private result(): readonly [number, number] {
    const s = this.state;
    return [(s[0]! ^ s[2]! ^ s[4]! ^ s[6]!) >>> 0, (s[1]! ^ s[3]! ^ s[5]! ^ s[7]!) >>> 0];
  }

  private run(length: number): void {
    const s = this.state;
    s.set(this.start);
    const whole = length - (length % 8);
    for (let at = 0; at < whole; at += 8) this.absorb(this.word(at + 4, 4), this.word(at, 4));
    const left = length - whole;
    const high = this.word(whole + 4, Math.max(0, left - 4)) | ((length & 0xff) << 24);
    this.absorb(high, this.word(whole, Math.min(4, left)));
    s[5]! ^= 0xff;
    for (let i = 0; i < 4; i++) sipRound(s);
  }

  private absorb(high: number, low: number): void {
    const s = this.state;
    s[6]! ^= high;
    s[7]! ^= low;
    sipRound(s);
    sipRound(s);
    s[0]! ^= high;
    s[1]! ^= low;
  }

  /** Up to four bytes, little endian. */
  private word(at: number, nBytes: number): number {
    const b = this.scratch;
    let word = 0;
    for (let i = nBytes - 1; i >= 0; i--) word = (word << 8) | b[at + i]!;
    return word;
  }
}

/** One round on the state v0..v3, each as high and low half. */
function sipRound(s: Uint32Array): void {
  let v0h = s[0]!;
  let v0l = s[1]!;
  let v1h = s[2]!;
  let v1l = s[3]!;
  let v2h = s[4]!;
  let v2l = s[5]!;
  let v3h = s[6]!;
  let v3l = s[7]!;
  let sum = v0l + v1l;
  v0h = (v0h + v1h + (sum > 0xffffffff ? 1 : 0)) >>> 0;
  v0l = sum >>> 0;
  let high = ((v1h << 13) | (v1l >>> 19)) ^ v0h;
  v1l = (((v1l << 13) | (v1h >>> 19)) ^ v0l) >>> 0;
  v1h = high >>> 0;
  let swap = v0h;
  v0h = v0l;
  v0l = swap;
  sum = v2l + v3l;
  v2h = (v2h + v3h + (sum > 0xffffffff ? 1 : 0)) >>> 0;
  v2l = sum >>> 0;
  high = ((v3h << 16) | (v3l >>> 16)) ^ v2h;
  v3l = (((v3l << 16) | (v3h >>> 16)) ^ v2l) >>> 0;
  v3h = high >>> 0;
  sum = v0l + v3l;
  v0h = (v0h + v3h + (sum > 0xffffffff ? 1 : 0)) >>> 0;
  v0l = sum >>> 0;
  high = ((v3h << 21) | (v3l >>> 11)) ^ v0h;
  v3l = (((v3l << 21) | (v3h >>> 11)) ^ v0l) >>> 0;
  v3h = high >>> 0;
  sum = v2l + v1l;
  v2h = (v2h + v1h + (sum > 0xffffffff ? 1 : 0)) >>> 0;
  v2l = sum >>> 0;
  high = ((v1h << 17) | (v1l >>> 15)) ^ v2h;
  v1l = (((v1l << 17) | (v1h >>> 15)) ^ v2l) >>> 0;
  v1h = high >>> 0;
  swap = v2h;
  v2h = v2l;
  v2l = swap;
  s[0] = v0h;
  s[1] = v0l;
  s[2] = v1h;
  s[3] = v1l;
  s[4] = v2h;
  s[5] = v2l;
  s[6] = v3h;
  s[7] = v3l;
}
