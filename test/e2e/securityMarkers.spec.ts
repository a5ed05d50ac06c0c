import { expect, test } from '@playwright/test';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { callForValue, lockByCall } from './security/bridge';
import { measured } from './security/measured';
import { startAssay, type Started } from './security/startAssay';
import { createWorkspace, PASSPHRASE } from './support/workspace';

const MODEL = 'Zebrafinch-Marker-Model';
const CATEGORY = 'Zebrafinch-Marker-Category';
const signing = {
  meaning: 'authorship',
  reason: 'Zebrafinch-Marker-Reason',
  printedName: 'Ada Analyst',
  passphrase: PASSPHRASE,
};

interface Staged {
  readonly stageId: string;
  readonly columns: readonly { readonly name: string }[];
}

/** A table with a marked category; the person's own file, outside the home folder that is searched. */
function writeTable(path: string, shift: number): void {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const segment = i % 3 === 0 ? CATEGORY : 'other';
    return `${segment},${((i * 37) % 101) + shift}`;
  });
  writeFileSync(path, ['segment,amount', ...rows, ''].join('\n'));
}

/** Files that hold a text in clear, in either way that a program writes text. */
function filesWith(folder: string, text: string): readonly string[] {
  const needles = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => needles.some((needle) => readFileSync(path).includes(needle)));
}

let started: Started;
test.beforeEach(async () => {
  started = await startAssay();
});
test.afterEach(() => started.discard());

async function answerWith(path: string): Promise<void> {
  await started.app.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [answer] });
  }, path);
}

/** Registers a model, freezes a reference and imports a batch, all of them marked. */
async function workOnMarkedModel(): Promise<string> {
  const page = started.page();
  const call = <T>(name: string, input: unknown): Promise<T> => callForValue<T>(page, name, input);
  const draft = { name: MODEL, purpose: 'Zebrafinch-Marker-Purpose', owner: 'Ada Analyst' };
  const model = await call<{ id: string }>('registry.createModel', draft);
  const preview = await call<{ stageId: string }>('registry.previewVersion', {
    modelId: model.id,
    description: 'Zebrafinch-Marker-Description',
    hyperparameters: {},
    metrics: {},
    trainingDataStageId: null,
    schema: [],
  });
  const { stageId } = preview;
  const version = await call<{ id: string }>('registry.registerVersion', { stageId, signing });
  const source = { token: null };
  const reference = test.info().outputPath('reference.csv');
  writeTable(reference, 0);
  await answerWith(reference);
  const staged = await call<Staged>('drift.inspectReference', { versionId: version.id, source });
  const columns = [
    { name: 'segment', kind: 'categorical', role: 'feature' },
    { name: 'amount', kind: 'numeric', role: 'feature' },
  ];
  await call('drift.freezeReference', { versionId: version.id, stageId: staged.stageId, columns });
  const live = test.info().outputPath('live.csv');
  writeTable(live, 60);
  await answerWith(live);
  const batch = await call<Staged>('drift.inspectBatch', { versionId: version.id, source });
  const period = { periodStart: null, periodEnd: null };
  const label = 'Zebrafinch-Marker-Batch';
  const about = { versionId: version.id, stageId: batch.stageId, label, ...period };
  await call('drift.importBatch', about);
  return model.id;
}

test('nothing that a person works on is written in clear text', async () => {
  test.slow();
  const home = started.home.folder;
  await createWorkspace(started.page());
  const modelId = await workOnMarkedModel();
  // Shown as well, so that whatever the window keeps for itself is there to be found.
  const page = started.page();
  await page.reload();
  await page.evaluate((id) => (location.hash = `#/models/${id}`), modelId);
  await page.getByText(MODEL).first().waitFor();

  // So that there is a log: core complains, and must not say about what.
  await page.evaluate((text) => Reflect.apply(window.assay.send, null, [{ type: text }]), MODEL);

  expect(filesWith(test.info().outputPath(), CATEGORY)).toHaveLength(2);
  const found = (): readonly string[] => [
    ...filesWith(home, 'Zebrafinch-Marker'),
    ...filesWith(home, PASSPHRASE),
  ];
  expect(found()).toEqual([]);
  await (await lockByCall(started)).getByRole('heading', { name: /Unlock/ }).waitFor();
  expect(found()).toEqual([]);
  await started.stop();
  expect(found()).toEqual([]);
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' });
  const names = files.map((path) => basename(path));
  expect(names).toEqual(
    expect.arrayContaining(['assay.db', 'vault.json', 'heads.log', 'core.log']),
  );
  measured(`${files.length} files and folders searched`);
});
