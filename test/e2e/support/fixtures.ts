import { test as base, expect } from '@playwright/test';
import { makeHome, removeHome, type Home } from './home';
import { launchAssay, type Assay } from './launch';
import { exploreSample } from './workspace';

interface OwnFixtures {
  /** Starts the application with a home folder of its own; it is closed after the test. */
  readonly start: (home?: Home) => Promise<Assay>;
  /** A fresh application: nothing on this machine yet. */
  readonly assay: Assay;
}

interface SharedFixtures {
  /** A home folder with the sample workspace in it, to be copied. */
  readonly sampleHome: Home;
  /** The sample workspace, open; shared, so only for tests that change nothing. */
  readonly sample: Assay;
}

export const test = base.extend<OwnFixtures, SharedFixtures>({
  // The first parameter says what a fixture needs; these need nothing but the launch itself.
  start: async ({ playwright: _playwright }, provide, testInfo) => {
    const started: Assay[] = [];
    await provide(async (home) => {
      const assay = await launchAssay(home);
      started.push(assay);
      return assay;
    });
    const isFailed = testInfo.status !== testInfo.expectedStatus;
    for (const [i, assay] of started.entries()) {
      if (isFailed) await photograph(assay, testInfo.outputPath(`window-${i + 1}.png`));
      await leave(assay);
    }
  },
  assay: async ({ start }, provide) => provide(await start()),
  sampleHome: [
    async ({ playwright: _playwright }, provide) => {
      const assay = await launchAssay();
      await exploreSample(assay.page());
      await assay.app.close();
      await provide(assay.home);
      removeHome(assay.home);
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  sample: [
    async ({ sampleHome }, provide) => {
      const assay = await launchAssay(makeHome(sampleHome));
      await exploreSample(assay.page());
      await provide(assay);
      await leave(assay);
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

export { expect } from '@playwright/test';

/** Closes the application; holds when no window had an error of its own. */
export async function leave(assay: Assay): Promise<void> {
  await assay.app.close();
  removeHome(assay.home);
  expect(assay.complaints).toEqual([]);
}

async function photograph(assay: Assay, path: string): Promise<void> {
  // A window that is gone has no picture.
  await assay
    .page()
    .screenshot({ path })
    .catch(() => null);
}
