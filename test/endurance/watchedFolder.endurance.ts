import { describe, expect, it } from 'vitest';
import { drain, expectEachOnce, loadedFolder } from '../support/killedWatch';

const KILLS = 50;
const BATCHES = 60;
/** A file takes five steps; the steps of two files are reached from every state a kill can leave. */
const LAST_STEP = 13;

describe('the watched folder', () => {
  it(`imports each of ${BATCHES} files exactly once over ${KILLS} times kill -9`, async () => {
    const loaded = await loadedFolder(BATCHES);
    let kills = 0;
    for (let step = 1; kills < KILLS; step = (step % LAST_STEP) + 1) {
      const { code } = await drain(loaded.workspace, step);
      expect(code, `kill ${kills + 1}, step ${step}`).toBeNull();
      kills += 1;
    }
    expect(await drain(loaded.workspace)).toMatchObject({ code: 0 });
    await expectEachOnce(loaded, BATCHES);
    process.stdout.write(`watchedFolder: ${kills} kills, ${BATCHES} files, each exactly once\n`);
  });
});
