import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from './findViolations';

const isSource = /\.(tsx?|mjs|cjs|css|html)$/;

/** Every source file below the given folders of the checkout. */
export function readSourceFiles(folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => isSource.test(name))
      .map((name) => join(folder, name))
      .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(path, 'utf8') })),
  );
}
