import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { expectAccessible } from './support/accessibility';
import { valueOf } from './support/bridge';
import { answerOpen } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { sign, topDialog } from './support/people';
import { pictures } from './support/picture';
import { exploreSample, goTo, rowOf } from './support/workspace';

const MODEL = /Term deposit subscription/;
const TITLE = 'The delivered window is wrong throughout';
const TYPIST = { name: SAMPLE_WORKSPACE.printedName, passphrase: SAMPLE_WORKSPACE.passphrase };

/** Delivers a window of predictions with what came true: what they said, or the opposite. */
function deliverWindow(inbox: string, version: number, label: string, isRight: boolean): void {
  const rows = Array.from({ length: 400 }, (_none, i) =>
    [`${label}-${i}`, i % 2 === 0 ? 0.9 : 0.1, (i % 2 === 0) === isRight ? 'yes' : 'no'].join(','),
  );
  const path = join(inbox, `${label}.csv`);
  writeFileSync(path, `${['id,score,y', ...rows].join('\n')}\n`);
  deliverSidecar(path, {
    kind: 'predictions',
    version,
    window: { label },
    columns: { id: 'id', score: 'score', label: 'y' },
    task: { positiveLabel: 'yes', threshold: 0.5 },
    sizeBytes: statSync(path).size,
  });
}

function deliverSidecar(path: string, sidecar: object): void {
  const named = { assay: 1, model: 'Term deposit subscription', ...sidecar };
  writeFileSync(`${path}.assay.json`, JSON.stringify(named));
}

test('from a log in the watched folder to an alert, an incident, the rollback, a retrained version and a signed closing', async ({
  assay,
}) => {
  test.setTimeout(180_000);
  const page = assay.page();
  await exploreSample(page);
  const inbox = join(assay.home.files, 'inbox');
  mkdirSync(inbox, { recursive: true });

  await test.step('a rule about accuracy recommends a rollback', async () => {
    const { models } = await valueOf(page, 'registry.searchModels', {
      text: 'Term deposit',
      filters: { owners: [], riskClasses: [], tags: [], hasOpenAlert: null, stage: null },
      sort: { key: 'name', direction: 'ascending' },
      offset: 0,
      limit: 1,
    });
    const modelId = models[0]!.id;
    const { policy, revision } = await valueOf(page, 'performance.getPolicy', { modelId });
    const rule = {
      id: 'live-accuracy',
      metric: 'accuracy',
      segment: null,
      direction: 'below',
      comparison: 'absolute',
      threshold: 0.7,
      minN: 100,
      consecutive: 1,
      certainty: 'source',
      severity: 'critical',
      action: 'recommendRollback',
      isEnabled: true,
    } as const;
    await valueOf(page, 'performance.setPolicy', {
      modelId,
      policy: { ...policy, rules: [...policy.rules, rule] },
      reason: 'A version that is wrong more often than right goes back',
      revision,
    });
  });

  await test.step('the pipeline delivers a window that breaks it', async () => {
    await goTo(page, 'Settings');
    await page.getByRole('tab', { name: 'Watched folder' }).click();
    await answerOpen(assay, inbox);
    await page.getByRole('button', { name: 'Choose a folder…' }).click();
    await page.getByLabel('Reason').fill('The scoring pipeline writes here.');
    await page.getByRole('dialog').getByRole('button', { name: 'Choose folder…' }).click();
    await page.getByRole('button', { name: 'Switch on…' }).click();
    await page.getByLabel('Reason').fill('Go live.');
    await page.getByRole('dialog').getByRole('button', { name: 'Switch on' }).click();
    deliverWindow(inbox, 3, 'Delivered', false);
    await expect(page.getByText(/1 file imported/)).toBeVisible({ timeout: 30_000 });
  });

  await test.step('the alert says what its rule asks for', async () => {
    await goTo(page, 'Alerts');
    const alert = page.getByRole('article', { name: 'Delivered' }).first();
    await expect(alert).toContainText('Recommend a rollback');
    await pictures(page, 'action-1-alert');
    await expectAccessible(page);
    await alert.getByRole('button', { name: 'More…' }).click();
    await page.getByRole('menuitem', { name: 'Open an incident…' }).click();
    await topDialog(page).getByLabel('Title').fill(TITLE);
    await topDialog(page).getByLabel('Reason').fill('Wrong for every row.');
    await topDialog(page).getByRole('button', { name: 'Open incident' }).click();
    await expect(page.getByRole('region', { name: 'Alerts' })).toContainText(
      'Recommend a rollback',
    );
    await pictures(page, 'action-1b-incident');
  });

  await test.step('the model page leads to the rollback, with its reason written', async () => {
    await goTo(page, 'Models');
    await page.getByRole('row', { name: MODEL }).click();
    const notice = page.getByRole('region', { name: 'Recommended rollback' });
    await expect(notice).toContainText('Rollback recommended');
    await pictures(page, 'action-2-model');
    await notice.getByRole('link', { name: /^Roll back to version/ }).click();
    await expect(topDialog(page).getByLabel('Reason')).toHaveValue(/^Recommended by revision/);
    await pictures(page, 'action-3-rollback');
    await topDialog(page).getByRole('button', { name: 'Roll back' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('a retrained version and a good window of the live one are delivered', async () => {
    deliverSidecar(join(inbox, 'retrained'), { kind: 'newVersion', hyperparameters: { depth: 4 } });
    deliverWindow(inbox, 1, 'Restored', true);
    await goTo(page, 'Settings');
    await page.getByRole('tab', { name: 'Watched folder' }).click();
    await page.getByRole('button', { name: 'Sign and register…' }).click();
    await sign(page, 'Sign and register', TYPIST);
    await expect(page.getByText(/3 files imported/)).toBeVisible({ timeout: 30_000 });
  });

  await test.step('the incident closes by signature on the window that shows it', async () => {
    await goTo(page, 'Incidents');
    await rowOf(page, 'Incidents', new RegExp(TITLE)).click();
    const happened = page.getByRole('region', { name: 'What happened' });
    // The rollback and the retrained version are offered with their records.
    await happened.getByRole('button', { name: 'Add to timeline' }).first().click();
    await expect(happened.getByText('Rollback:').first()).toBeVisible();
    await expect(happened.getByText('Retraining:').first()).toBeVisible();
    await page.getByRole('button', { name: 'Close…' }).click();
    await topDialog(page).getByRole('button', { name: 'Show what will be signed' }).click();
    await expect(topDialog(page)).toContainText('Performance in Restored, version 1');
    await sign(page, 'Sign and close', TYPIST);
    await expect(page.getByRole('main')).toContainText(/Closed: back within policy/);
    await pictures(page, 'action-4-closed');
  });
});
