import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/**
 * Copies an encrypted database to a private place, to be read there.
 *
 * SQLite cannot open a file in WAL mode where it may not write (ADR-0003). The copy is as encrypted as the
 * original.
 */
export function copyForReading(path: string): {
  readonly path: string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'assay-reading-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, basename(path));
    for (const suffix of ['', '-wal']) {
      if (existsSync(`${path}${suffix}`)) copyFileSync(`${path}${suffix}`, `${copy}${suffix}`);
    }
    return { path: copy, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
