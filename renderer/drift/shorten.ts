/** A text by its first letters where it is longer than a picture has room for. */
export function shorten(text: string, nLetters: number): string {
  const letters = [...text];
  return letters.length > nLetters ? `${letters.slice(0, nLetters - 1).join('')}…` : text;
}
