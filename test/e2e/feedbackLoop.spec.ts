import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './support/accessibility';
import { answerOpen } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { topDialog } from './support/people';
import { pictures } from './support/picture';
import { exploreSample, goTo } from './support/workspace';

test('rules ask for retraining, and rollbacks reach an outbox that a person chose', async ({
  assay,
}) => {
  test.setTimeout(240_000);
  const page = assay.page();
  await exploreSample(page);
  await goTo(page, 'Models');
  await page.getByRole('row', { name: /Term deposit subscription/ }).click();
  await page.getByRole('tab', { name: 'Hand-off' }).click();

  await test.step('a rule whose condition holds drafts a packet at once', async () => {
    await expect(page.getByText(/^No rule asks for retraining/)).toBeVisible();
    await page.getByRole('button', { name: 'Retraining rules…' }).click();
    const dialog = topDialog(page);
    await dialog.getByRole('button', { name: 'Add a rule' }).click();
    await dialog.getByRole('combobox', { name: 'Train anew when' }).click();
    await page.getByRole('option', { name: 'labelled rows came in' }).click();
    await dialog.getByRole('textbox', { name: 'Rows' }).fill('100');
    await dialog.getByRole('button', { name: 'Add a rule' }).click();
    await dialog.getByLabel('Reason').fill('Agreed with the product owner');
    await pictures(page, 'loop-1-rules');
    await dialog.getByRole('button', { name: 'Save rules' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    const rules = page.getByRole('table', { name: 'Retraining rules' });
    await expect(rules.getByRole('row')).toHaveCount(3);
    await expect(rules.getByRole('row', { name: /labelled rows/ })).toContainText('Fires');
    // Prediction and label are no features, so the count is that of the report.
    await expect(rules).toContainText('14 of 16 features moved');
    await expect(page.getByRole('heading', { name: 'Hand-off packets' })).toBeVisible();
    await rules.scrollIntoViewIfNeeded();
    await pictures(page, 'loop-2-fired');
    await expectAccessible(page);
  });

  await test.step('the outbox is a folder that a person chose, with a reason', async () => {
    const folder = join(assay.home.files, 'outbox');
    mkdirSync(folder);
    await answerOpen(assay, folder);
    await page.getByRole('button', { name: 'Choose outbox…' }).click();
    await topDialog(page).getByLabel('Reason').fill('Watched by the serving pipeline');
    await topDialog(page).getByRole('button', { name: 'Choose folder…' }).click();
    await expect(page.getByText(`Rollback manifests are written to ${folder}.`)).toBeVisible();
    await page.getByText(`Rollback manifests are written to ${folder}.`).scrollIntoViewIfNeeded();
    await pictures(page, 'loop-3-outbox');
  });

  await test.step('rules of performance can be signed where they stand', async () => {
    await page.getByRole('tab', { name: 'Performance' }).click();
    await page.getByRole('heading', { name: /rules/i }).first().scrollIntoViewIfNeeded();
    await pictures(page, 'loop-4-performance');
    await goTo(page, 'Alerts');
    await expect(page.getByText(/hand-off packet waits/i).first()).toBeVisible();
    await pictures(page, 'loop-5-alert');
    await expectAccessible(page);
  });
});
