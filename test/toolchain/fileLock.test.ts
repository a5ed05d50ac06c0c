import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { withLock } from '../../scripts/fileLock.mjs';

const folder = mkdtempSync(join(tmpdir(), 'assay-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('withLock', () => {
  it('never lets two pieces of work run at the same time', async () => {
    const lock = join(folder, 'shared.lock');
    let running = 0;
    let most = 0;
    const work = () =>
      withLock(lock, async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(20);
        running -= 1;
      });
    await Promise.all([work(), work(), work()]);
    expect({ most, isLeft: existsSync(lock) }).toEqual({ most: 1, isLeft: false });
  });

  it('takes over the lock of a process that has died', async () => {
    const lock = join(folder, 'abandoned.lock');
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(lock, String(pid));
    expect(await withLock(lock, () => Promise.resolve('done'))).toBe('done');
  });

  it('lets go when the work fails', async () => {
    const lock = join(folder, 'failing.lock');
    const work = withLock(lock, () => Promise.reject(new Error('no')));
    await expect(work).rejects.toThrow('no');
    expect(readdirSync(folder)).not.toContain('failing.lock');
  });
});
