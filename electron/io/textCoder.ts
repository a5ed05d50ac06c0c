import type { RowTexts } from './tableSource';

/** Turns the texts of a column, row by row, into codes in order of first appearance. */
export interface TextCoder {
  add(text: string | null): void;
  finish(): RowTexts;
}

export function createTextCoder(nRows: number): TextCoder {
  const codes = new Int32Array(new SharedArrayBuffer(nRows * 4)).fill(-1);
  const codeOf = new Map<string, number>();
  let row = 0;
  return {
    add(text) {
      if (text !== null) {
        const code = codeOf.get(text) ?? codeOf.size;
        if (code === codeOf.size) codeOf.set(text, code);
        codes[row] = code;
      }
      row += 1;
    },
    finish: () => ({ codes, labels: [...codeOf.keys()] }),
  };
}
