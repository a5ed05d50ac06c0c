import type { Page } from '@playwright/test';
import { answerOpen, dropFile } from './support/dialogs';
import { expect, leave, test } from './support/fixtures';
import { launchAssay, type Assay } from './support/launch';
import { pictures } from './support/picture';
import { writeScoredLog } from './support/tables';
import { createWorkspace, goTo, PERSON, PASSPHRASE } from './support/workspace';

const MODEL = 'Churn';

test.describe.serial('performance from a log to an alert', () => {
  let assay: Assay;
  let page: Page;

  test.beforeAll(async () => {
    assay = await launchAssay();
    page = assay.page();
    await createWorkspace(page);
    await registerVersion(page);
    await page.getByRole('link', { name: MODEL, exact: true }).click();
    await page.getByRole('tab', { name: 'Performance' }).click();
  });

  test.afterAll(() => leave(assay));

  test('measures a window without outcomes, and says that it waits for them', async () => {
    const { log } = writeScoredLog(assay.home.files, 'march', { n: 2000, skill: 1 });
    await answerOpen(assay, log);
    await page.getByRole('button', { name: 'Import predictions…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import predictions' });
    await expect(dialog.getByLabel('Identifier')).toHaveValue('call_id');
    await expect(dialog.getByLabel('Score (probability)')).toHaveValue('score');
    await dialog.getByLabel('Label of the window').fill('March');
    await dialog.getByLabel('Covers the days from').fill('2026-03-01');
    await expect(dialog.getByLabel('Cost of the prediction')).toHaveValue('cost');
    await dialog.getByLabel('Segments').fill('region');
    await page.getByRole('option', { name: 'region', exact: true }).click();
    await pictures(page, 'performance-1-columns');
    await dialog.getByRole('button', { name: 'Measure' }).click();
    await expect(dialog).toBeHidden();
    await expect(
      page.getByText('2,000 predictions of March wait for their outcomes.'),
    ).toBeVisible();
    const metrics = page.getByRole('table', { name: 'Metrics of March' });
    await expect(metrics.getByRole('row', { name: /^Cost per prediction/ })).toContainText(
      '0.00012 USD',
    );
  });

  test('joins outcomes that come later', async () => {
    const { outcomes } = writeScoredLog(assay.home.files, 'march', { n: 2000, skill: 1 });
    await dropFile(page, 'Drop outcomes here', outcomes);
    const dialog = page.getByRole('dialog', { name: 'Import outcomes' });
    await expect(dialog.getByLabel(/^Outcome/)).toHaveValue('churned');
    await dialog.getByRole('button', { name: 'Join and measure' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(/^In March AUC is 0\.\d+ \(95 % interval/).first()).toBeVisible();
    await expect(page.getByRole('table', { name: 'Segments of March' })).toBeVisible();
    await pictures(page, 'performance-2-measured');
  });

  test('finds the drop of the next window', async () => {
    const { log, outcomes } = writeScoredLog(assay.home.files, 'april', { n: 2000, skill: 0.2 });
    await dropFile(page, 'Drop a prediction log here', log);
    const dialog = page.getByRole('dialog', { name: 'Import predictions' });
    await dialog.getByLabel('Label of the window').fill('April');
    await dialog.getByLabel('Covers the days from').fill('2026-04-01');
    await dropFile(page, 'Outcomes, if you have them already', outcomes);
    await expect(dialog.getByRole('button', { name: 'Without these outcomes' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Measure' }).click();
    await expect(dialog).toBeHidden();
    const windows = page.getByRole('grid', { name: 'Windows' });
    await expect(windows.getByRole('row', { name: /April/ })).toContainText('2 broken');
    await page.getByRole('figure', { name: 'AUC over the windows' }).scrollIntoViewIfNeeded();
    await pictures(page, 'performance-3-drop');
    await page.getByRole('region', { name: 'Window: April' }).scrollIntoViewIfNeeded();
    await pictures(page, 'performance-4-window');
    await page.getByRole('figure', { name: 'Calibration' }).scrollIntoViewIfNeeded();
    await pictures(page, 'performance-5-calibration');
    await page.getByRole('region', { name: 'What is kept' }).scrollIntoViewIfNeeded();
    await pictures(page, 'performance-6-rules');
  });

  test('raises an alert that leads to the window', async () => {
    await goTo(page, 'Alerts');
    await expect(page.getByText(/AUC more than 5 % below its baseline/).first()).toBeVisible();
    await pictures(page, 'performance-7-alert');
    await page.getByRole('link', { name: 'April' }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('April');
    await expect(page.getByRole('table', { name: 'Metrics of April' })).toBeVisible();
  });
});

async function registerVersion(page: Page): Promise<void> {
  await goTo(page, 'Models');
  await page.getByRole('button', { name: 'Create model' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create model' });
  await dialog.getByLabel('Name').fill(MODEL);
  await dialog.getByLabel('Purpose').fill('Says who will leave.');
  await dialog.getByLabel('Owner').fill('Retention');
  await dialog.getByRole('button', { name: 'Create model' }).click();
  await page.getByRole('button', { name: 'Register version' }).click();
  await page.getByLabel('Description').fill('First version.');
  await page.getByLabel('Name of metric 1').fill('auc');
  await page.getByLabel('Value of metric 1').fill('0.83');
  await page.getByRole('button', { name: 'Review and sign…' }).click();
  const sign = page.getByRole('dialog', { name: `Sign version 1 of ${MODEL}` });
  await sign.getByLabel('Your name, as printed with your signatures').fill(PERSON);
  await sign.getByLabel('Your passphrase').fill(PASSPHRASE);
  await sign.getByRole('button', { name: 'Sign and register' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${MODEL}, version 1`);
}
