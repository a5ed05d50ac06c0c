const PLAIN_ASCII = /^[ -~\n]*$/;

/**
 * A text as it is compared when letter case and the way of writing an accent do not count.
 *
 * Full case folding by way of the upper case, so that `ß` finds `SS` and `ς` finds `σ`; compatible forms
 * (full width, ligatures) count as the plain ones. Accents themselves stay: `resume` does not find `résumé`.
 */
export function foldText(text: string): string {
  if (PLAIN_ASCII.test(text)) return text.toLowerCase();
  const upper = text.normalize('NFKC').toLowerCase().toUpperCase();
  return upper.toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
}
