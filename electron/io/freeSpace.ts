import { statfsSync } from 'node:fs';
import { AppFailure } from '../../shared/ipc/errors';

/** What a disk must keep free beside the files that are about to be written. */
export const RESERVE_BYTES = 64 * 2 ** 20;

/**
 * Refuses a task that would fill the disk, before it has written anything.
 *
 * @param task what needs the room, e.g. `A backup`
 * @throws AppFailure STORAGE when there is less free space
 */
export function requireFreeSpace(folder: string, neededBytes: number, task: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= neededBytes) return;
  throw new AppFailure(
    'STORAGE',
    `${task} needs ${Math.ceil(neededBytes / 2 ** 20)} MB of free disk space. Nothing was changed. Free some space and try again.`,
    { neededBytes, freeBytes: bavail * bsize },
  );
}
