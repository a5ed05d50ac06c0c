import { crc32, deflateRawSync } from 'node:zlib';

/** A file as a hostile or merely different program would store it. */
export interface CraftedEntry {
  readonly path: string;
  readonly content: Uint8Array;
  readonly isDeflated?: boolean;
  readonly localExtra?: Uint8Array;
  readonly centralExtra?: Uint8Array;
  readonly fileComment?: Uint8Array;
  readonly externalAttributes?: number;
  readonly versionMadeBy?: number;
  readonly flags?: number;
  readonly dosDate?: number;
  readonly internalAttributes?: number;
  /** Size that the headers claim. */
  readonly claimedSize?: number;
  /** Bytes between this entry and the next. */
  readonly gapAfter?: Uint8Array;
  /** Left out of the directory. */
  readonly isHidden?: boolean;
}

/** Writes a ZIP archive field by field; without options it is in the canonical form. */
export function craftZip(entries: readonly CraftedEntry[], comment = Buffer.alloc(0)): Buffer {
  const parts: Uint8Array[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central, stored } = headers(entry, offset);
    if (entry.isHidden !== true) directory.push(central);
    for (const part of [local, stored, entry.gapAfter ?? Buffer.alloc(0)]) {
      parts.push(part);
      offset += part.length;
    }
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, ...directory, end, comment]);
}

function headers(entry: CraftedEntry, offset: number) {
  const name = Buffer.from(entry.path);
  const stored = entry.isDeflated === true ? deflateRawSync(entry.content) : entry.content;
  const [localExtra, centralExtra, fileComment] = [
    entry.localExtra ?? Buffer.alloc(0),
    entry.centralExtra ?? Buffer.alloc(0),
    entry.fileComment ?? Buffer.alloc(0),
  ];
  const shared = Buffer.alloc(24);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(entry.flags ?? 0x0800, 2);
  shared.writeUInt16LE(entry.isDeflated === true ? 8 : 0, 4);
  shared.writeUInt16LE(entry.dosDate ?? 0x0021, 8);
  shared.writeUInt32LE(crc32(entry.content), 10);
  shared.writeUInt32LE(entry.claimedSize ?? stored.length, 14);
  shared.writeUInt32LE(entry.claimedSize ?? entry.content.length, 18);
  shared.writeUInt16LE(name.length, 22);
  const tail = Buffer.alloc(16);
  tail.writeUInt16LE(centralExtra.length, 0);
  tail.writeUInt16LE(fileComment.length, 2);
  tail.writeUInt16LE(entry.internalAttributes ?? 0, 6);
  tail.writeUInt32LE(entry.externalAttributes ?? 0, 8);
  tail.writeUInt32LE(offset, 12);
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(entry.versionMadeBy ?? 20);
  const extraLength = Buffer.alloc(2);
  extraLength.writeUInt16LE(localExtra.length);
  return {
    stored,
    local: Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, extraLength, name, localExtra]),
    central: Buffer.concat([
      Buffer.from('PK\u0001\u0002'),
      madeBy,
      shared,
      tail,
      name,
      centralExtra,
      fileComment,
    ]),
  };
}
