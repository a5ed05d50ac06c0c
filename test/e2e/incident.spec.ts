import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { expectAccessible } from './support/accessibility';
import { answerOpen } from './support/dialogs';
import { expect, leave } from './support/fixtures';
import { launchAssay, type Assay } from './support/launch';
import { sign, topDialog } from './support/people';
import { picture, pictures } from './support/picture';
import { exploreSample, goTo, rowOf } from './support/workspace';

/** What the live version was fitted on. */
const REFERENCE = join(import.meta.dirname, '../../resources/sample/bank-live-03.parquet');
const TITLE = 'The bank calls other people';

/** From the alert of the sample to an incident that closes on evidence only. */
base.describe.serial('an incident', () => {
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

  const close = () => page.getByRole('button', { name: 'Close…' });

  test('is opened from an alert, which it takes along', async () => {
    await goTo(page, 'Incidents');
    const told = rowOf(page, 'Incidents', /Version 2 ranks clients worse than chance/);
    await expect(told).toContainText('Closed');
    await pictures(page, 'incident-1-told');
    await goTo(page, 'Alerts');
    const alert = page.getByRole('article').first();
    await expect(alert).toContainText('Found 2 times');
    await pictures(page, 'incident-2-alert');
    await alert.getByRole('button', { name: 'More…' }).click();
    await page.getByRole('menuitem', { name: 'Open an incident…' }).click();
    const dialog = topDialog(page);
    await dialog.getByLabel('Title').fill(TITLE);
    await dialog.getByLabel('Began at (UTC)').fill('2026-02-30 10:00');
    await expect(dialog).toContainText('Write it as YYYY-MM-DD hh:mm.');
    await dialog.getByLabel('Reason').fill('Most features moved at once.');
    await expect(dialog.getByRole('button', { name: 'Open incident' })).toBeDisabled();
    await dialog.getByLabel('Began at (UTC)').fill('2026-01-30 10:00');
    await pictures(page, 'incident-3-open');
    await dialog.getByRole('button', { name: 'Open incident' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(TITLE);
    await expect(page.getByRole('main')).toContainText('not yet back within policy');
  });

  test('has a timeline with evidence, written by people', async () => {
    const happened = page.getByRole('region', { name: 'What happened' });
    await expect(happened.getByRole('link', { name: /^Drift report Window 5/ })).toBeVisible();
    await happened.getByLabel('What happened').fill('Calls go on; the scores are not used.');
    await happened.getByRole('button', { name: 'Add entry' }).click();
    await expect(happened).toContainText('Decision: Calls go on; the scores are not used.');
    const learnt = page.getByRole('region', { name: 'Post-mortem' });
    await learnt.getByRole('textbox').fill('Ask before the list of customers changes.');
    await learnt.getByRole('button', { name: 'Save post-mortem' }).click();
    await expect(learnt).toContainText('1 text on record.');
    await expectAccessible(page);
    await pictures(page, 'incident-4-timeline');
    await page.getByRole('button', { name: 'Change target…' }).click();
    await topDialog(page).getByLabel('Hours').fill('24');
    await topDialog(page).getByLabel('Reason').fill('Calls go out every day.');
    await topDialog(page).getByRole('button', { name: 'Set target' }).click();
    await expect(page.getByRole('region', { name: 'Time to restore' })).toContainText('24 h');
  });

  test('does not close while nothing shows that the figures are back', async () => {
    await close().click();
    await expect(topDialog(page)).toContainText('Nothing on record can show');
    await expect(
      topDialog(page).getByRole('button', { name: 'Show what will be signed' }),
    ).toBeDisabled();
    await pictures(page, 'incident-5-refused');
    await topDialog(page).getByRole('button', { name: 'Cancel' }).click();
  });

  test('closes on a later batch in which nothing moved', async () => {
    await answerOpen(assay, REFERENCE);
    await goTo(page, 'Monitoring');
    await page.getByRole('button', { name: 'Import batch…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import live batch' });
    await dialog.getByLabel('Label').fill('As before');
    await dialog.getByRole('button', { name: 'Compute drift' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('As before');
    await goTo(page, 'Incidents');
    await rowOf(page, 'Incidents', new RegExp(TITLE)).click();
    await close().click();
    await expect(topDialog(page)).toContainText('No feature moved: back within policy.');
    await pictures(page, 'incident-6-close');
    await topDialog(page).getByRole('button', { name: 'Show what will be signed' }).click();
    await expect(topDialog(page)).toContainText('Time to restore');
    await pictures(page, 'incident-6b-sign');
    const { printedName, passphrase } = SAMPLE_WORKSPACE;
    await sign(page, 'Sign and close', { name: printedName, passphrase });
    const main = page.getByRole('main');
    await expect(main).toContainText(/Closed: back within policy .* within the target of 24 h/);
    await expect(main).toContainText('Restoration: No feature moved: back within policy.');
    await expect(page.getByRole('region', { name: 'Signatures' })).toContainText(printedName);
    await pictures(page, 'incident-7-closed');
    await picture(page, 'incident-7b-whole', true);
    await goTo(page, 'Models');
    await page.getByRole('row', { name: /Term deposit subscription/ }).click();
    await page.getByRole('tab', { name: 'Lifecycle' }).click();
    const history = page.getByRole('region', { name: 'History' });
    await expect(history).toContainText(`The incident “${TITLE}” was closed.`);
    await pictures(page, 'incident-8-history');
    await goTo(page, 'Alerts');
    await expect(page.getByText('Closed (4)')).toBeVisible();
  });
});
