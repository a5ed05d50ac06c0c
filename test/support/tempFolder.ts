import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'assay-test-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** An empty folder that is deleted after the tests of this file. */
export function tempFolder(): string {
  return mkdtempSync(join(root, 'case-'));
}
