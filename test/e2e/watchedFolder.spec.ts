import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { expectAccessible } from './support/accessibility';
import { answerOpen } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { makeHome } from './support/home';
import { sign } from './support/people';
import { pictures } from './support/picture';
import { exploreSample, goTo, rowOf } from './support/workspace';

const MODEL = 'Term deposit subscription';

/** As a pipeline does it: the file first, then what it is. */
function deliver(inbox: string, name: string, data: string | null, sidecar: object): void {
  const path = join(inbox, name);
  if (data !== null) writeFileSync(path, data);
  const size = data === null ? {} : { sizeBytes: statSync(path).size };
  writeFileSync(`${path}.assay.json`, JSON.stringify({ assay: 1, ...size, ...sidecar }));
}

test('what a pipeline delivers is imported by itself, and what is wrong is moved away with its reason', async ({
  start,
  sampleHome,
}) => {
  const assay = await start(makeHome(sampleHome));
  const page = assay.page();
  const inbox = join(assay.home.files, 'inbox');
  mkdirSync(inbox, { recursive: true });
  await exploreSample(page);
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Watched folder' }).click();
  await expect(page.getByText('No folder is watched yet')).toBeVisible();
  await pictures(page, 'watched-1-none');

  await answerOpen(assay, inbox);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await page.getByLabel('Reason').fill('The scoring pipeline writes here.');
  await page.getByRole('dialog').getByRole('button', { name: 'Choose folder…' }).click();
  await page.getByRole('button', { name: 'Switch on…' }).click();
  await page.getByLabel('Reason').fill('Go live.');
  await page.getByRole('dialog').getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByText('Watching')).toBeVisible();

  const batch = readFileSync('resources/sample/bank-live-06.csv', 'utf8');
  const window = { label: 'Delivered', start: '2010-11-01', end: '2010-11-30' };
  deliver(inbox, 'delivered.csv', batch, { kind: 'liveBatch', model: MODEL, version: 2, window });
  deliver(inbox, 'stray.csv', batch, { kind: 'liveBatch', model: 'Nobody', version: 1, window });
  deliver(inbox, 'v2', null, {
    kind: 'newVersion',
    model: MODEL,
    hyperparameters: { depth: 6 },
    metrics: { auc: 0.79 },
  });
  writeFileSync(join(inbox, 'lonely.csv'), 'a\n1\n');
  await expect(page.getByText(/1 file imported, 1 failed; 2 files wait/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(rowOf(page, 'Files taken from the watched folder', /stray/)).toContainText(
    'No model has the name',
  );
  expect(readdirSync(join(inbox, 'failed', 'stray.csv'))).toContain('stray.csv.reason.txt');
  await pictures(page, 'watched-2-taken');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Sign and register…' }).click();
  const dialog = page.getByRole('dialog', { name: /Sign and register 1 new version/ });
  await expect(dialog.getByText(/1 hyperparameter, 1 metric,/)).toBeVisible();
  await pictures(page, 'watched-3-sign');
  const { printedName, passphrase } = SAMPLE_WORKSPACE;
  await sign(page, 'Sign and register', { name: printedName, passphrase });
  await expect(page.getByText(/2 files imported, 1 failed/)).toBeVisible();
  await pictures(page, 'watched-4-registered');
});
