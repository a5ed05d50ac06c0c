import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { valueOf } from './support/bridge';
import { dropFile } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { addPerson, confirmKey, sign, signIn, topDialog, type Typist } from './support/people';
import { picture, pictures } from './support/picture';
import { createWorkspace, goTo, PASSPHRASE, PERSON } from './support/workspace';

const ADA = { name: PERSON, passphrase: PASSPHRASE };
const BELA: Typist = { name: 'Béla Reviewer', passphrase: 'twelve copper kettles sang by a fjord' };

async function registerVersion(page: Page, modelId: string, i: number): Promise<string> {
  const { stageId } = await valueOf(page, 'registry.previewVersion', {
    modelId,
    description: `Training ${i}`,
    hyperparameters: { depth: i },
    metrics: { accuracy: 0.8 },
    trainingDataStageId: null,
    schema: [],
  });
  const typed = { passphrase: PASSPHRASE, printedName: PERSON };
  const signing = { meaning: 'authorship', reason: 'Ready', ...typed } as const;
  return (await valueOf(page, 'registry.registerVersion', { stageId, signing })).id;
}

/** A model with two versions, the second one in Staging behind the gate of canaries. */
async function prepare(page: Page): Promise<{ modelId: string; candidateId: string }> {
  const draft = { name: 'Credit limit', purpose: 'Set the limit', owner: 'Retail' };
  const { id: modelId } = await valueOf(page, 'registry.createModel', draft);
  await registerVersion(page, modelId, 1);
  const candidateId = await registerVersion(page, modelId, 2);
  const policy = { Staging: [], Production: [{ kind: 'canaryVerdict' } as const] };
  await valueOf(page, 'registry.setLifecyclePolicy', {
    modelId,
    policy,
    reason: 'Canary first',
    revision: 0,
  });
  const { request } = await valueOf(page, 'registry.requestPromotion', {
    versionId: candidateId,
    toStage: 'Staging',
    reason: 'Try it',
  });
  await valueOf(page, 'registry.promote', { requestId: request!.id, reason: 'Go' });
  return { modelId, candidateId };
}

/** Rows of one arm, of which this share is correct and one in 250 has failed. */
function rowsFile(path: string, name: string, shareCorrect: number): string {
  const n = 4_000;
  const rows = Array.from({ length: n }, (_, i) => {
    const isCorrect = ((i * 7919) % n) / n < shareCorrect;
    const failed = i % 250 === 3 ? 1 : 0;
    return `${name}-${i},${isCorrect ? 1 : 0},${failed},2026-01-${String((i % 28) + 1).padStart(2, '0')}`;
  });
  writeFileSync(path, `${['request,correct,failed,at', ...rows].join('\n')}\n`);
  return path;
}

