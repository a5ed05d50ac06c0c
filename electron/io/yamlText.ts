import { FAILSAFE_SCHEMA, load, nullCoreTag, realMapTag } from 'js-yaml';

/** YAML as it is written: every scalar stays text, so that `no`, `010` and `12e45` are what they look like. */
export type YamlTree = string | null | readonly YamlTree[] | YamlMap;
export type YamlMap = ReadonlyMap<string, YamlTree>;

/** Text, null, lists and maps; no other tag is known, so none can build anything else. */
const SCHEMA = FAILSAFE_SCHEMA.withTags(nullCoreTag, realMapTag);
const MAX_DEPTH = 60;
const MAX_ALIASES = 1000;
/** Nodes that are visited, with what aliases repeat: bounds what a few nested aliases can unfold to. */
const MAX_NODES = 200_000;

/**
 * Reads one YAML document of a foreign system.
 *
 * @returns scalars as text, also numbers and booleans; null where nothing or `null` is written without quotes
 * @throws Error with one line that says what is wrong
 */
export function parseYaml(text: string): YamlTree {
  const value: unknown = load(text, {
    schema: SCHEMA,
    maxDepth: MAX_DEPTH,
    maxAliases: MAX_ALIASES,
  });
  let nLeft = MAX_NODES;
  function toTree(node: unknown, depth: number): YamlTree {
    nLeft -= 1;
    if (nLeft < 0) throw new Error('its aliases unfold to too much');
    if (depth > MAX_DEPTH) throw new Error('it is nested too deeply');
    if (typeof node === 'string') return node.toWellFormed();
    if (Array.isArray(node)) return node.map((item) => toTree(item, depth + 1));
    if (node instanceof Map) return toMap(node, depth);
    return null;
  }
  function toMap(node: ReadonlyMap<unknown, unknown>, depth: number): YamlMap {
    const entries = [...node].map(([key, item]): [string, YamlTree] => {
      if (typeof key !== 'string' && key !== null) throw new Error('a key is not text');
      return [(key ?? 'null').toWellFormed(), toTree(item, depth + 1)];
    });
    return new Map(entries);
  }
  return toTree(value, 0);
}

/** The text under a key; null where there is none. */
export function textAt(map: YamlMap, key: string): string | null {
  const value = map.get(key);
  return typeof value === 'string' ? value : null;
}

/** The map under a key; an empty one where there is none. */
export function mapAt(map: YamlMap, key: string): YamlMap {
  const value = map.get(key);
  return value instanceof Map ? value : new Map();
}
