import { CompressionType, compressionRegistry } from 'apache-arrow';
import { decompress as decompressZstd } from 'fzstd';
import { decompress as decompressLz4 } from 'lz4js';

let areRegistered = false;

/** Lets compressed Arrow files be read; most writers compress with LZ4 unless told otherwise. */
export function registerArrowCodecs(): void {
  if (areRegistered) return;
  areRegistered = true;
  compressionRegistry.set(CompressionType.LZ4_FRAME, {
    decode: (bytes) => aligned(decompressLz4(bytes)),
  });
  compressionRegistry.set(CompressionType.ZSTD, {
    decode: (bytes) => aligned(decompressZstd(bytes)),
  });
}

/** Numbers can be viewed only where they begin at a multiple of their size. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}
