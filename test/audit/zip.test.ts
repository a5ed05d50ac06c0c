import { describe, expect, it } from 'vitest';
import { readZip, writeZip } from '../../electron/io/zip';
import { craftZip } from './zipCraft';

const FILES = new Map([
  ['b/\u00e9t\u00e9.txt', Buffer.from('summer')],
  ['a.bin', Buffer.from([0, 255])],
  ['empty', Buffer.alloc(0)],
]);

describe('ZIP', () => {
  it('gives back the files in their order', () => {
    const read = readZip(writeZip(FILES));
    expect([...read].map(([path, content]) => [path, Buffer.from(content)])).toEqual([...FILES]);
    expect(readZip(writeZip(new Map())).size).toBe(0);
  });

  it('reads from a view that does not start at the beginning of its buffer', () => {
    const bytes = writeZip(FILES);
    const larger = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]);
    const view = new Uint8Array(larger.buffer, larger.byteOffset + 6, bytes.length);
    expect([...readZip(view).keys()]).toEqual([...FILES.keys()]);
  });

  it('has one form only: what another program would write is what it writes, or refused', () => {
    const plain = craftZip([...FILES].map(([path, content]) => ({ path, content })));
    expect(Buffer.compare(plain, writeZip(FILES))).toBe(0);
  });

  it.each([
    '../a',
    'a/../b',
    '/a',
    'a//b',
    'a/',
    './a',
    '.',
    '..',
    '',
    'a\\b',
    'C:a',
    'a\u0000',
    'a\nb',
  ])('neither writes nor reads the path %j', (path) => {
    const content = Buffer.from('x');
    expect(() => writeZip(new Map([[path, content]]))).toThrow(RangeError);
    expect(() => readZip(craftZip([{ path, content }]))).toThrow(
      expect.objectContaining({ code: 'BAD_DATA' }),
    );
  });

  it('refuses names that are not UTF-8', () => {
    const bytes = craftZip([{ path: 'a\u00e9', content: Buffer.from('x') }]);
    const broken = Buffer.from(
      bytes.toString('latin1').replaceAll('\u00c3\u00a9', '\u00c3\u0028'),
      'latin1',
    );
    expect(() => readZip(broken)).toThrow('not safe');
  });

  it('keeps to its limits before it reads', () => {
    const bytes = writeZip(FILES);
    const limits = { maxBytes: bytes.length, maxEntries: 3 };
    expect(readZip(bytes, limits).size).toBe(3);
    expect(() => readZip(bytes, { ...limits, maxEntries: 2 })).toThrow('more than 2 files');
    expect(() => readZip(bytes, { ...limits, maxBytes: 10 })).toThrow('larger than 10 bytes');
  });

  it('refuses every archive that was cut short or made longer', () => {
    const bytes = Buffer.from(writeZip(FILES));
    for (let end = 0; end < bytes.length; end += 1) {
      expect(() => readZip(bytes.subarray(0, end))).toThrow(
        expect.objectContaining({ code: 'BAD_DATA' }),
      );
    }
    for (const longer of [
      Buffer.concat([Buffer.of(0), bytes]),
      Buffer.concat([bytes, Buffer.of(0)]),
    ]) {
      expect(() => readZip(longer)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    }
  });
});
