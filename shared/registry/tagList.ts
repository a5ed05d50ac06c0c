import { foldText } from '../base/foldText';

/** Tags as they are kept: each once, whatever the letter case, in the order in which they were given. */
export function uniqueTags(tags: readonly string[]): readonly string[] {
  const byFold = new Map<string, string>();
  for (const tag of tags) {
    const key = foldText(tag);
    if (!byFold.has(key)) byFold.set(key, tag);
  }
  return [...byFold.values()];
}
