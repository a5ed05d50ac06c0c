import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './support/accessibility';
import { answerOpen, answerSave } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { createModel, expectSignedIn, openSettings, topDialog } from './support/people';
import { pictures } from './support/picture';
import { createWorkspace, goTo, lock, PASSPHRASE, PERSON, WORKSPACE } from './support/workspace';

test('a backup is written, read again, and restored into a folder of its own', async ({
  assay,
}) => {
  test.slow();
  const { home } = assay;
  let page = assay.page();
  await createWorkspace(page);
  await createModel(page, 'Churn');

  await openSettings(page, 'Recovery & backup');
  await expect(page.getByText('Last backup: never.')).toBeVisible();
  await page.getByRole('button', { name: /^Back up this workspace/ }).click();
  const path = join(home.files, 'friday.assaybackup');
  await answerSave(assay, path);
  await topDialog(page).getByLabel('Your passphrase').fill('not this one');
  await topDialog(page)
    .getByRole('button', { name: /^Choose the place/ })
    .click();
  await expect(topDialog(page).getByRole('alert')).toContainText('passphrase is not right');
  await pictures(page, 'backup-1-refused');
  await topDialog(page).getByLabel('Your passphrase').fill(PASSPHRASE);
  await topDialog(page)
    .getByRole('button', { name: /^Choose the place/ })
    .click();
  await expect(page.getByText('Verified', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^Last backup: less than an hour ago/)).toBeVisible();
  await pictures(page, 'backup-2-written');
  await expectAccessible(page);
  expect(readdirSync(home.files)).toEqual(['friday.assaybackup']);

  page = await lock(assay);
  await page.getByRole('button', { name: 'Other workspace' }).click();
  await page.getByRole('link', { name: 'Restore from a backup' }).click();
  await pictures(page, 'backup-3-restore-empty');

  // A damaged copy is refused, and nothing is made of it.
  const damaged = join(home.files, 'damaged.assaybackup');
  writeFileSync(damaged, readFileSync(path).subarray(0, 5_000));
  await answerOpen(assay, damaged);
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await pictures(page, 'backup-4-damaged');

  await answerOpen(assay, path);
  await page.getByRole('button', { name: /^Choose (a file|another)…$/ }).click();
  await expect(page.getByText(`You sign in as ${PERSON}.`)).toBeVisible();
  await pictures(page, 'backup-5-inspected');
  await expectAccessible(page);
  const folder = join(home.files, 'restored');
  await answerOpen(assay, folder);
  await page.getByRole('button', { name: 'Choose…', exact: true }).click();
  await expect(page.getByText(folder)).toBeVisible();
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Restore and sign in' }).click();
  await expectSignedIn(page);

  // It is a workspace of its own with every record; the first one lies where it lay.
  await goTo(page, 'Models');
  await expect(page.getByRole('row', { name: /Churn/ })).toBeVisible();
  await goTo(page, 'Audit');
  await expect(page.getByRole('row', { name: /Workspace restored from a backup/ })).toBeVisible();
  await pictures(page, 'backup-6-restored');
  expect(existsSync(join(folder, 'vault.json'))).toBe(true);
  expect(existsSync(join(home.documents, 'Assay', WORKSPACE, 'vault.json'))).toBe(true);
});
