import { test as base, type Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './support/accessibility';
import { answerOpen } from './support/dialogs';
import { expect, leave } from './support/fixtures';
import { launchAssay, type Assay } from './support/launch';
import { topDialog } from './support/people';
import { pictures } from './support/picture';
import { exploreSample, goTo } from './support/workspace';

/** From an empty catalogue to a feature with its basis, its users and its history. */
base.describe.serial('the feature catalogue', () => {
  const test = base;
  test.describe.configure({ timeout: 120_000 });
  let assay: Assay;
  let page: Page;
  test.beforeAll(async () => {
    test.setTimeout(120_000);
    assay = await launchAssay();
    page = assay.page();
    await exploreSample(page);
  });
  test.afterAll(() => leave(assay));

  test('takes the columns of a file, with what a person says about each', async () => {
    await goTo(page, 'Features');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Features');
    await pictures(page, 'features-1-empty');
    const path = join(assay.home.files, 'clients.csv');
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${20 + i},c${i}@example.org,${i % 7},A${i % 3}`,
    );
    writeFileSync(path, `age,contact,previous,diagnosis\n${rows.join('\n')}\n`);
    await answerOpen(assay, path);
    await page.getByRole('button', { name: 'Import…' }).click();
    const dialog = topDialog(page);
    await dialog.getByRole('button', { name: 'Choose a file…' }).click();
    await expect(dialog).toContainText('clients.csv has 4 features; 3 may say something');
    await expect(dialog.getByRole('row', { name: /contact/ })).toContainText('100 % of its values');
    await dialog.getByRole('button', { name: 'Confirm all hints' }).click();
    await dialog.getByRole('checkbox', { name: 'Add contact' }).uncheck();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Catalogue of the campaign');
    await pictures(page, 'features-2-import');
    await dialog.getByRole('button', { name: 'Add 3 features' }).click();
    await expect(
      page.getByText('3 features; 2 say something about people, 1 is not'),
    ).toBeVisible();
    await expect(page.getByRole('row', { name: /^diagnosis/ })).toContainText('Special category');
    await pictures(page, 'features-3-list');
    await expectAccessible(page);
  });

  test('says who uses a feature, and keeps every revision', async () => {
    await page.getByRole('row', { name: /^age/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('age');
    await expect(page.getByText(/^A change reaches \d+ versions? of 1 model/)).toBeVisible();
    await page.getByRole('button', { name: 'Change…' }).click();
    const dialog = topDialog(page);
    await dialog.getByRole('textbox', { name: 'Description' }).fill('Age of the client, years');
    await dialog.getByRole('combobox', { name: 'Lawful basis' }).click();
    await page.getByRole('option', { name: 'Legitimate interests, Art. 6(1)(f)' }).click();
    await dialog.getByRole('textbox', { name: 'Kept for (days)' }).fill('730');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Agreed with Legal');
    await pictures(page, 'features-4-change');
    await dialog.getByRole('button', { name: 'Save as a new revision' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByText('730 days')).toBeVisible();
    await expect(page.getByRole('row', { name: /Agreed with Legal/ })).toBeVisible();
    await pictures(page, 'features-5-feature');
    await expectAccessible(page);
  });
});