test('a candidate goes from plan to signed verdict, which opens the gate', async ({
  assay,
}, testInfo) => {
  test.setTimeout(300_000);
  let page = assay.page();
  await createWorkspace(page);
  const { modelId, candidateId } = await prepare(page);
  const control = rowsFile(testInfo.outputPath('control.csv'), 'control', 0.8);
  const candidate = rowsFile(testInfo.outputPath('candidate.csv'), 'candidate', 0.806);

  await test.step('the page teaches while nothing is planned', async () => {
    await goTo(page, 'Canaries');
    await expect(page.getByText('No candidate is on trial.')).toBeVisible();
    await pictures(page, 'canary-1-empty');
  });

  await test.step('the plan says what is measured; the planner how many rows it takes', async () => {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `/models/${modelId}`);
    await page.getByRole('tab', { name: 'Canary' }).click();
    await page.getByRole('button', { name: 'Plan a canary…' }).click();
    const dialog = topDialog(page);
    await expect(dialog.getByRole('status')).toContainText('3,333 labelled candidate rows');
    await dialog.getByRole('combobox', { name: 'Margin is a' }).click();
    await page.getByRole('option', { name: 'in its unit' }).click();
    await expect(dialog.getByRole('status')).toContainText('2,296 labelled candidate rows');
    await dialog.getByLabel('Margin', { exact: true }).fill('0.05');
    await dialog.getByLabel('Traffic for the candidate (%)').fill('50');
    await dialog.getByLabel('Value of the control now').fill('0.8');
    await dialog.getByLabel('Labelled rows a day').fill('400');
    await expect(dialog.getByRole('status')).toContainText('At this traffic that is reached on');
    await dialog.getByRole('combobox', { name: 'On that verdict' }).click();
    await page.getByRole('option', { name: 'roll back by itself, once approved' }).click();
    await dialog.getByRole('button', { name: 'Add a guardrail' }).click();
    await dialog.getByLabel('Column', { exact: true }).fill('failed');
    await dialog.getByLabel('Reason').fill('Retrained on the winter months.');
    await pictures(page, 'canary-2-plan');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Record the plan' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('version 2 against 1');
  });

  await test.step('the rows of both arms make the first look', async () => {
    await dropFile(page, 'Drop the control’s rows here', control);
    await dropFile(page, 'Drop the candidate’s rows here', candidate);
    const dialog = topDialog(page);
    await expect(dialog).toContainText('Candidate: candidate.csv with 4,000 rows.');
    await dialog.getByRole('combobox', { name: 'Who was exposed (optional)' }).click();
    await page.getByRole('option', { name: 'request' }).click();
    await dialog.getByRole('combobox', { name: 'When (optional)' }).click();
    await page.getByRole('option', { name: 'at', exact: true }).click();
    await pictures(page, 'canary-3-import');
    await dialog.getByRole('button', { name: 'Import' }).click();
    await expect(page.getByText(/^Promote: correct is 0\.806/).first()).toBeVisible();
    const plan = page.getByRole('region', { name: 'Signatures under the plan' });
    await expect(plan).toContainText('Nobody has signed');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'canary-4-result-dark', true);
    await page.emulateMedia({ colorScheme: 'light' });
    await picture(page, 'canary-4-result-light', true);
    await expectAccessible(page);
  });

  await test.step('the verdict is recorded, replayed and signed', async () => {
    await page.getByRole('button', { name: 'Record this verdict' }).click();
    await page.getByRole('button', { name: 'Judge again from the stored figures' }).click();
    await expect(page.getByText('The same bytes')).toBeVisible();
    const signatures = page.getByRole('region', { name: 'Signatures', exact: true });
    await signatures.getByRole('button', { name: 'Sign…' }).click();
    await topDialog(page).getByRole('combobox', { name: 'Meaning of your signature' }).click();
    await page.getByRole('option', { name: /^Responsibility/ }).click();
    await pictures(page, 'canary-5-sign');
    await sign(page, 'Sign', ADA);
    await expect(signatures).toContainText(PERSON);
    await pictures(page, 'canary-6-signed');
  });

  const openStage = async () => {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `/models/${modelId}/versions/${candidateId}`);
    return page.getByRole('region', { name: 'Stage' });
  };

  await test.step('the gate before Production waits for somebody else', async () => {
    const stage = await openStage();
    await expect(stage).toContainText('The newest signed canary verdict says promote');
    await expect(stage).toContainText('waits for the approval of somebody who did not make it');
    await pictures(page, 'canary-7-gate-waits');
  });

  await test.step('a reviewer approves the verdict, and the gate is met', async () => {
    await addPerson(assay, ADA, BELA, 'reviewer');
    page = await signIn(assay, ADA);
    await confirmKey(page, BELA.name, ADA);
    page = await signIn(assay, BELA);
    await goTo(page, 'Canaries');
    await page.getByRole('link', { name: 'version 2 against 1' }).click();
    const signatures = page.getByRole('region', { name: 'Signatures', exact: true });
    await signatures.getByRole('button', { name: 'Sign…' }).click();
    await topDialog(page).getByRole('combobox', { name: 'Meaning of your signature' }).click();
    await page.getByRole('option', { name: /^Approval/ }).click();
    await sign(page, 'Sign', BELA);
    await expect(signatures).toContainText(BELA.name);
    const stage = await openStage();
    await expect(stage).toContainText(`Approved by ${BELA.name}: Promote: correct is 0.806`);
    await pictures(page, 'canary-8-gate');
  });
});
