import { createHash, hash, type Hash } from 'node:crypto';
import type { Db } from '../db/openDatabase';
import { hasKeySql, quoted, type RecordTable } from './recordTables';

/** Hashes one row: its key as a JSON array, and its values in the order of the table's columns. */
export type RowDigester = (key: string, values: readonly unknown[]) => string;

/** What stands in a string for bytes that are not UTF-8. */
const REPLACEMENT = '\uFFFD';
const SCRATCH_BYTES = 16 * 1024;

/**
 * Makes the function that hashes rows of one table, to lowercase hex.
 *
 * SHA-256 over `assay.record.v1`, the name of the table, and for every column that is not NULL, in byte
 * order of the names: its name, the letter of its type, its value. Each of them follows its length in
 * bytes (32 bits, big endian), the letter excepted. Integers (`i`) are 8 bytes in two's complement, reals
 * (`r`) 8 bytes of IEEE 754, both big endian; text (`t`) and blobs (`b`) are their bytes. A column that is
 * NULL is left out, so that a nullable column that comes later changes no digest.
 *
 * Cost: O(bytes of the row). Small rows leave no buffers behind, which many rows would wait for.
 */
export function rowDigester(db: Db, table: RecordTable): RowDigester {
  const pieces = new PieceHash(Buffer.allocUnsafe(SCRATCH_BYTES));
  const start = Buffer.concat([piece('assay.record.v1'), piece(table.name)]);
  const names = table.columns.map(piece);
  const bytesOf = textReader(db, table);
  return (key, values) => {
    pieces.add(start);
    for (const [i, name] of names.entries()) {
      const value = values[i];
      if (value === null) continue;
      pieces.add(name);
      if (typeof value === 'string') {
        pieces.addType('t');
        // The string shows bytes that are not UTF-8 as one sign, whatever they are.
        if (value.includes(REPLACEMENT)) pieces.addBytes(bytesOf(key, table.columns[i] ?? ''));
        else pieces.addText(value);
      } else if (value instanceof Uint8Array) {
        pieces.addType('b');
        pieces.addBytes(value);
      } else if (typeof value === 'bigint' || typeof value === 'number') {
        pieces.addType(typeof value === 'bigint' ? 'i' : 'r');
        pieces.addNumber(value);
      } else {
        throw new TypeError(`a ${typeof value} has no digest`);
      }
    }
    return pieces.hex();
  };
}

/** Reads one text as its bytes. */
function textReader(db: Db, table: RecordTable): (key: string, column: string) => Buffer {
  return (key, column) => {
    const bytes = db
      .prepare<[string], Buffer>(
        `WITH k (row_key) AS (VALUES (?)) SELECT CAST(r.${quoted(column)} AS BLOB)
         FROM k JOIN main.${quoted(table.name)} r ON ${hasKeySql(table, 'r', 'k.row_key')}`,
      )
      .pluck()
      .get(key);
    if (bytes === undefined) throw new Error(`a row of ${table.name} is gone`);
    return bytes;
  };
}

/** SHA-256 over the digests of rows, which must come in byte order of table and key. */
export class RecordsHash {
  private readonly pieces = new PieceHash(Buffer.allocUnsafe(SCRATCH_BYTES));

  constructor() {
    this.pieces.addText('assay.records.v1');
  }

  /** @param sha256 in lowercase hex */
  add(table: string, key: string, sha256: string): void {
    this.pieces.addText(table);
    this.pieces.addText(key);
    this.pieces.addText(sha256);
  }

  hex(): string {
    return this.pieces.hex();
  }
}

function piece(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Hands small pieces to SHA-256 together: a call for each of them would cost more than the hash. */
class PieceHash {
  private hash: Hash | null = null;
  private nHeld = 0;

  /** @param scratch SCRATCH_BYTES long, in nobody else's use */
  constructor(private readonly scratch: Buffer) {}

  /** Bytes that carry their length themselves. */
  add(bytes: Uint8Array): void {
    if (bytes.length > SCRATCH_BYTES) {
      this.flush().update(bytes);
      return;
    }
    this.makeRoom(bytes.length);
    this.scratch.set(bytes, this.nHeld);
    this.nHeld += bytes.length;
  }

  addType(letter: 'i' | 'r' | 't' | 'b'): void {
    this.makeRoom(1);
    this.scratch[this.nHeld] = letter.charCodeAt(0);
    this.nHeld += 1;
  }

  addNumber(value: bigint | number): void {
    this.addLength(8);
    this.makeRoom(8);
    this.nHeld =
      typeof value === 'bigint'
        ? this.scratch.writeBigInt64BE(value, this.nHeld)
        : this.scratch.writeDoubleBE(value, this.nHeld);
  }

  addBytes(bytes: Uint8Array): void {
    this.addLength(bytes.length);
    this.add(bytes);
  }

  addText(text: string): void {
    // No UTF-16 unit takes more than three bytes.
    if (text.length * 3 > SCRATCH_BYTES - 4) {
      this.addBytes(Buffer.from(text, 'utf8'));
      return;
    }
    this.makeRoom(4 + text.length * 3);
    const nBytes = this.scratch.write(text, this.nHeld + 4, 'utf8');
    this.nHeld = this.scratch.writeUInt32BE(nBytes, this.nHeld) + nBytes;
  }

  /** The hash of everything since the last call. */
  hex(): string {
    const held = this.scratch.subarray(0, this.nHeld);
    const hex = this.hash === null ? hash('sha256', held) : this.flush().digest('hex');
    this.hash = null;
    this.nHeld = 0;
    return hex;
  }

  private addLength(nBytes: number): void {
    this.makeRoom(4);
    this.nHeld = this.scratch.writeUInt32BE(nBytes, this.nHeld);
  }

  private makeRoom(nBytes: number): void {
    if (nBytes > SCRATCH_BYTES - this.nHeld) this.flush();
  }

  private flush(): Hash {
    this.hash ??= createHash('sha256');
    this.hash.update(this.scratch.subarray(0, this.nHeld));
    this.nHeld = 0;
    return this.hash;
  }
}
