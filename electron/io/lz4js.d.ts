declare module 'lz4js' {
  /** Decompresses one LZ4 frame. */
  export function decompress(bytes: Uint8Array, maxBytes?: number): Uint8Array;
}
