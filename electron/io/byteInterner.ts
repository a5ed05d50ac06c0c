/**
 * Gives every distinct byte string a code, without making a JavaScript string of each value.
 *
 * A text column has few distinct values and many rows: decoding once per distinct value instead of
 * once per row is what makes it as cheap to read as numbers.
 */
export class ByteInterner {
  private slots = new Int32Array(1 << 12).fill(-1);
  private hashes = new Int32Array(1 << 11);
  private readonly entries: Uint8Array[] = [];

  get size(): number {
    return this.entries.length;
  }

  /**
   * @param isFull true when no new code may be given out
   * @returns the code of the bytes, or -1 when they are new and the interner is full
   */
  codeOf(bytes: Uint8Array, start: number, end: number, isFull: boolean): number {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let code = this.slots[slot]!; code >= 0; code = this.slots[slot]!) {
      if (this.hashes[code] === hash && isSame(this.entries[code]!, bytes, start, end)) return code;
      slot = (slot + 1) & mask;
    }
    if (isFull) return -1;
    return this.add(slot, hash, bytes.subarray(start, end));
  }

  /** The distinct byte strings, by code. */
  values(): readonly Uint8Array[] {
    return this.entries;
  }

  private add(slot: number, hash: number, entry: Uint8Array): number {
    const code = this.entries.push(entry) - 1;
    this.slots[slot] = code;
    this.hashes[code] = hash;
    if (this.entries.length === this.hashes.length) this.grow();
    return code;
  }

  private grow(): void {
    const hashes = new Int32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
    this.slots = new Int32Array(hashes.length * 2).fill(-1);
    const mask = this.slots.length - 1;
    for (let code = 0; code < this.entries.length; code++) {
      let slot = hashes[code]! & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = code;
    }
  }
}

function isSame(entry: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (entry.length !== end - start) return false;
  for (let i = 0; i < entry.length; i++) if (entry[i] !== bytes[start + i]) return false;
  return true;
}
