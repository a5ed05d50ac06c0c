import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { valueOf } from './support/bridge';
import { expect, test } from './support/fixtures';
import { pictures } from './support/picture';
import { createWorkspace, goTo, PASSPHRASE, PERSON, rowOf } from './support/workspace';

const N_MODELS = 230;
const OWNERS = ['Retail', 'Fraud desk', 'Kundenservice Süd'] as const;

/** Models past the pages, as the forms would make them one by one. */
async function fill(page: Page): Promise<string> {
  let modelId = '';
  for (let i = 0; i < N_MODELS; i += 1) {
    const name = i === 0 ? 'Kreditwürdigkeit' : `Model ${i}`;
    const owner = OWNERS[i % OWNERS.length] ?? 'Retail';
    const purpose = `Estimate number ${i} for the branch`;
    const { id } = await valueOf(page, 'registry.createModel', { name, purpose, owner });
    if (i === 0) modelId = id;
  }
  return modelId;
}

async function registerVersion(page: Page, modelId: string, i: number): Promise<void> {
  const { stageId } = await valueOf(page, 'registry.previewVersion', {
    modelId,
    description: i === 1 ? 'First training' : 'Mehr Gewicht auf größere Beträge',
    hyperparameters: { depth: i + 2, solver: 'newton', ...(i === 1 ? { ridge: 1 } : {}) },
    metrics: { auc: 0.8 + i / 100, loss: 0.31 },
    trainingDataStageId: null,
    schema: ['age', 'income', ...(i === 1 ? [] : ['branch'])].map((name) => ({
      name,
      type: name === 'age' && i > 1 ? 'BIGINT' : 'DOUBLE',
      direction: 'input' as const,
    })),
  });
  const typed = { passphrase: PASSPHRASE, printedName: PERSON };
  const signing = { meaning: 'authorship', reason: 'Ready', ...typed } as const;
  const version = await valueOf(page, 'registry.registerVersion', { stageId, signing });
  if (i > 1) await valueOf(page, 'card.fill', { versionId: version.id, revision: 0 });
}

test('models are found, described, and their versions compared', async ({ assay }) => {
  test.setTimeout(240_000);
  const page = assay.page();
  await createWorkspace(page);
  const modelId = await fill(page);
  for (const i of [1, 2, 3]) await registerVersion(page, modelId, i);

  await test.step('a long list shows what is in view, sorts, and is narrowed down', async () => {
    await goTo(page, 'Models');
    const table = page.getByRole('grid', { name: 'Models with their state and last batch' });
    await expect(page.getByText(`${N_MODELS} models; none has an open alert.`)).toBeVisible();
    await expect(table).toHaveAttribute('aria-rowcount', String(N_MODELS + 1));
    expect(await table.getByRole('row').count()).toBeLessThan(100);
    await table.getByRole('button', { name: 'Model' }).click();
    await expect(table.getByRole('row').nth(1)).toContainText('Model 229');
    await table.getByRole('row').nth(1).focus();
    await page.keyboard.press('End');
    await expect(table.getByRole('row', { name: /^Kreditwürdigkeit/ })).toBeVisible();
    await pictures(page, 'models-many');
    await page.getByLabel('Search models').fill('KREDITWÜRDIG');
    await expect(page.getByText('1 of 230 models')).toBeVisible();
    await page.getByLabel('Search models').fill('');
    await page.getByRole('combobox', { name: 'Owner' }).click();
    await page.getByRole('option', { name: 'Kundenservice Süd (76)' }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByText('76 of 230 models')).toBeVisible();
    await pictures(page, 'models-filtered');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect(page.getByText('76 of 230 models')).toBeHidden();
  });

  await test.step('facts are changed with a reason', async () => {
    await page.getByLabel('Search models').fill('kredit');
    await rowOf(page, /Models/, /^Kreditwürdigkeit/).click();
    await expect(page.getByText('Not assessed yet')).toBeVisible();
    await page.getByRole('button', { name: 'Edit…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit Kreditwürdigkeit' });
    await dialog.getByLabel('Intended use').fill('By branch staff, for loans up to 50,000 EUR.');
    await dialog.getByRole('combobox', { name: /Risk class/ }).click();
    await page.getByRole('option', { name: /High risk \(Article 6\)/ }).click();
    await dialog.getByRole('combobox', { name: 'Tags' }).fill('Straße');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Change facts' })).toBeDisabled();
    await dialog.getByLabel('Reason').fill('Assessed by the risk board');
    await pictures(page, 'edit-model');
    await dialog.getByRole('button', { name: 'Change facts' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('High risk (Article 6)')).toBeVisible();
    await expect(page.getByText('Straße')).toBeVisible();
    await pictures(page, 'model-facts');
    await expectAccessible(page);
  });

  await test.step('a version gets a tag and is found by it', async () => {
    await rowOf(page, 'Versions of this model', /^v2 /).click();
    await page.getByRole('button', { name: 'Edit tags' }).click();
    await page.getByRole('combobox', { name: 'Tags of this version' }).fill('nightly');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Save tags' }).click();
    await expect(page.getByRole('button', { name: 'Edit tags' })).toBeVisible();
    await pictures(page, 'version-tags');
    await page.getByRole('link', { name: 'Kreditwürdigkeit' }).click();
    await page.getByLabel('Search versions').fill('NIGHT');
    await expect(rowOf(page, 'Versions of this model', /^v1 /)).toBeHidden();
    await expect(rowOf(page, 'Versions of this model', /^v2 /)).toBeVisible();
    await page.getByRole('button', { name: 'Show all' }).click();
  });

  await test.step('two versions are compared', async () => {
    await page.getByRole('checkbox', { name: 'Mark version 3 for comparing' }).click();
    await page.getByRole('checkbox', { name: 'Mark version 1 for comparing' }).click();
    await page.getByRole('button', { name: 'Compare v1 and v3' }).click();
    const main = page.getByRole('main');
    await expect(main).toContainText(
      'Version 3 differs from version 1 in 2 hyperparameters, 1 metric, 2 columns and the description.',
    );
    await expect(page.getByRole('row', { name: /ridge/ })).toContainText('Removed');
    await expect(page.getByRole('row', { name: /^auc/ })).toContainText('+0.020');
    await expect(page.getByRole('row', { name: /^solver/ })).toBeHidden();
    const cards = page.getByRole('region', { name: 'Model card' });
    await expect(cards).toContainText('No card');
    await expect(cards).toContainText('Draft');
    await expect(cards.getByRole('row', { name: /auc/ })).toContainText('0.83');
    await pictures(page, 'compare');
    await cards.scrollIntoViewIfNeeded();
    await pictures(page, 'compare-cards');
    await expectAccessible(page);
    await page.getByRole('switch', { name: 'Only differences' }).click({ force: true });
    await expect(page.getByRole('row', { name: /^solver/ })).toContainText('Same');
    await page.getByRole('button', { name: 'Swap sides' }).click();
    await expect(page.getByRole('row', { name: /ridge/ })).toContainText('Added');
    await page.getByRole('combobox', { name: 'Right: to' }).fill('2');
    await page.getByRole('option', { name: 'Kreditwürdigkeit, version 2' }).click();
    await expect(main).toContainText('Version 2 differs from version 3');
  });
});
