import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import {
  answerOpen,
  answerOpenInTurn,
  answerSave,
  dismissDialogs,
  dropFile,
} from './support/dialogs';
import { expect, test } from './support/fixtures';
import type { Assay } from './support/launch';
import { createModel, sign, topDialog, type Typist } from './support/people';
import { pictures } from './support/picture';
import { createWorkspace, goTo, PASSPHRASE, PERSON } from './support/workspace';

const ADA: Typist = { name: PERSON, passphrase: PASSPHRASE };

/** A trained model as a folder, with one entry that no manifest takes. */
function modelFolder({ home }: Assay): string {
  const folder = join(home.files, 'churn-model');
  mkdirSync(join(folder, 'größe'), { recursive: true });
  writeFileSync(join(folder, 'model.onnx'), 'graph '.repeat(50_000));
  writeFileSync(join(folder, 'größe', '模型.json'), '{}');
  for (let i = 0; i < 12; i += 1) writeFileSync(join(folder, `shard-${i}.bin`), `${i}`);
  symlinkSync('model.onnx', join(folder, 'latest.onnx'));
  return folder;
}

async function exportAs(page: Page, format: string): Promise<void> {
  await page.getByRole('button', { name: 'Export…' }).click();
  await page.getByRole('menuitem', { name: format }).click();
}

test('a version keeps which files it is, and leaves in three formats and signed', async ({
  assay,
}) => {
  test.slow();
  const page = assay.page();
  const folder = modelFolder(assay);
  await createWorkspace(page);
  await createModel(page, 'Churn');
  await page.getByRole('button', { name: 'Register version' }).first().click();

  // Closing the dialog changes nothing; one file may be dropped, a folder is chosen.
  await dismissDialogs(assay);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(page.getByRole('alert')).toBeHidden();
  const area = 'Choose the folder of the model, or drop its one file here';
  await dropFile(page, area, join(folder, 'model.onnx'));
  await expect(page.getByText('1 file · 300.0 kB')).toBeVisible();
  await page.getByRole('button', { name: 'Choose another' }).click();
  await answerOpen(assay, folder);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(page.getByText('Left out of the manifest: 1 entry')).toBeVisible();
  await expect(page.getByText('latest.onnx: a link, and links are not followed')).toBeVisible();
  await expect(page.getByText('14 files · 300.0 kB')).toBeVisible();
  await page.getByLabel('Link to the training run').fill('https://mlflow.example.org/#/runs/7');
  await page.getByText('14 files · 300.0 kB').scrollIntoViewIfNeeded();
  await pictures(page, 'export-1-artefacts');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Review and sign…' }).click();
  await expect(topDialog(page).getByText('Artefacts (14 files, 300.0 kB)')).toBeVisible();
  await sign(page, 'Sign and register', ADA);
  await expect(page.getByRole('heading', { name: 'Churn, version 1' })).toBeVisible();
  await page.getByRole('button', { name: 'Show 4 more files' }).click();
  await expect(page.getByRole('cell', { name: 'größe/模型.json', exact: true })).toBeVisible();
  await pictures(page, 'export-2-version');
  await expectAccessible(page);

  await test.step('the folder is compared with the manifest', async () => {
    rmSync(join(folder, 'latest.onnx'));
    await page.getByRole('button', { name: 'Check artefacts…' }).click();
    await topDialog(page).getByRole('button', { name: 'Choose a folder…' }).click();
    await expect(topDialog(page)).toContainText('holds exactly what the manifest says: 14 files');
    await pictures(page, 'export-3-same');
    writeFileSync(join(folder, 'shard-3.bin'), 'changed');
    rmSync(join(folder, 'shard-4.bin'));
    writeFileSync(join(folder, 'notes.txt'), 'new');
    await topDialog(page).getByRole('button', { name: 'Choose a folder…' }).click();
    await expect(topDialog(page)).toContainText(
      '1 file changed, 1 file missing, 1 file that the manifest does not list; 12 files the same.',
    );
    await pictures(page, 'export-4-different');
    await expectAccessible(page);
    await topDialog(page).getByRole('button', { name: 'Close', exact: true }).last().click();
  });

  await test.step('the version is exported', async () => {
    const path = join(assay.home.files, 'churn-1.cdx.json');
    await answerSave(assay, path);
    await page.getByRole('button', { name: 'Export…' }).click();
    await expect(page.getByRole('menuitem', { name: 'CycloneDX 1.6 ML-BOM' })).toBeVisible();
    await pictures(page, 'export-5-menu');
    await page.getByRole('menuitem', { name: 'CycloneDX 1.6 ML-BOM' }).click();
    await expect(topDialog(page)).toContainText(path);
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
    await expect(topDialog(page)).toContainText(sha256.slice(0, 32));
    await pictures(page, 'export-6-written');
    await expectAccessible(page);
    await topDialog(page).getByRole('button', { name: 'Done' }).click();
  });

  await test.step('a place that cannot be written to is said, and nothing is recorded', async () => {
    await answerSave(assay, join(assay.home.files, 'nowhere', 'churn-1.json'));
    await exportAs(page, 'JSON');
    await expect(topDialog(page)).toContainText('its folder is not there');
    await pictures(page, 'export-7-refused');
    await page.keyboard.press('Escape');
  });

  await test.step('the files are signed for people without Assay', async () => {
    const path = join(assay.home.files, 'churn-1-signature.zip');
    await answerSave(assay, path);
    await exportAs(page, 'Signature of the files');
    await expect(topDialog(page)).toContainText('14, as the version froze them');
    await pictures(page, 'export-9-sign');
    await expectAccessible(page);
    await sign(page, 'Sign and save', ADA);
    await expect(topDialog(page)).toContainText(path);
    await topDialog(page).getByRole('button', { name: 'Done' }).click();
  });

  await test.step('the whole model is exported, and the log says so', async () => {
    await page.getByRole('link', { name: 'Churn' }).click();
    const path = join(assay.home.files, 'churn.zip');
    await answerSave(assay, path);
    await exportAs(page, 'MLflow');
    await expect(topDialog(page)).toContainText(path);
    await topDialog(page).getByRole('button', { name: 'Done' }).click();
    await pictures(page, 'export-8-model');
    await goTo(page, 'Audit');
    await expect(page.getByText('Model exported')).toBeVisible();
    await expect(page.getByText('Model version exported')).toBeVisible();
    await expect(page.getByText('Files of a model version signed for others')).toBeVisible();
  });
});

