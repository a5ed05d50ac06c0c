import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../shared/base/canonicalJson';
import numbers from '../golden/jcs/numbers.json';
import texts from '../golden/jcs/texts.json';

function fromBits(hex: string): number {
  return Buffer.from(hex, 'hex').readDoubleBE();
}

describe('canonicalJson', () => {
  it.each(numbers.vectors.filter(([, json]) => json !== null))('writes %s as %s', (bits, json) => {
    expect(canonicalJson(fromBits(bits!))).toBe(json);
  });

  it.each(numbers.vectors.filter(([, json]) => json === null))('refuses %s', (bits) => {
    expect(() => canonicalJson(fromBits(bits!))).toThrow(TypeError);
  });

  it.each(texts.vectors)('gives the canonical form of the RFC: $name', ({ written, canonical }) => {
    expect(canonicalJson(JSON.parse(written))).toBe(canonical);
  });

  it.each([
    ['undefined', { a: undefined }],
    ['a bigint', [1n]],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a key', { '\udc00': 1 }],
    ['a date', new Date(0)],
    ['a map', new Map()],
  ])('refuses %s', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
