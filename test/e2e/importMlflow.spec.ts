import { join } from 'node:path';
import { RUN_A, USUAL, write, writeFolder } from '../registry/mlflowFixture';
import { expectAccessible } from './support/accessibility';
import { answerOpen, dropFile } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { pictures } from './support/picture';
import { createWorkspace, goTo, PASSPHRASE, PERSON, rowOf } from './support/workspace';

const DROP = 'Drop a folder or file of MLflow here';
const TABLE = 'What can be imported';

test('what MLflow left behind is looked at, chosen, signed, and known the next time', async ({
  assay,
}) => {
  const page = assay.page();
  const folder = writeFolder(USUAL, join(assay.home.files, 'mlruns'));
  await createWorkspace(page);
  await goTo(page, 'Models');
  await page.getByRole('link', { name: 'Import from MLflow…' }).click();
  await expect(page.getByRole('heading', { name: 'Import from MLflow', level: 1 })).toBeVisible();
  await pictures(page, 'import-1-empty');

  await dropFile(page, DROP, folder);
  await expect(
    page.getByText(/mlruns is an MLflow folder with 3 runs: 2 registered/),
  ).toBeVisible();
  await expect(rowOf(page, TABLE, /Churn model 1/).getByRole('checkbox')).toBeChecked();
  await expect(rowOf(page, TABLE, /Default/).getByRole('checkbox')).not.toBeChecked();
  await expect(page.getByText(/its last value is NaN/)).toBeVisible();
  await pictures(page, 'import-2-looked');
  await expectAccessible(page);

  await rowOf(page, TABLE, /Default/)
    .getByRole('checkbox')
    .check();
  await page.getByRole('button', { name: 'Sign and import…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign and import 3 versions' });
  await expect(dialog).toContainText('2, of which 2 new');
  await dialog.getByLabel('Your name').fill(PERSON);
  await dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await pictures(page, 'import-3-signing');
  await dialog.getByRole('button', { name: 'Sign and import' }).click();
  await expect(page.getByText('3 versions of 2 models, 2 of them new, with 1 alias')).toBeVisible();
  await pictures(page, 'import-4-done');

  write(join(folder, '123456789012345678', RUN_A, 'params/max_depth'), '7');
  await answerOpen(assay, folder);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(rowOf(page, TABLE, /Churn model 1/)).toContainText('parameter max_depth: 5 → 7');
  await expect(rowOf(page, TABLE, /Churn model 2/).getByRole('checkbox')).toBeDisabled();
  await pictures(page, 'import-5-again');
  await page.getByText('Known 2', { exact: true }).click();
  await expect(rowOf(page, TABLE, /Churn model 1/)).toHaveCount(0);

  await goTo(page, 'Models');
  await page.getByRole('row', { name: /Churn model/ }).click();
  await expect(page.getByRole('heading', { name: 'Churn model', level: 1 })).toBeVisible();
  await pictures(page, 'import-6-model');
});

test('thousands of runs are looked at with progress, and the look can be cancelled', async ({
  assay,
}) => {
  test.setTimeout(240_000);
  const page = assay.page();
  const runs = Array.from({ length: 3000 }, (_none, i) => ({
    ...USUAL.runs[2]!,
    id: `${i.toString(16).padStart(8, '0')}${'cd'.repeat(12)}`,
  }));
  const folder = writeFolder(
    { ...USUAL, runs, versions: [], aliases: [] },
    join(assay.home.files, 'mlruns'),
  );
  await createWorkspace(page);
  await goTo(page, 'Models');
  await page.getByRole('link', { name: 'Import from MLflow…' }).click();
  await answerOpen(assay, folder);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  const progress = page.getByRole('dialog', { name: 'Looking at what MLflow left behind' });
  await expect(progress).toContainText(/Reading run [\d,]+ of 3,000/);
  await pictures(page, 'import-7-progress');
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await expect(progress).toBeHidden();
  await expect(page.getByRole('grid', { name: TABLE })).toHaveCount(0);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(page.getByRole('grid', { name: TABLE })).toHaveAttribute('aria-rowcount', '3001', {
    timeout: 120_000,
  });
  await pictures(page, 'import-8-many');
});
