import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from './tempFolder';

/** A file system of its own in a folder, as large as told. */
export interface SmallDisk {
  readonly folder: string;
  setReadOnly(isReadOnly: boolean): void;
  remove(): void;
}

/** Null where this user may not mount one. */
export function mountSmallDisk(sizeKib: number): SmallDisk | null {
  const folder = join(tempFolder(), 'disk');
  mkdirSync(folder);
  try {
    mount(['-t', 'tmpfs', '-o', `size=${sizeKib}k`, 'tmpfs', folder]);
  } catch {
    return null;
  }
  return {
    folder,
    setReadOnly: (isReadOnly) => mount(['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder]),
    remove() {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function canMount(): boolean {
  const disk = mountSmallDisk(64);
  disk?.remove();
  return disk !== null;
}

function mount(args: readonly string[]): void {
  execFileSync('mount', args, { stdio: 'ignore' });
}
