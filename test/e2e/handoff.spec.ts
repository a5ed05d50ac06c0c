import { existsSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { valueOf } from './support/bridge';
import { answerSave } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { addPerson, confirmKey, sign, signIn, topDialog, type Typist } from './support/people';
import { picture, pictures } from './support/picture';
import { createWorkspace, PASSPHRASE, PERSON } from './support/workspace';

const ADA: Typist = { name: PERSON, passphrase: PASSPHRASE };
const BELA: Typist = { name: 'Béla Reviewer', passphrase: 'twelve copper kettles sang by a fjord' };

async function registerVersion(page: Page, modelId: string): Promise<string> {
  const { stageId } = await valueOf(page, 'registry.previewVersion', {
    modelId,
    description: 'Training',
    hyperparameters: { depth: 3 },
    metrics: { accuracy: 0.8 },
    trainingDataStageId: null,
    schema: [],
  });
  const typed = { passphrase: PASSPHRASE, printedName: PERSON };
  const signing = { meaning: 'authorship', reason: 'Ready', ...typed } as const;
  return (await valueOf(page, 'registry.registerVersion', { stageId, signing })).id;
}

async function open(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

test('a decision becomes an approved, signed packet for the pipelines', async ({
  assay,
}, testInfo) => {
  test.setTimeout(240_000);
  let page = assay.page();
  await createWorkspace(page);
  page = await addPerson(assay, ADA, BELA, 'reviewer');
  page = await signIn(assay, ADA);
  await confirmKey(page, BELA.name, ADA);
  const draft = { name: 'Credit limit', purpose: 'Set the limit', owner: 'Retail' };
  const { id: modelId } = await valueOf(page, 'registry.createModel', draft);
  await registerVersion(page, modelId);

  await test.step('the pipelines are named, and what looks like a token is pointed out', async () => {
    await open(page, `/models/${modelId}`);
    await page.getByRole('tab', { name: 'Hand-off' }).click();
    await expect(page.getByText('No pipeline is set up')).toBeVisible();
    await pictures(page, 'handoff-1-empty');
    await page.getByRole('button', { name: 'Pipeline settings…' }).click();
    const dialog = topDialog(page);
    await dialog.getByLabel('Use GitHub Actions').check();
    await dialog.getByLabel('Use Seldon Core').check();
    await dialog.getByLabel('Namespace').fill('ml');
    await dialog.getByLabel('Deployment').fill('Credit Limit');
    await dialog
      .getByLabel('Parameters, one name=value a line')
      .fill('source=token=hunter2hunter2');
    await dialog.getByLabel('Reason').fill('Where our pipelines are.');
    await expect(dialog.getByRole('button', { name: 'Save settings' })).toBeDisabled();
    await dialog.getByLabel('Deployment').fill('credit-limit');
    await expect(dialog.getByText('This looks like a password or token')).toBeVisible();
    await pictures(page, 'handoff-2-settings');
    await expectAccessible(page);
    await dialog.getByLabel('Parameters, one name=value a line').fill('window_days=90');
    await dialog.getByRole('button', { name: 'Save settings' }).click();
    await expect(page.getByText(/Packets hold files for GitHub Actions/)).toBeVisible();
  });

  await test.step('a packet says what shall be done; its author cannot approve it', async () => {
    await page.getByRole('button', { name: 'Write a packet…' }).click();
    await page.getByLabel('Title').fill('Train on the new source');
    await page
      .getByLabel('What shall be done, and why')
      .fill('The data source changed; train on the last 90 days.');
    await pictures(page, 'handoff-3-write');
    await page.getByRole('button', { name: 'Write the packet' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Packet 1: Train on the new source',
    );
    await expect(page.getByRole('button', { name: 'Sign and export…' })).toBeDisabled();
    await expectAccessible(page);
  });

  await test.step('somebody else approves it', async () => {
    const hash = await page.evaluate(() => location.hash.slice(1));
    page = await signIn(assay, BELA);
    await open(page, hash);
    await page.getByRole('button', { name: 'Sign…' }).click();
    await topDialog(page).getByRole('combobox', { name: 'Meaning of your signature' }).click();
    await page.getByRole('option', { name: /^Approval/ }).click();
    await pictures(page, 'handoff-4-approve');
    await sign(page, 'Sign', BELA);
    await expect(page.getByText('Approved.')).toBeVisible();
    page = await signIn(assay, ADA);
    await open(page, hash);
  });

  await test.step('it is handed over, signed', async () => {
    await page.getByRole('button', { name: /github\/workflow\.yml/ }).click();
    await expect(page.getByLabel('Text of manifests/github/workflow.yml')).toContainText(
      'actions/checkout@v4',
    );
    await picture(page, 'handoff-5-whole', true);
    await pictures(page, 'handoff-5-approved');
    const path = testInfo.outputPath('packet.zip');
    await answerSave(assay, path);
    await page.getByRole('button', { name: 'Sign and export…' }).click();
    await pictures(page, 'handoff-6-export');
    await sign(page, 'Sign and save', ADA);
    await expect(page.getByRole('dialog', { name: 'The packet is written' })).toBeVisible();
    expect(existsSync(path)).toBe(true);
  });
});
