import { isMissingToken } from './parseValue';
import { MAX_SAMPLE_LABELS, type TextCounts } from './tableSource';

/** Code of a value that came after all codes were given out. */
export const BEYOND = -2;

/** Counts a coded text column; the words for "missing" count as missing. */
export function countCodes(codes: Int32Array, labels: readonly string[]): TextCounts {
  const isToken = labels.map(isMissingToken);
  let nMissing = 0;
  let nBeyond = 0;
  for (const code of codes) {
    if (code === BEYOND) nBeyond += 1;
    else if (code < 0 || isToken[code] === true) nMissing += 1;
  }
  const usable = labels.filter((_, code) => isToken[code] !== true);
  return {
    nMissing,
    nDistinct: usable.length,
    isDistinctCapped: nBeyond > 0,
    nExamined: codes.length - nMissing - nBeyond,
    sample: usable.slice(0, MAX_SAMPLE_LABELS),
  };
}
