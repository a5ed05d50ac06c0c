/** Texts as a list of Markdown, one item each; further lines of an item are indented. */
export function writeBullets(texts: readonly string[]): string {
  return texts.map((text) => `- ${text.replaceAll('\n', '\n  ')}`).join('\n');
}

/** The items of a list that {@link writeBullets} could have written; null where the text is no list. */
export function readBullets(text: string): string[] | null {
  if (!text.startsWith('- ')) return null;
  return `\n${text}`
    .split('\n- ')
    .slice(1)
    .map((item) => item.replaceAll('\n  ', '\n'));
}
