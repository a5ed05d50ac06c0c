import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './support/fixtures';
import { exploreSample } from './support/workspace';

test('preparing the sample shows its progress, and cancelling leaves nothing behind', async ({
  assay,
}) => {
  test.setTimeout(240_000);
  const page = assay.page();
  await page.getByRole('button', { name: /Explore the sample/ }).click();
  const progress = page.getByRole('dialog', { name: 'Preparing the sample workspace' });
  await expect(progress.getByText(/\d+ %/)).toBeVisible({ timeout: 30_000 });
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await expect(progress).toBeHidden();
  await expect(page.getByRole('button', { name: /Create workspace/ })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(existsSync(join(assay.home.userData, 'sample-workspace'))).toBe(false);

  await exploreSample(page);
  await expect(page.getByText('Sample: public passphrase')).toBeVisible();
});
