import { join } from 'node:path';
import { dropFile } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { pictures } from './support/picture';
import { goTo, rowOf } from './support/workspace';

test.describe('drift in depth', () => {
  test('tells predictions and labels apart, and what chance and the reference itself give', async ({
    sample,
  }) => {
    const page = sample.page();
    await goTo(page, 'Monitoring');
    await rowOf(page, 'Live batches', /Window 6/).click();
    const outputs = page.getByRole('region', { name: 'Predictions and labels' });
    await expect(outputs).toContainText(/Label .* moved: |Label .* did not move/);
    await outputs.scrollIntoViewIfNeeded();
    await pictures(page, 'drift-depth-1-outputs');
    const together = page.getByRole('region', { name: 'All features together' });
    await expect(together).toContainText('reconstruction error');
    await expect(together).toContainText('It needs the rows of the reference file');
    await together.scrollIntoViewIfNeeded();
    await pictures(page, 'drift-depth-5-together');
    await page.getByRole('row', { name: /^age / }).click();
    const statistics = page.getByRole('table', { name: 'Statistics of age' });
    await expect(statistics.getByRole('row', { name: /^D within the reference/ })).toContainText(
      'over 10 chunks of about 1,500 rows',
    );
    await statistics.scrollIntoViewIfNeeded();
    await pictures(page, 'drift-depth-2-statistics');
  });

  test('draws the band of chance and takes thresholds from the reference', async ({ sample }) => {
    const page = sample.page();
    await goTo(page, 'Models');
    await page.getByRole('row', { name: /Term deposit subscription/ }).click();
    await page.getByRole('tab', { name: 'Monitoring' }).click();
    const lines = page.getByRole('figure', { name: /over the batches$/ });
    await expect(lines).toContainText('By chance at these n');
    await lines.scrollIntoViewIfNeeded();
    await pictures(page, 'drift-depth-3-band');
    await page.getByRole('button', { name: 'Change policy…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Threshold from', { exact: true }).click();
    await page.getByRole('option', { name: "the reference's own variability" }).click();
    await expect(dialog.getByLabel('Threshold where it is not known')).toHaveValue('0.1');
    await pictures(page, 'drift-depth-4-policy');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  test('takes the reference file with a batch, so that a classifier can compare their rows', async ({
    sample,
  }) => {
    const page = sample.page();
    const file = (name: string) => join(process.cwd(), 'resources/sample', name);
    await goTo(page, 'Models');
    await page.getByRole('row', { name: /Term deposit subscription/ }).click();
    await page.getByRole('tab', { name: 'Monitoring' }).click();
    await dropFile(page, 'Drop a live batch here', file('bank-live-01.csv'));
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Ask me for it' }).click();
    await expect(dialog).toContainText('You will be asked for the reference file.');
    await pictures(page, 'drift-depth-6-import');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
  });

  test('tells which features drift where the model is worse, and how far estimates can be trusted', async ({
    sample,
  }) => {
    const page = sample.page();
    await goTo(page, 'Models');
    await page.getByRole('row', { name: /Term deposit subscription/ }).click();
    await page.getByRole('tab', { name: 'Monitoring' }).click();
    const together = page.getByRole('figure', { name: 'All features together, batch by batch' });
    await expect(together).toContainText('Reconstruction error, in standard deviations');
    await together.scrollIntoViewIfNeeded();
    await pictures(page, 'drift-depth-7-structure');
    const relation = page.getByRole('region', { name: 'Drift and performance' });
    await expect(relation).toContainText(/\d windows/);
    await relation.scrollIntoViewIfNeeded();
    await pictures(page, 'drift-depth-8-relation');
    await page.getByRole('tab', { name: 'Performance' }).click();
    await expect(relation).toContainText(/\d windows/);
    const estimates = page.getByRole('region', { name: 'Estimates without outcomes' });
    await expect(estimates).toContainText('alibration');
    await estimates.scrollIntoViewIfNeeded();
    await pictures(page, 'drift-depth-9-estimates');
    await page.getByRole('button', { name: 'Change rules…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Correction over the rules').click();
    await page.getByRole('option', { name: 'Holm' }).click();
    await pictures(page, 'drift-depth-10-correction');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });
});
