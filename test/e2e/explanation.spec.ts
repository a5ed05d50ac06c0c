import { test as base, type Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './support/accessibility';
import { dropFile } from './support/dialogs';
import { expect, leave } from './support/fixtures';
import { launchAssay, type Assay } from './support/launch';
import { topDialog } from './support/people';
import { pictures } from './support/picture';
import { exploreSample, goTo } from './support/workspace';

const MODEL = 'Term deposit subscription';
const WEIGHTS = {
  duration: 0.9,
  balance: 0.35,
  age: -0.2,
  campaign: -0.5,
  previous: 0.15,
} as const;
const N_CASES = 400;

/** Cases of a logistic model with their exact SHAP values: weight times distance from the mean. */
function writeShap(folder: string): string {
  const names = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];
  const valueOf = (i: number, at: number) => Math.sin((i + 1) * (at + 2)) + (i % (at + 3)) / 4;
  const means = names.map((_name, at) => {
    let sum = 0;
    for (let i = 0; i < N_CASES; i++) sum += valueOf(i, at);
    return sum / N_CASES;
  });
  const header = ['case_id', 'base_value', 'prediction'].concat(
    names.flatMap((name) => [`${name}__shap`, `${name}__value`]),
  );
  const rows = Array.from({ length: N_CASES }, (_none, i) => {
    const values = names.map((_name, at) => valueOf(i, at));
    const shap = names.map((name, at) => WEIGHTS[name] * (values[at]! - means[at]!));
    const score = shap.reduce((sum, part) => sum + part, -1.2);
    const figures = names.flatMap((_name, at) => [shap[at]!, values[at]!]);
    return [`case-${i + 1}`, -1.2, 1 / (1 + Math.exp(-score)), ...figures].join(',');
  });
  const path = join(folder, 'shap-values.csv');
  writeFileSync(path, `${[header.join(','), ...rows].join('\n')}\n`);
  return path;
}

/** From a file of SHAP values to what moved a single prediction. */
base.describe.serial('explanations', () => {
  const test = base;
  test.describe.configure({ timeout: 240_000 });
  let assay: Assay;
  let page: Page;
  let file: string;
  test.beforeAll(async () => {
    test.setTimeout(240_000);
    assay = await launchAssay();
    page = assay.page();
    await exploreSample(page);
    file = writeShap(assay.home.files);
  });
  test.afterAll(() => leave(assay));

  test('are read from SHAP values that add up', async () => {
    await goTo(page, 'Models');
    await page.getByRole('row', { name: new RegExp(MODEL) }).click();
    await page.getByRole('tab', { name: 'Explanations' }).click();
    await expect(page.getByText('See what moves the predictions')).toBeVisible();
    await pictures(page, 'explanation-1-empty');
    await dropFile(page, 'Drop a file of SHAP values here', file);
    await expect(topDialog(page)).toContainText('explains 400 cases by 5 features');
    await pictures(page, 'explanation-2-import');
    await topDialog(page).getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByText(/moves the prediction most of 5 features/)).toBeVisible();
    await expect(page.getByText(/add up to the prediction in every case/)).toBeVisible();
    await page.getByRole('row', { name: /^campaign/ }).click();
    await expect(page.getByRole('heading', { name: 'Dependence on campaign' })).toBeVisible();
    await pictures(page, 'explanation-3-importance');
    await page.getByRole('heading', { name: 'How a feature acts' }).scrollIntoViewIfNeeded();
    await pictures(page, 'explanation-4-dependence');
    await expectAccessible(page);
  });

  test('show how one prediction comes about, without keeping it', async () => {
    await dropFile(page, 'Drop shap-values.csv here to look at one case', file);
    await page.getByLabel('Identifier of the case').fill('case-7');
    await page.getByRole('button', { name: 'Show the case' }).click();
    await expect(page.getByText('The contributions add up to it.')).toBeVisible();
    await page
      .getByRole('heading', { name: 'How this prediction comes about' })
      .scrollIntoViewIfNeeded();
    await pictures(page, 'explanation-5-case');
    await page.getByRole('heading', { name: 'How this was computed' }).scrollIntoViewIfNeeded();
    await pictures(page, 'explanation-6-method');
  });
});
