import type { CARRIED_FORMATS, CardContent } from '../../shared/card/cardContent';

type Format = (typeof CARRIED_FORMATS)[number];

/** What an imported file said that our fields have no place for, to go out again in the same format. */
export function carriedFor(format: Format, other: object): CardContent['carried'] {
  const kept = compact(other);
  return isEmpty(kept) ? [] : [{ format, json: JSON.stringify(kept) }];
}

/** A document with what was carried for its format; where both say something, the document wins. */
export function withCarried(document: object, content: CardContent, format: Format): unknown {
  const json = content.carried.find((one) => one.format === format)?.json;
  return json === undefined ? document : merge(JSON.parse(json), document);
}

/** What was carried for a format; an empty object where nothing was. */
export function carriedOf(content: CardContent, format: Format): Record<string, unknown> {
  const json = content.carried.find((one) => one.format === format)?.json;
  const value: unknown = json === undefined ? {} : JSON.parse(json);
  return isObject(value) ? value : {};
}

function merge(below: unknown, above: unknown): unknown {
  if (!isObject(below) || !isObject(above)) return isEmpty(above) ? below : above;
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries(
    [...keys].map((key) => [
      key,
      Object.hasOwn(below, key) && Object.hasOwn(above, key)
        ? merge(below[key], above[key])
        : Object.hasOwn(above, key)
          ? above[key]
          : below[key],
    ]),
  );
}

/** Without empty texts, lists and objects at any depth: nobody said anything there. */
export function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact).filter((item) => !isEmpty(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]): [string, unknown] => [key, compact(item)])
      .filter(([, item]) => !isEmpty(item)),
  );
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