test('a model that another tool signed is verified, step by step', async ({ assay }) => {
  const page = assay.page();
  const folder = join(assay.home.files, 'simple');
  mkdirSync(folder);
  writeFileSync(join(folder, 'signme-1'), 'signme-1\n');
  writeFileSync(join(folder, 'signme-2'), 'signme-2');
  const vectors = resolve('test/golden/oms');
  const asked = [
    join(vectors, 'valid-key.bundle.json'),
    join(vectors, 'signer-p384-public.pem'),
    folder,
  ];
  await createWorkspace(page);
  await goTo(page, 'Models');
  await page.getByRole('button', { name: 'Verify a signed model…' }).click();
  await answerOpenInTurn(assay, asked);
  await topDialog(page).getByRole('button', { name: 'Choose the files…' }).click();
  await expect(topDialog(page)).toContainText('The model is as it was signed.');
  await expect(topDialog(page)).toContainText('Every one of 2 files is as it was signed.');
  await pictures(page, 'export-9-verified');
  await expectAccessible(page);

  writeFileSync(join(folder, 'signme-1'), 'tampered');
  await answerOpenInTurn(assay, asked);
  await topDialog(page).getByRole('button', { name: 'Verify another…' }).click();
  await expect(topDialog(page)).toContainText('The model is NOT as it was signed.');
  await expect(topDialog(page)).toContainText('Changed (1)');
  await pictures(page, 'export-10-tampered');
  await expectAccessible(page);
});
