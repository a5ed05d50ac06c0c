import { test as base, type Page } from '@playwright/test';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { expectAccessible } from './support/accessibility';
import { answerSave, dropFile } from './support/dialogs';
import { expect, leave } from './support/fixtures';
import { launchAssay, type Assay } from './support/launch';
import { addPerson, confirmKey, sign, signIn, topDialog, type Typist } from './support/people';
import { pictures } from './support/picture';
import { exploreSample, goTo } from './support/workspace';

const SAM: Typist = {
  name: SAMPLE_WORKSPACE.printedName,
  passphrase: SAMPLE_WORKSPACE.passphrase,
};
const BELA: Typist = { name: 'Béla Reviewer', passphrase: 'twelve copper kettles sang by a fjord' };
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
    await exploreSample(assay.page());
    await addPerson(assay, SAM, BELA, 'reviewer');
    page = await signIn(assay, SAM);
    await confirmKey(page, BELA.name, SAM);
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

  test('answer a request by a letter that somebody else approves', async () => {
    await goTo(page, 'Requests');
    await pictures(page, 'request-1-empty');
    await page.getByRole('button', { name: 'Take in a request…' }).click();
    await topDialog(page).getByLabel('Reference number').fill('CASE-2026-0117');
    await topDialog(page).getByRole('combobox', { name: 'Model' }).click();
    await page.getByRole('option', { name: MODEL }).click();
    await topDialog(page).getByRole('combobox', { name: 'Version that decided' }).click();
    await page.getByRole('option', { name: 'Version 3' }).click();
    await topDialog(page)
      .getByRole('checkbox', { name: /Art. 22/ })
      .check();
    await pictures(page, 'request-2-take-in');
    await topDialog(page).getByRole('button', { name: 'Take in' }).click();
    await expect(page.getByText(/^Due on .* no letter is written yet/)).toBeVisible();
    await page.getByRole('button', { name: 'Write the letter…' }).click();
    // Opened a moment ago to look at the case.
    await expect(topDialog(page)).toContainText('shap-values.csv is open');
    await topDialog(page).getByLabel('Identifier of the case').fill('case-7');
    await topDialog(page).getByRole('button', { name: 'Find the case' }).click();
    await topDialog(page)
      .getByLabel('What was decided')
      .fill('You will be called about a deposit.');
    await topDialog(page)
      .getByLabel('What the prediction is')
      .fill('how likely it is that you open a term deposit');
    await topDialog(page)
      .getByLabel('Where to turn to')
      .fill(
        'Write to appeals@bank.example or call 555 0100. A person looks at your case within ten days.',
      );
    await topDialog(page)
      .getByRole('combobox', { name: /^Left out of a redacted copy/ })
      .fill('balance');
    await page.getByRole('option', { name: 'balance' }).click();
    await topDialog(page)
      .getByLabel('Why they are left out')
      .fill('They would tell competitors how the score is built.');
    await pictures(page, 'request-3-write');
    await topDialog(page).getByRole('button', { name: 'Freeze the case and write' }).click();
    await expect(page.getByRole('article', { name: 'Letter' })).toContainText('raised it strongly');
    await pictures(page, 'request-4-letter');
    await expectAccessible(page);

    page = await signIn(assay, BELA);
    await goTo(page, 'Requests');
    await page.getByRole('row', { name: /CASE-2026-0117/ }).click();
    await page.getByRole('button', { name: 'Sign…' }).click();
    await pictures(page, 'request-5-sign');
    await sign(page, 'Sign', BELA);
    await expect(page.getByText(/^Due on .* the letter is approved/)).toBeVisible();
  });

  test('leave as PDF, whole and redacted, and are erased when the request is closed', async () => {
    await page.getByText('Redacted copy', { exact: true }).click();
    await expect(page.getByRole('article', { name: 'Letter' })).toContainText('[withheld]');
    await page.getByRole('heading', { name: 'Which facts mattered most' }).scrollIntoViewIfNeeded();
    await pictures(page, 'request-6-redacted');
    for (const [copy, button] of [
      ['redacted', 'Save the redacted copy…'],
      ['whole', 'Save the letter…'],
    ] as const) {
      const path = join(assay.home.files, `${copy}.pdf`);
      await answerSave(assay, path);
      if (copy === 'whole') await page.getByText('Whole letter', { exact: true }).click();
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('menuitem', { name: /^PDF/ }).click();
      await expect(page.getByText(`Saved: ${path}`)).toBeVisible({ timeout: 30_000 });
      expect(readFileSync(path).subarray(0, 5).toString('latin1')).toBe('%PDF-');
      copyFileSync(path, `test-results/e2e/screens/letter-${copy}.pdf`);
    }
    page = await signIn(assay, SAM);
    await goTo(page, 'Requests');
    await pictures(page, 'request-7-list');
    await page.getByRole('row', { name: /CASE-2026-0117/ }).click();
    await page.getByRole('button', { name: 'Close…' }).click();
    await topDialog(page).getByLabel('Keep the letter for (days)').fill('0');
    await topDialog(page).getByLabel('Reason').fill('The letter was sent.');
    await pictures(page, 'request-8-close');
    await topDialog(page).getByRole('button', { name: 'Close request' }).click();
    await expect(page.getByText(/nothing about the person is kept any more/)).toBeVisible();
    await expect(page.getByText('What it said is erased')).toBeVisible();
    await pictures(page, 'request-9-erased');
  });
});
