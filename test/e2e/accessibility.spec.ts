import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';
import { EMPTY, ENTRANCE, SAMPLE } from './support/screens';
import { createWorkspace, goTo, lock, rowOf } from './support/workspace';

const THEMES = ['light', 'dark'] as const;

for (const colorScheme of THEMES) {
  test.describe(`axe has no serious finding in the ${colorScheme} theme`, () => {
    test.describe.configure({ timeout: 180_000 });

    test('before a workspace, in an empty one, and when it is locked', async ({ assay }) => {
      const page = assay.page();
      await page.emulateMedia({ colorScheme });
      for (const { name, open } of ENTRANCE)
        await test.step(name, async () => {
          await open(page);
          await expectAccessible(page);
        });
      await page.evaluate(() => {
        location.hash = '/';
      });
      await createWorkspace(page);
      for (const { name, open } of EMPTY)
        await test.step(name, async () => {
          await open(page);
          await expectAccessible(page);
        });
      const locked = await lock(assay);
      await locked.emulateMedia({ colorScheme });
      await expect(locked.getByRole('heading', { name: /^Unlock/ })).toBeVisible();
      await expectAccessible(locked);
    });

    for (const { name, open } of SAMPLE) {
      test(name, async ({ sample }) => {
        const page = sample.page();
        await page.emulateMedia({ colorScheme });
        await open(page);
        await expectAccessible(page);
      });
    }

    test('dialogs', async ({ sample }) => {
      const page = sample.page();
      await page.emulateMedia({ colorScheme });
      await goTo(page, 'Monitoring');
      await page.getByRole('button', { name: 'Change policy…' }).click();
      await expect(page.getByRole('dialog', { name: 'Change the drift policy' })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await goTo(page, 'Audit');
      await rowOf(page, /^Audit events/, /Model registered/).click();
      await expect(page.getByRole('dialog', { name: /Model registered/ })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Export package…' }).click();
      await page.getByRole('button', { name: 'Show what will be signed' }).click();
      await expect(page.getByRole('dialog', { name: /^Sign the audit package/ })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await goTo(page, 'Settings');
      await page.getByRole('tab', { name: 'People' }).click();
      await rowOf(page, /^People who/, /Administrator/)
        .first()
        .click();
      await expect(page.getByRole('heading', { name: 'Signing key' })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Add person' }).click();
      await expect(page.getByRole('dialog', { name: 'Add person' })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('listbox', { name: 'Results' })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
    });
  });
}
