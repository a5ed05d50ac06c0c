import { test as base, type Page } from '@playwright/test';
import { resolve } from 'node:path';
import { expectAccessible } from './support/accessibility';
import { dropFile } from './support/dialogs';
import { expect, leave } from './support/fixtures';
import { launchAssay, type Assay } from './support/launch';
import { topDialog } from './support/people';
import { pictures } from './support/picture';
import { exploreSample, goTo } from './support/workspace';

const MODEL = 'Term deposit subscription';
const ONNX = resolve('resources/sample/scorecard-v3.onnx');
const DATA = resolve('resources/sample/bank-live-06.csv');

/** From an ONNX file to what moves its predictions, one case, and what would have changed it. */
base.describe.serial('a model as ONNX', () => {
  const test = base;
  test.describe.configure({ timeout: 240_000 });
  let assay: Assay;
  let page: Page;
  test.beforeAll(async () => {
    test.setTimeout(240_000);
    assay = await launchAssay();
    page = assay.page();
    await exploreSample(page);
  });
  test.afterAll(() => leave(assay));

  test('is run on this machine to explain itself', async () => {
    await goTo(page, 'Models');
    await page.getByRole('row', { name: new RegExp(MODEL) }).click();
    await page.getByRole('tab', { name: 'Explanations' }).click();
    await dropFile(page, 'Drop an ONNX model here', ONNX);
    await expect(page.getByText('contributions are exact there')).toBeVisible();
    await pictures(page, 'onnx-1-model');
    await dropFile(page, 'Drop a file of its inputs here', DATA);
    await expect(topDialog(page)).toContainText('bank-live-06.csv holds 5,000 rows');
    await pictures(page, 'onnx-2-choices');
    await topDialog(page).getByRole('button', { name: 'Compute', exact: true }).click();
    await expect(page.getByText(/moves the prediction most of 13 features/)).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByText(/add up to the prediction in every case/)).toBeVisible();
    await pictures(page, 'onnx-3-importance');
    await page
      .getByRole('heading', { name: 'What the model needs to predict well' })
      .scrollIntoViewIfNeeded();
    await pictures(page, 'onnx-4-permutation');
    await page.getByRole('heading', { name: 'How this was computed' }).scrollIntoViewIfNeeded();
    await pictures(page, 'onnx-5-method');
    await expectAccessible(page);
  });

  test('shows how one prediction comes about', async () => {
    await page.getByLabel('Identifier of the case').fill('7');
    await page.getByRole('button', { name: 'Show the case' }).click();
    await expect(page.getByText('The contributions add up to it.')).toBeVisible();
    await page
      .getByRole('heading', { name: 'How this prediction comes about' })
      .scrollIntoViewIfNeeded();
    await pictures(page, 'onnx-6-case');
  });
});
