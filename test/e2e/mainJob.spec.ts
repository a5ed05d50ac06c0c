import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { answerOpen, answerSave, dropFile } from './support/dialogs';
import { expect, leave, test } from './support/fixtures';
import { launchAssay, type Assay } from './support/launch';
import { picture } from './support/picture';
import { writeCustomers } from './support/tables';
import { createWorkspace, goTo, PASSPHRASE, PERSON, rowOf } from './support/workspace';

const MODEL = 'Credit limit';
const BATCH = 'October';

test.describe.serial('the main job by hand', () => {
  let assay: Assay;
  let page: Page;
  let trainingFile: string;
  let packageFile: string;
  let fingerprints: string;

  test.beforeAll(async () => {
    assay = await launchAssay();
    page = assay.page();
    trainingFile = writeCustomers(assay.home.files, 'training.csv', 4000);
    packageFile = join(assay.home.documents, 'evidence.zip');
    await createWorkspace(page);
  });

  test.afterAll(() => leave(assay));

  test('registers a model', async () => {
    await goTo(page, 'Models');
    await expect(page.getByRole('heading', { name: 'Register your first model' })).toBeVisible();
    await page.getByRole('button', { name: 'Create model' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create model' });
    await dialog.getByLabel('Name').fill(MODEL);
    await dialog.getByLabel('Purpose').fill('Proposes the limit of a credit card.');
    await dialog.getByLabel('Owner').fill('Retail risk');
    await dialog.getByRole('button', { name: 'Create model' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(MODEL);
  });

  test('registers a version from a file and signs it', async () => {
    await answerOpen(assay, trainingFile);
    await page.getByRole('button', { name: 'Register version' }).click();
    await page.getByLabel('Description').fill('First version.');
    await page.getByRole('button', { name: 'Choose a file…' }).click();
    await expect(page.getByText('4,000 rows · 6 columns')).toBeVisible();
    await page.getByLabel('Name of parameter 1').fill('depth');
    await page.getByLabel('Value of parameter 1').fill('6');
    await page.getByLabel('Name of metric 1').fill('auc');
    await page.getByLabel('Value of metric 1').fill('0.812');
    await page.getByRole('button', { name: 'Review and sign…' }).click();

    const dialog = page.getByRole('dialog', { name: `Sign version 1 of ${MODEL}` });
    const record = dialog.getByRole('region', { name: 'Record to sign' });
    const sha256 = createHash('sha256').update(readFileSync(trainingFile)).digest('hex');
    await expect(record).toContainText(sha256);
    await expect(record).toContainText('depth');
    const bytes = dialog.getByRole('region', { name: 'Canonical JSON' });
    await expect(bytes).toBeHidden();
    await dialog.getByText('The exact bytes that are signed').click();
    const json = await bytes.innerText();
    const digest = createHash('sha256').update(json).digest('hex');
    await expect(dialog).toContainText(digest.slice(0, 12));
    await picture(page, 'job-1-sign');
    await dialog.getByLabel('Your name, as printed with your signatures').fill(PERSON);
    await dialog.getByLabel('Your passphrase').fill('some other passphrase, not mine');
    await dialog.getByRole('button', { name: 'Sign and register' }).click();
    await expect(dialog.getByRole('alert')).toContainText(
      'The name or the passphrase is not right.',
    );
    await dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
    await dialog.getByRole('button', { name: 'Sign and register' }).click();

    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${MODEL}, version 1`);
    await expect(page.getByRole('main')).toContainText(`Frozen and signed by ${PERSON}`);
    await expect(page.getByRole('main')).toContainText(sha256);
    const signatures = page.getByRole('table', { name: 'Signatures' });
    await expect(signatures.getByRole('row', { name: /authorship/ })).toContainText('Current');
  });

  test('does not let the author approve their own version', async () => {
    const panel = page.getByRole('region', { name: 'Signatures' });
    await panel.getByRole('button', { name: 'Sign…' }).click();
    const dialog = page.getByRole('dialog', { name: `Sign: Version 1 of ${MODEL}` });
    await expect(dialog).toContainText('This is your own work.');
    // The second signature of a session needs the passphrase alone.
    await expect(dialog.getByLabel('Your passphrase')).toBeVisible();
    await expect(dialog.getByLabel(/^Your name/)).toBeHidden();
    await picture(page, 'job-1-own-work');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
  });

  test('freezes a reference after correcting what the columns are', async () => {
    await page.getByRole('button', { name: 'Freeze reference…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Freeze the reference profile' });
    await dialog.getByRole('button', { name: 'Choose a file…' }).click();
    await expect(dialog.getByLabel('Use customer_id as')).toHaveValue('id');
    await expect(dialog.getByLabel('Read income as')).toHaveValue('numeric');
    await expect(dialog.getByLabel('Read segment as')).toHaveValue('categorical');
    await dialog.getByLabel('Read branch as').selectOption('categorical');
    await dialog.getByLabel('Use score as').selectOption('prediction');
    await expect(dialog).toContainText('4 features, 1 prediction and 0 labels will be compared');
    await picture(page, 'job-2-columns');
    await dialog.getByRole('button', { name: 'Freeze reference' }).click();
    await expect(dialog).toBeHidden();
    const main = page.getByRole('main');
    await expect(main).toContainText('branch (categorical)');
    await expect(main).toContainText('score (prediction)');
  });

  test('imports a live batch that is chosen in a dialog', async () => {
    await answerOpen(assay, writeCustomers(assay.home.files, 'september.csv', 3000));
    await goTo(page, 'Monitoring');
    await page.getByRole('button', { name: 'Import batch…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import live batch' });
    await expect(dialog).toContainText('5 columns matched');
    await expect(dialog.getByLabel('Label')).toHaveValue('september');
    await dialog.getByRole('button', { name: 'Compute drift' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('september');
    await expect(page.getByRole('main')).toContainText('No drift found in 4 of 4 features');
    await expect(rowOf(page, /^Features of september/, /^branch /)).toContainText('Categorical');
  });

  test('imports a live batch that is dropped, and sees what moved', async () => {
    await goTo(page, 'Monitoring');
    const batch = writeCustomers(assay.home.files, 'moved.csv', 3000, 0.4);
    await dropFile(page, 'Drop a live batch here', batch);
    const dialog = page.getByRole('dialog', { name: 'Import live batch' });
    await dialog.getByLabel('Label').fill(BATCH);
    await dialog.getByLabel('Covers the days from').fill('2026-10-01');
    await dialog.getByLabel('to', { exact: true }).fill('2026-10-31');
    await picture(page, 'job-3-import');
    await dialog.getByRole('button', { name: 'Compute drift' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(BATCH);
    await expect(page.getByRole('main')).toContainText('1 of 4 features moved; income moved most');
    const income = rowOf(page, /^Features of October/, /^income /);
    await expect(income).toContainText('Drifted');
    await expect(rowOf(page, /^Features of October/, /^age /)).toContainText('Stable');
  });

  test('acknowledges the alert with a reason', async () => {
    await goTo(page, 'Alerts');
    const alert = page.getByRole('article', { name: BATCH });
    await expect(alert).toContainText('income');
    await alert.getByRole('button', { name: 'Acknowledge…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Acknowledge alert' });
    await expect(dialog.getByRole('button', { name: 'Acknowledge' })).toBeDisabled();
    await dialog.getByLabel('Reason').fill('Salaries were raised in October.');
    await picture(page, 'job-4-acknowledge');
    await dialog.getByRole('button', { name: 'Acknowledge' }).click();
    await expect(dialog).toBeHidden();
    await page.getByText('In work (1)').click();
    await expect(alert).toContainText(`by ${PERSON}`);
    await expect(alert).toContainText('“Salaries were raised in October.”');
  });

  test('changes the policy with a reason', async () => {
    await goTo(page, 'Monitoring');
    await page.getByRole('button', { name: 'Change policy…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change the drift policy' });
    await dialog.getByLabel('Threshold', { exact: true }).fill('0.15');
    const record = dialog.getByRole('region', { name: 'What will be recorded' });
    await expect(record).toContainText('0.15');
    await dialog.getByLabel('Reason').fill('Agreed with the owner.');
    await picture(page, 'job-5-policy');
    await dialog.getByRole('button', { name: /Change policy|Record/ }).click();
    await expect(dialog).toBeHidden();
    const policy = page.getByRole('region', { name: 'Policy' });
    await expect(policy).toContainText('is above 0.15');
    await expect(policy).toContainText(`Revision 1, set by ${PERSON}`);
  });

  test('finds every step in the audit log, and verifies its chain', async () => {
    await goTo(page, 'Audit');
    const events = page.getByRole('grid', { name: 'Audit events, newest first' });
    for (const action of [
      'Drift policy changed',
      'Alert acknowledged',
      'Live batch imported',
      'Reference profile frozen',
      'Model version registered and signed',
      'Signature refused: wrong name or passphrase',
      'Model registered',
      'Workspace created',
    ])
      await expect(events.getByRole('row', { name: action }).first()).toBeVisible();
    await expect(events.getByRole('row', { name: /Live batch imported.*October/ })).toContainText(
      'drifted: 1',
    );
    await page.getByRole('button', { name: 'Verify chain' }).click();
    await expect(page.getByText(/^All \d+ events are in order, linked and signed/)).toBeVisible();

    await events.getByRole('row', { name: 'Drift policy changed' }).click();
    const dialog = page.getByRole('dialog', { name: /Drift policy changed/ });
    const changes = dialog.getByRole('table', { name: 'Old and new values' });
    await expect(changes).toContainText('0.15');
    await expect(dialog).toContainText('Agreed with the owner.');
    await picture(page, 'job-6-event');
    await page.keyboard.press('Escape');
  });

  test('exports an audit package after signing what is shown', async () => {
    await answerSave(assay, packageFile);
    await page.getByRole('button', { name: 'Export package…' }).click();
    const scope = page.getByRole('dialog', { name: 'Export an audit package' });
    await expect(scope.getByRole('combobox', { name: 'Model' })).toHaveValue(MODEL);
    await scope.getByRole('button', { name: 'Show what will be signed' }).click();
    const sign = page.getByRole('dialog', { name: `Sign the audit package of ${MODEL}` });
    await expect(sign.getByRole('table', { name: 'Files of the package' })).toBeVisible();
    await sign.getByLabel('Reason').fill('Quarterly evidence.');
    await picture(page, 'job-7-export');
    await sign.getByLabel('Your passphrase').fill(PASSPHRASE);
    await sign.getByRole('button', { name: 'Sign and export…' }).click();
    const result = page.getByRole('dialog', { name: 'The audit package is written' });
    await expect(result).toContainText('The bytes on disk were read again and verified.', {
      timeout: 30_000,
    });
    await expect(result).toContainText(packageFile);
    const sha256 = createHash('sha256').update(readFileSync(packageFile)).digest('hex');
    await expect(result).toContainText(sha256.slice(0, 32));
    await picture(page, 'job-8-exported');
    fingerprints = await result.getByText(/^[a-z0-9-]+=[0-9a-f]{64}$/m).innerText();
    await result.getByRole('button', { name: 'Done' }).click();
  });

  test('verifies the package in the window, with and without its fingerprints', async () => {
    await goTo(page, 'Verify package');
    await dropFile(page, 'Drop an audit package here', packageFile);
    await expect(page.getByText('Valid, signer not confirmed')).toBeVisible();
    await expect(page.getByRole('main')).toContainText(PERSON);
    await expect(page.getByRole('main')).toContainText('“Quarterly evidence.”');
    const checks = page.getByRole('list', { name: 'Checks' });
    await expect(checks.getByRole('listitem')).toHaveCount(11);
    await expect(checks.getByText('Failed')).toHaveCount(0);

    await page.getByLabel(/^Fingerprints that the signers sent/).fill(fingerprints);
    await page.getByRole('button', { name: /^Check evidence\.zip again/ }).click();
    await expect(page.getByText('Valid and trusted')).toBeVisible();
    await picture(page, 'job-9-verified', true);
    await expect(checks.getByText('Skipped')).toHaveCount(0);
  });

  test('names the step that fails when one byte was changed', async () => {
    const tampered = join(assay.home.files, 'tampered.zip');
    copyFileSync(packageFile, tampered);
    const bytes = readFileSync(tampered);
    const at = bytes.indexOf('Quarterly evidence.');
    expect(at).toBeGreaterThan(0);
    bytes[at] = 'q'.charCodeAt(0);
    writeFileSync(tampered, bytes);
    await answerOpen(assay, tampered);
    await page.getByRole('button', { name: 'Choose a file…' }).click();
    await expect(page.getByText('Not valid', { exact: true })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('tampered.zip does not verify');
    const checks = page.getByRole('list', { name: 'Checks' });
    await expect(checks.getByText('Failed').first()).toBeVisible();
    await expect(page.getByRole('main')).toContainText('Do not rely on what it says.');
    await picture(page, 'job-10-tampered', true);
  });
});
