import { expect, test } from './support/fixtures';
import { nextWindow } from './support/launch';
import { createWorkspace, PASSPHRASE, unlock, WORKSPACE } from './support/workspace';

const MINUTE_MS = 60_000;
const LOCKS_AFTER_MS = 10 * MINUTE_MS;

test('warns after a while without use, and stays open when the person comes back', async ({
  assay,
}) => {
  const page = assay.page();
  await createWorkspace(page);
  await page.clock.install();
  await page.clock.fastForward(LOCKS_AFTER_MS - MINUTE_MS / 2);
  await expect(page.getByText(/It locks in \d+ s/)).toBeVisible();
  await page.keyboard.press('Shift');
  await expect(page.getByText(/It locks in \d+ s/)).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
});

test('locks by itself when nobody comes back', async ({ assay }) => {
  await createWorkspace(assay.page());
  const page = await nextWindow(assay, async () => {
    await assay.page().clock.install();
    await assay.page().clock.fastForward(LOCKS_AFTER_MS + MINUTE_MS);
  });
  await expect(page.getByRole('heading', { name: `Unlock ${WORKSPACE}` })).toBeVisible();
  await unlock(page, PASSPHRASE);
  await page.getByRole('link', { name: 'Audit', exact: true }).click();
  await expect(page.getByRole('row', { name: /Workspace locked/ })).toContainText('idle');
});
