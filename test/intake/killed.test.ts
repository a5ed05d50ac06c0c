import { describe, expect, it } from 'vitest';
import { drain, expectEachOnce, loadedFolder } from '../support/killedWatch';

/** Three own folders, then per file: claim, sidecar, data, receipt, move. */
const STEPS = [4, 5, 6, 7, 8] as const;

describe('kill -9 while the watched folder is drained', () => {
  it('at any step of a file leaves every file imported exactly once', async () => {
    const loaded = await loadedFolder(2);
    for (const step of STEPS) {
      const killed = await drain(loaded.workspace, step);
      expect(killed, `step ${step}`).toMatchObject({ code: null });
    }
    expect(await drain(loaded.workspace)).toMatchObject({ code: 0 });
    await expectEachOnce(loaded, 2);
  });
});
