import { DataType } from 'apache-arrow';
import { requireLength, type Chunk } from './arrowValidity';

/** Where the bytes of a chunk's value are. */
interface ByteRange {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Finds the bytes of any value of a text chunk without decoding them. */
export function textRanges(chunk: Chunk): (index: number) => ByteRange {
  const find = DataType.isUtf8View(chunk.type) ? viewRanges(chunk) : offsetRanges(chunk);
  return (index) => {
    const range = find(index);
    requireLength(range.start, 0);
    requireLength(range.end, range.start);
    requireLength(range.bytes.length, range.end);
    return range;
  };
}

function offsetRanges(chunk: Chunk): (index: number) => ByteRange {
  const { valueOffsets, values } = chunk;
  requireLength(valueOffsets.length, chunk.length === 0 ? 0 : chunk.length + 1);
  return (index) => ({
    bytes: values,
    start: Number(valueOffsets[index]),
    end: Number(valueOffsets[index + 1]),
  });
}

const VIEW_BYTES = 16;
const INLINE_BYTES = 12;

/** Short texts are inside their view, long ones in one of several buffers. */
function viewRanges(chunk: Chunk): (index: number) => ByteRange {
  const views: Uint8Array = chunk.values;
  requireLength(views.length, chunk.length * VIEW_BYTES);
  const fields = new DataView(views.buffer, views.byteOffset, views.byteLength);
  return (index) => {
    const at = index * VIEW_BYTES;
    const nBytes = fields.getInt32(at, true);
    if (nBytes <= INLINE_BYTES) return { bytes: views, start: at + 4, end: at + 4 + nBytes };
    const bytes = chunk.variadicBuffers[fields.getInt32(at + 8, true)];
    if (bytes === undefined) throw new RangeError('missing text buffer');
    const start = fields.getInt32(at + 12, true);
    return { bytes, start, end: start + nBytes };
  };
}
