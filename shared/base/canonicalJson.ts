/**
 * Canonical JSON (RFC 8785): one byte sequence for one value, so that it can be hashed and signed.
 *
 * @param value JSON data: null, booleans, finite numbers, strings, arrays and plain objects
 * @returns the canonical text; keys in UTF-16 code unit order, no white space
 * @throws TypeError on NaN, infinities, undefined, functions, symbols, bigints or lone surrogates
 * @source RFC 8785 (JSON Canonicalization Scheme); vectors in test/golden/jcs
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (typeof value === 'string') return canonicalString(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') return canonicalObject(value);
  throw new TypeError(`canonicalJson: a ${typeof value} has no JSON form`);
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value))
    throw new TypeError('canonicalJson: NaN and infinities have no JSON form');
  return JSON.stringify(value);
}

function canonicalString(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('canonicalJson: lone surrogate in a string');
  return JSON.stringify(value);
}

function canonicalObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('canonicalJson: only plain objects have a JSON form');
  }
  // Array.prototype.sort compares UTF-16 code units, which is the order RFC 8785 asks for.
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, item]) => `${canonicalString(key)}:${canonicalJson(item)}`).join(',')}}`;
}
