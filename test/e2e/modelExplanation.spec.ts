import { test as base, type Page } from '@playwright/test';
import { resolve } from 'node:path';
import { expectAccessible } from './support/accessibility';
import { modelsByName } from '../../shared/registry/listChannels';
import { valueOf } from './support/bridge';
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

  test('is asked what if, and what would have led to another outcome', async () => {
    await page.getByRole('button', { name: 'Ask the model about this case' }).click();
    const whatIf = page.getByRole('region', { name: 'What if' });
    await whatIf.getByRole('combobox', { name: 'Inputs to change' }).click();
    await page.getByRole('option', { name: 'poutcome' }).click();
    await page.getByRole('option', { name: 'age' }).click();
    await page.keyboard.press('Escape');
    await whatIf.getByRole('textbox', { name: 'age' }).fill('95');
    await expect(whatIf).toContainText('Beyond what is usual');
    await whatIf.getByRole('button', { name: 'Run the model' }).click();
    await expect(whatIf.getByRole('status')).toContainText('Nothing is stored.');
    const other = page.getByRole('region', { name: 'What would have led to another outcome' });
    await other.getByLabel('Another outcome begins at').fill('0.2');
    await other.getByRole('button', { name: 'Look for changes' }).click();
    await expect(other).toContainText('the result would have been');
    await expect(page.getByRole('table', { name: 'Weights near this case' })).toBeVisible();
    await whatIf.scrollIntoViewIfNeeded();
    await pictures(page, 'onnx-7-ask');
    await expectAccessible(page);
  });

  test('gives the person a letter that says what would have led to another result', async () => {
    const { models } = await valueOf(page, 'registry.searchModels', modelsByName('', 1));
    const filters = { text: '', stage: null, alias: null, tag: null, hasReference: null };
    const { versions } = await valueOf(page, 'registry.searchVersions', {
      modelId: models[0]!.id,
      ...filters,
      sort: 'newest',
      offset: 0,
      limit: 1,
    });
    const { id } = await valueOf(page, 'explanation.openRequest', {
      reference: 'CASE-2010-7',
      versionId: versions[0]!.id,
      bases: ['gdprAccess'],
      receivedOn: new Date().toISOString().slice(0, 10),
    });
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `/requests/${id}`);
    await page.getByRole('button', { name: 'Write the letter…' }).click();
    const dialog = topDialog(page);
    await dialog.getByLabel('Identifier of the case').fill('7');
    await dialog.getByRole('button', { name: 'Find the case' }).click();
    await dialog.getByLabel('Another outcome begins at').fill('0.2');
    await dialog.getByRole('combobox', { name: 'Features that nobody can change' }).click();
    await page.getByRole('option', { name: 'age' }).click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Look for changes' }).click();
    await expect(dialog).toContainText('the result would have been');
    await pictures(page, 'onnx-8-write');
    await dialog.getByLabel('What was decided').fill('You will not be called.');
    await dialog.getByLabel('What the prediction is').fill('how likely a deposit is');
    await dialog.getByLabel('Where to turn to').fill('Ask at the desk for appeals.');
    await dialog.getByRole('button', { name: 'Freeze the case and write' }).click();
    const letter = page.getByRole('article', { name: 'Letter' });
    await expect(letter).toContainText('Another result begins');
    await expect(letter).toContainText('Left as they are in all of this: age.');
    await letter.getByText('What would have led to another result').scrollIntoViewIfNeeded();
    await pictures(page, 'onnx-9-letter');
  });
});
