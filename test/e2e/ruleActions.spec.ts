import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './support/accessibility';
import { valueOf } from './support/bridge';
import { answerOpen } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { topDialog } from './support/people';
import { pictures } from './support/picture';
import { exploreSample, goTo } from './support/workspace';

const MODEL = /Term deposit subscription/;

/** A window of version 3 whose scores say the opposite of what came true. */
function badWindow(): string {
  const rows = Array.from({ length: 400 }, (_none, i) =>
    [`late-${i}`, i % 2 === 0 ? 0.9 : 0.1, i % 2 === 0 ? 'no' : 'yes'].join(','),
  );
  return `${['id,score,y', ...rows].join('\n')}\n`;
}

test('a log in the watched folder that breaks a rule leads to the rollback that the rule recommends', async ({
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
    const path = join(inbox, 'late.csv');
    writeFileSync(path, badWindow());
    const sidecar = {
      assay: 1,
      kind: 'predictions',
      model: 'Term deposit subscription',
      version: 3,
      window: { label: 'Delivered window' },
      columns: { id: 'id', score: 'score', label: 'y' },
      task: { positiveLabel: 'yes', threshold: 0.5 },
      sizeBytes: statSync(path).size,
    };
    writeFileSync(`${path}.assay.json`, JSON.stringify(sidecar));
    await expect(page.getByText(/1 file imported/)).toBeVisible({ timeout: 30_000 });
  });

  await test.step('the alert says what its rule asks for', async () => {
    await goTo(page, 'Alerts');
    const alert = page.getByRole('article', { name: 'Delivered window' }).first();
    await expect(alert).toContainText('Recommend a rollback');
    await pictures(page, 'action-1-alert');
    await expectAccessible(page);
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
  });
});
