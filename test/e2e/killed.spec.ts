import type { Page } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelsByName } from '../../shared/registry/listChannels';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { valueOf } from './support/bridge';
import { dropFile } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { makeHome, type Home } from './support/home';
import { nextWindow, type Assay } from './support/launch';
import { exploreSample, goTo, unlock } from './support/workspace';

test.describe('when a process is killed during an import', () => {
  test.describe.configure({ timeout: 180_000 });

  test('the job: the import fails with a reason and nothing is recorded', async ({
    start,
    sampleHome,
  }) => {
    const assay = await beginImport(start, makeHome(sampleHome));
    const page = assay.page();
    process.kill(await processId(assay, 'Assay job'), 'SIGKILL');
    const dialog = page.getByRole('dialog', { name: 'Import live batch' });
    await expect(dialog.getByRole('alert')).toContainText('ASSAY-');
    await expectUntouched(page);
  });

  test('core: the same workspace is shown locked, and it is whole', async ({
    start,
    sampleHome,
  }) => {
    const assay = await beginImport(start, makeHome(sampleHome));
    const core = await processId(assay, 'Assay core');
    const page = await nextWindow(assay, async () => process.kill(core, 'SIGKILL'));
    await unlock(page, SAMPLE_WORKSPACE.passphrase);
    await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
    await expectUntouched(page);
  });

  test('the whole application: the workspace is whole at the next start', async ({
    start,
    sampleHome,
  }) => {
    const home = makeHome(sampleHome);
    const killed = await beginImport(start, home);
    const gone = killed.app.waitForEvent('close');
    killed.app.process().kill('SIGKILL');
    await gone;
    const assay = await start(home);
    await exploreSample(assay.page());
    await expectUntouched(assay.page());
  });
});

/** A batch of the sample's columns that takes seconds to compare. */
function writeLargeBatch(home: Home): string {
  const sample = readFileSync('resources/sample/bank-live-06.csv', 'utf8');
  const [header = '', ...rows] = sample.trimEnd().split(/\r?\n/);
  const path = join(home.files, 'large.csv');
  const body = `${rows.join('\n')}\n`;
  writeFileSync(path, `${header}\n${body.repeat(80)}`);
  return path;
}

async function beginImport(start: (home: Home) => Promise<Assay>, home: Home): Promise<Assay> {
  const assay = await start(home);
  const page = assay.page();
  await exploreSample(page);
  await goTo(page, 'Monitoring');
  await dropFile(page, 'Drop a live batch here', writeLargeBatch(home));
  await page.getByRole('button', { name: 'Compute drift' }).click({ timeout: 60_000 });
  await expect(page.getByRole('dialog', { name: 'Computing drift' })).toBeVisible();
  return assay;
}

async function expectUntouched(page: Page): Promise<void> {
  const found = await valueOf(page, 'registry.searchModels', modelsByName('', 1));
  expect(found.nBatches).toBe(6);
  const chain = await valueOf(page, 'audit.verifyChain', {});
  expect(chain).toMatchObject({ isIntact: true, broken: null });
  const sweep = await valueOf(page, 'vault.check', {});
  expect(sweep).toMatchObject({ isIntact: true });
}

async function processId({ app }: Assay, name: string): Promise<number> {
  const found = await app.evaluate(
    ({ app }, name) => app.getAppMetrics().find((process) => process.name === name)?.pid,
    name,
  );
  if (found === undefined) throw new Error(`${name} does not run`);
  return found;
}
