import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { modelsByName } from '../../shared/registry/listChannels';
import { valueOf } from './support/bridge';
import { measureCore, startProbes, stopProbes } from './support/delays';
import { answerOpen } from './support/dialogs';
import { expect, leave, test } from './support/fixtures';
import { launchAssay, type Assay } from './support/launch';
import { expectSignedIn } from './support/people';
import { writeLargeArrow } from './support/tables';
import { createWorkspace, goTo, lock, PASSPHRASE, PERSON, unlock } from './support/workspace';

const SIZE = { nRows: 1_000_000, nColumns: 20 };
const MAX_DELAY_P99_MS = 50;

test.describe.serial('a batch of 1,000,000 rows and 20 columns', () => {
  test.describe.configure({ timeout: 300_000 });
  let assay: Assay;
  let page: Page;

  test.beforeAll(async () => {
    test.setTimeout(300_000);
    assay = await launchAssay();
    await measureCore(assay);
    await createWorkspace(assay.page());
    page = await lock(assay);
    await unlock(page, PASSPHRASE);
    await expectSignedIn(page);
    const reference = join(assay.home.files, 'reference.arrow');
    await answerOpen(assay, await writeLargeArrow(reference, { ...SIZE, shift: 0 }));
    await freezeReference(page);
    const live = join(assay.home.files, 'live.arrow');
    await answerOpen(assay, await writeLargeArrow(live, { ...SIZE, shift: 0.2 }));
  });

  test.afterAll(() => leave(assay));

  test('is compared with progress while shell, core and window stay responsive', async () => {
    await stageBatch(page);
    await startProbes(assay, page);
    const startedAtMs = performance.now();
    await page.getByRole('button', { name: 'Compute drift' }).click();
    const progress = page.getByRole('dialog', { name: 'Computing drift' });
    await expect(progress.getByRole('progressbar')).toBeVisible();
    await expect(progress.getByText(/\d+ %/)).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('live', { timeout: 240_000 });
    const tookMs = performance.now() - startedAtMs;
    const delays = await stopProbes(assay, page);
    report('import', tookMs, delays);
    await expect(page.getByRole('main')).toContainText('20 of 20 features moved');
    expect(delays.core.n).toBeGreaterThan(20);
    expect(delays.shell.p99Ms).toBeLessThan(MAX_DELAY_P99_MS);
    expect(delays.core.p99Ms).toBeLessThan(MAX_DELAY_P99_MS);
  });

  test('is cancelled at once, and leaves no process and no record', async () => {
    await stageBatch(page);
    await page.getByRole('button', { name: 'Compute drift' }).click();
    const progress = page.getByRole('dialog', { name: 'Computing drift' });
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await expect(progress).toBeHidden({ timeout: 2_000 });
    await expect.poll(() => serviceNames(assay)).toEqual(['Assay core']);
    const { nBatches } = await valueOf(page, 'registry.searchModels', modelsByName('', 1));
    expect(nBatches).toBe(1);
  });
});

async function freezeReference(page: Page): Promise<void> {
  const draft = { name: 'Large', purpose: 'Is measured.', owner: 'Nobody' };
  const { id: modelId } = await valueOf(page, 'registry.createModel', draft);
  const { stageId } = await valueOf(page, 'registry.previewVersion', {
    modelId,
    description: '',
    hyperparameters: {},
    metrics: {},
    trainingDataStageId: null,
    schema: [],
  });
  const typed = { printedName: PERSON, passphrase: PASSPHRASE };
  const version = await valueOf(page, 'registry.registerVersion', {
    stageId,
    signing: { meaning: 'authorship', reason: 'Prepared.', ...typed },
  });
  const versionId = version.id;
  const staged = await valueOf(page, 'drift.inspectReference', {
    versionId,
    source: { token: null },
  });
  const columns = staged.columns.map(({ name }) => ({
    name,
    kind: 'numeric' as const,
    role: 'feature' as const,
  }));
  await valueOf(page, 'drift.freezeReference', { versionId, stageId: staged.stageId, columns });
}

async function stageBatch(page: Page): Promise<void> {
  await goTo(page, 'Monitoring');
  await page.getByRole('button', { name: 'Import batch…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import live batch' });
  await expect(dialog).toContainText('20 columns matched', { timeout: 120_000 });
}

/** Names of the utility processes of Assay's own. */
function serviceNames({ app }: Assay): Promise<(string | undefined)[]> {
  return app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .map(({ name }) => name)
      .filter((name) => name?.startsWith('Assay')),
  );
}

function report(
  what: string,
  tookMs: number,
  delays: Awaited<ReturnType<typeof stopProbes>>,
): void {
  const figures = Object.entries(delays).map(
    ([part, { p99Ms, maxMs, n }]) =>
      `${part} p99 ${p99Ms.toFixed(1)} ms, longest ${maxMs.toFixed(1)} ms (${n})`,
  );
  console.log(`${what}: ${(tookMs / 1000).toFixed(2)} s; ${figures.join('; ')}`);
}
