import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A person's home folder of its own, so that no test sees what another one left behind. */
export interface Home {
  readonly folder: string;
  readonly documents: string;
  /** Where the application keeps what is not a workspace of the person's. */
  readonly userData: string;
  /** For files that a test makes. */
  readonly files: string;
}

export function makeHome(copyOf?: Home): Home {
  const folder = mkdtempSync(join(tmpdir(), 'assay-e2e-'));
  if (copyOf !== undefined) cpSync(copyOf.folder, folder, { recursive: true });
  const home = {
    folder,
    documents: join(folder, 'Documents'),
    userData: join(folder, '.config', 'assay'),
    files: join(folder, 'files'),
  };
  mkdirSync(home.documents, { recursive: true });
  mkdirSync(home.files, { recursive: true });
  mkdirSync(home.userData, { recursive: true });
  // Without this file the desktop's documents are the home folder itself.
  writeFileSync(join(folder, '.config/user-dirs.dirs'), 'XDG_DOCUMENTS_DIR="$HOME/Documents"\n');
  return home;
}

export function removeHome({ folder }: Home): void {
  // Electron may still be closing its caches.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
