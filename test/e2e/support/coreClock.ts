import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preloadInCore } from './corePreload';
import type { Assay } from './launch';

/** Lets a test set how far the clock of core goes ahead, from the next start of core on. */
export async function holdClock(assay: Assay): Promise<(aheadMs: number) => void> {
  const path = join(assay.home.files, 'ahead');
  const setAhead = (aheadMs: number): void => writeFileSync(path, String(aheadMs));
  setAhead(0);
  await preloadInCore(
    assay,
    `const { readFileSync } = require('node:fs');
     const real = Date.now;
     const now = () => real() + Number(readFileSync(${JSON.stringify(path)}, 'utf8'));
     globalThis.Date = class extends Date {
       constructor(...args) { super(...(args.length === 0 ? [now()] : args)); }
       static now() { return now(); }
     };`,
  );
  return setAhead;
}
