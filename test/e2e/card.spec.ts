import { test as base, type Page } from '@playwright/test';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { expectAccessible } from './support/accessibility';
import { valueOf } from './support/bridge';
import { answerOpen, answerSave } from './support/dialogs';
import { expect, leave } from './support/fixtures';
import { launchAssay, type Assay } from './support/launch';
import { addPerson, confirmKey, sign, signIn, topDialog, type Typist } from './support/people';
import { pictures } from './support/picture';
import { drawnPng } from '../support/pictures';
import { exploreSample, goTo } from './support/workspace';

const SAM: Typist = {
  name: SAMPLE_WORKSPACE.printedName,
  passphrase: SAMPLE_WORKSPACE.passphrase,
};
const BELA: Typist = { name: 'Béla Reviewer', passphrase: 'twelve copper kettles sang by a fjord' };
const MODEL = 'Term deposit subscription';

/** A model card from writing over a comment to its approval, each act as its person does it. */
base.describe.serial('a model card', () => {
  const test = base;
  test.describe.configure({ timeout: 240_000 });
  let assay: Assay;
  let page: Page;
  test.beforeAll(async () => {
    test.setTimeout(240_000);
    assay = await launchAssay();
    await exploreSample(assay.page());
    await addPerson(assay, SAM, BELA, 'reviewer');
    page = await signIn(assay, SAM);
    await confirmKey(page, BELA.name, SAM);
  });
  test.afterAll(() => leave(assay));

  async function openCard(): Promise<void> {
    await goTo(page, 'Models');
    await page.getByRole('row', { name: new RegExp(MODEL) }).click();
    await page.getByRole('tab', { name: /^Versions/ }).click();
    await page.getByRole('row', { name: /^v2 / }).click();
    await page
      .getByRole('region', { name: 'Model card' })
      .getByRole('link', { name: /card$/ })
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Model card');
  }

  async function insertPicture(): Promise<void> {
    await answerOpen(assay, join(assay.home.files, 'notes.txt'));
    await page.getByRole('button', { name: 'Insert a picture into Reading the figures' }).click();
    const dialog = topDialog(page);
    writeFileSync(join(assay.home.files, 'notes.txt'), 'no picture');
    await dialog.getByRole('button', { name: 'Choose a file…' }).click();
    await expect(dialog).toContainText('neither PNG nor JPEG');
    const scores = join(assay.home.files, 'scores.png');
    writeFileSync(scores, drawnPng(640, 360));
    await answerOpen(assay, scores);
    await dialog.getByRole('button', { name: 'Choose a file…' }).click();
    await expect(dialog).toContainText('640 × 360 pixels');
    await dialog.getByRole('textbox', { name: 'What it shows' }).fill('Scores of both classes');
    await pictures(page, 'card-2-picture');
    await dialog.getByRole('button', { name: 'Insert', exact: true }).click();
    await expect(saved()).toBeVisible();
  }

  const saved = () => page.getByRole('status').filter({ hasText: 'Saved as revision' });

  test('is written with autosave, and prose that loads nothing', async () => {
    await openCard();
    await pictures(page, 'card-1-first');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Model card');
    await page.getByText('Write', { exact: true }).click();
    await page
      .getByRole('textbox', { name: 'Reading the figures' })
      .fill(
        'Better than **chance** on held-out rows.\n\n![x](https://example.org/x.png) [more](https://example.org)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>alert(1)</script>',
      );
    await expect(page.getByText('Not saved yet; saved after a pause.')).toBeVisible();
    await expect(saved()).toBeVisible();
    await page.getByRole('button', { name: 'Add a figure from evidence…' }).click();
    const dialog = topDialog(page);
    await dialog.getByLabel('Find').fill('open alerts');
    await dialog.getByRole('row', { name: /^Open alerts/ }).click();
    await expect(page.getByRole('group', { name: 'Open alerts' })).toContainText(
      'Alerts of the model',
    );
    await expect(saved()).toBeVisible();
    await pictures(page, 'card-2-write');
    await insertPicture();
    await page.getByText('Read', { exact: true }).click();
    const performance = page.getByRole('region', { name: 'Performance' });
    await expect(performance).toContainText('Picture left out: x (https://example.org/x.png)');
    await expect(performance.locator('a[href], script')).toHaveCount(0);
    const shown = performance.getByRole('img', { name: 'Scores of both classes' });
    await expect(shown).toHaveJSProperty('naturalWidth', 640);
    await shown.scrollIntoViewIfNeeded();
    await pictures(page, 'card-3-picture');
    await performance.scrollIntoViewIfNeeded();
    await pictures(page, 'card-3-read');
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Completeness' }).click();
    await expect(page.getByRole('heading', { name: /^EU AI Act, Annex IV/ })).toBeVisible();
    await pictures(page, 'card-4-completeness');
  });

  test('is commented on by the reviewer, mended, and approved by their signature', async () => {
    page = await signIn(assay, BELA);
    await openCard();
    await page.getByRole('button', { name: 'Comment on Out-of-scope use' }).click();
    await topDialog(page).getByRole('textbox').fill('Say what it must not be used for.');
    await topDialog(page).getByRole('button', { name: 'Comment', exact: true }).click();
    await expect(page.getByText('Béla Reviewer on revision')).toBeVisible();
    await pictures(page, 'card-5-comment');
    await page.getByRole('tab', { name: 'Approval' }).click();
    await page.getByRole('button', { name: 'Sign…' }).click();
    await expect(topDialog(page)).toContainText('Open comments');
    await pictures(page, 'card-6-not-yet');
    await page.keyboard.press('Escape');

    page = await signIn(assay, SAM);
    await openCard();
    await page.getByText('Write', { exact: true }).click();
    await page
      .getByRole('textbox', { name: 'Out-of-scope use' })
      .fill('Not for decisions on credit.');
    await expect(saved()).toBeVisible();
    await page.getByRole('button', { name: 'Resolve…' }).click();
    await topDialog(page).getByRole('textbox').fill('Written down.');
    await topDialog(page).getByRole('button', { name: 'Resolve', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.getByRole('tab', { name: /^Revisions/ }).click();
    await page.getByRole('button', { name: 'Compare' }).click();
    await expect(page.getByRole('row', { name: /Out-of-scope use/ })).toBeVisible();
    await pictures(page, 'card-7-revisions');

    page = await signIn(assay, BELA);
    await openCard();
    await page.getByRole('tab', { name: 'Approval' }).click();
    await page.getByRole('button', { name: 'Sign…' }).click();
    await sign(page, 'Sign', BELA);
    await expect(
      page.getByText(/^Approved: revision \d+ was approved by Béla Reviewer/),
    ).toBeVisible();
    await pictures(page, 'card-8-approved');
  });

  test('turns stale when its evidence says something else', async () => {
    const alerts = await valueOf(page, 'incident.listAlerts', { modelId: null });
    const { id: alertId, revision } = alerts.find(({ state }) => state === 'new')!;
    await valueOf(page, 'incident.acknowledgeAlert', { alertId, revision, reason: 'Seen.' });
    await page.getByRole('link', { name: 'Version 2' }).click();
    await expect(page.getByRole('region', { name: 'Model card' })).toContainText('Stale');
    await page.getByRole('link', { name: 'Open the card' }).click();
    const performance = page.getByRole('region', { name: 'Performance' });
    await expect(performance.getByRole('row', { name: /^Open alerts/ })).toContainText('->');
    await performance.getByRole('row', { name: /^Open alerts/ }).scrollIntoViewIfNeeded();
    await pictures(page, 'card-9-stale');
  });

  test('is written as PDF with its signatures', async () => {
    const path = join(assay.home.files, 'card.pdf');
    await answerSave(assay, path);
    await page.getByRole('button', { name: 'Export…' }).click();
    await pictures(page, 'card-10-export');
    await page.getByRole('menuitem', { name: /^PDF/ }).click();
    await expect(topDialog(page)).toContainText('The card is written', { timeout: 30_000 });
    const pdf = readFileSync(path);
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(10_000);
    copyFileSync(path, 'test-results/e2e/screens/card.pdf');
    await topDialog(page).getByRole('button', { name: 'Done' }).click();
  });
});
