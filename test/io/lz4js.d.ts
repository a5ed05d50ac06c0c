// The root of the application has the same: each root is type-checked on its own.
declare module 'lz4js' {
  /** Decompresses one LZ4 frame. */
  export function decompress(bytes: Uint8Array, maxBytes?: number): Uint8Array;
  /** Compresses into one LZ4 frame. */
  export function compress(bytes: Uint8Array, maxBytes?: number): Uint8Array;
}
