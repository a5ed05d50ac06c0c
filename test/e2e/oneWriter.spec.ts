import { join } from 'node:path';
import { answerOpen } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { launchAssay } from './support/launch';
import { createWorkspace, lock, PASSPHRASE, unlock, WORKSPACE } from './support/workspace';

test('a workspace that is open in one window is refused in another one', async ({
  assay,
  start,
}) => {
  await createWorkspace(assay.page());
  const other = await start();
  const page = other.page();
  await answerOpen(other, join(assay.home.documents, 'Assay', WORKSPACE));
  await page.getByRole('button', { name: /Open workspace/ }).click();
  await unlock(page, PASSPHRASE);
  await expect(page.getByRole('alert').filter({ hasText: 'ASSAY-CONFLICT' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();

  await lock(assay);
  await unlock(page, PASSPHRASE);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
});

test('starting Assay a second time shows the window that is there', async ({ assay }) => {
  const isSecondRefused = await launchAssay(assay.home).then(
    () => false,
    () => true,
  );
  expect(isSecondRefused).toBe(true);
  await expect(assay.page().getByRole('button', { name: /Create workspace/ })).toBeVisible();
});
