import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { resize, type Assay } from './support/launch';
import { picture } from './support/picture';
import { EMPTY, ENTRANCE, SAMPLE, type Screen } from './support/screens';
import { createWorkspace, lock } from './support/workspace';

const THEMES = ['light', 'dark'] as const;
const SIZES = [
  [1280, 800],
  [1920, 1080],
] as const;

/** Pictures of every screen, to be looked at; nothing may be wider than the window. */
test.describe('pictures of every screen', () => {
  test.describe.configure({ timeout: 300_000 });

  test('before a workspace, in an empty one, and when it is locked', async ({ assay }) => {
    await photographAll(assay, assay.page(), ENTRANCE);
    await assay.page().evaluate(() => {
      location.hash = '/';
    });
    await createWorkspace(assay.page());
    await photographAll(assay, assay.page(), EMPTY);
    const locked = await lock(assay);
    await photographAll(assay, locked, [{ name: 'unlock', open: showsUnlock }]);
  });

  test('of the sample workspace', async ({ sample }) => {
    await photographAll(sample, sample.page(), SAMPLE);
  });
});

async function photographAll(assay: Assay, page: Page, screens: readonly Screen[]): Promise<void> {
  for (const [width, height] of SIZES) {
    await resize(assay, width, height);
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
    for (const { name, open } of screens)
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        await open(page);
        await picture(page, `${name}-${colorScheme}-${width}x${height}`, true);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - innerWidth,
        );
        expect.soft(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
      }
  }
}

async function showsUnlock(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: /^Unlock/ })).toBeVisible();
}
