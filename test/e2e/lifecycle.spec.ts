import { resolve } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { modelsByName } from '../../shared/registry/listChannels';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { expectAccessible } from './support/accessibility';
import { valueOf } from './support/bridge';
import { answerOpen } from './support/dialogs';
import { expect, leave } from './support/fixtures';
import { launchAssay, type Assay } from './support/launch';
import { addPerson, confirmKey, sign, signIn, topDialog, type Typist } from './support/people';
import { pictures } from './support/picture';
import { exploreSample, goTo } from './support/workspace';

const SAM: Typist = {
  name: SAMPLE_WORKSPACE.printedName,
  passphrase: SAMPLE_WORKSPACE.passphrase,
};
const BELA: Typist = { name: 'Béla Reviewer', passphrase: 'twelve copper kettles sang by a fjord' };
const MODEL = 'Term deposit subscription';

/** A version on its way to Production and back, each act as its person does it. */
base.describe.serial('the lifecycle of a version', () => {
  const test = base;
  test.describe.configure({ timeout: 240_000 });
  let assay: Assay;
  let page: Page;
  test.beforeAll(async () => {
    test.setTimeout(240_000);
    assay = await launchAssay();
    await exploreSample(assay.page());
    await addPerson(assay, SAM, BELA, 'reviewer');
    page = await signIn(assay, SAM);
    await confirmKey(page, BELA.name, SAM);
    await registerFourth();
  });
  test.afterAll(() => leave(assay));

  /** A version that nobody has promoted yet, with its training data and reference. */
  async function registerFourth(): Promise<void> {
    await answerOpen(assay, resolve('resources/sample/bank-reference.csv'));
    const { models } = await valueOf(page, 'registry.searchModels', modelsByName(MODEL, 1));
    const source = { token: null };
    const training = await valueOf(page, 'registry.stageTrainingData', { source });
    const preview = await valueOf(page, 'registry.previewVersion', {
      modelId: models[0]!.id,
      description: 'Fitted once more on the reference window.',
      hyperparameters: { ridge: 2 },
      metrics: { auc: 0.626 },
      trainingDataStageId: training.stageId,
      schema: training.schema,
    });
    const signing = {
      meaning: 'authorship',
      reason: 'Ready',
      passphrase: SAM.passphrase,
      printedName: SAM.name,
    } as const;
    const { stageId } = preview;
    const { id: versionId } = await valueOf(page, 'registry.registerVersion', { stageId, signing });
    const reference = await valueOf(page, 'drift.inspectReference', { source, versionId });
    await valueOf(page, 'drift.freezeReference', {
      versionId,
      stageId: reference.stageId,
      columns: reference.columns.map(({ name, kind, role }) => ({ name, kind, role })),
    });
  }

  async function openModel(tab: string | RegExp): Promise<void> {
    await goTo(page, 'Models');
    await page.getByRole('row', { name: new RegExp(MODEL) }).click();
    await page.getByRole('tab', { name: tab }).click();
  }

  async function openVersion(number: number): Promise<void> {
    await openModel(/^Versions/);
    await page.getByRole('row', { name: new RegExp(`^v${number} `) }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`version ${number}`);
  }

  const stage = () => page.getByRole('region', { name: 'Stage' });

  async function act(button: string | RegExp, submit: string, reason: string): Promise<void> {
    await stage().getByRole('button', { name: button }).click();
    await topDialog(page).getByLabel('Reason').fill(reason);
    await topDialog(page).getByRole('button', { name: submit, exact: true }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  }

  test('a version goes to Staging through its gate', async () => {
    await openVersion(4);
    await expect(stage()).toContainText('Registered');
    await pictures(page, 'lifecycle-1-registered');
    await act('Ask for Staging…', 'Ask', 'Trained on the agreed data.');
    await act('Promote to Staging…', 'Promote', 'Checked with the team.');
    await expect(stage()).toContainText('Production needs');
    await pictures(page, 'lifecycle-2-staging');
    await expectAccessible(page);
  });

  test('Production waits for what is missing, and says what it is', async () => {
    await act('Ask for Production…', 'Ask', 'Ready for customers.');
    await expect(stage()).toContainText('Approved by nobody.');
    await expect(stage().getByRole('button', { name: 'Promote to Production…' })).toBeDisabled();
    await pictures(page, 'lifecycle-3-waiting');
    await stage().getByRole('link', { name: 'Look at the alerts' }).click();
    await expect(page.getByRole('tab', { name: /^Alerts/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  test('a manager changes the gates, with a reason', async () => {
    await openModel('Lifecycle');
    await page.getByRole('button', { name: 'Change gates…' }).click();
    const production = topDialog(page).getByRole('region', { name: 'Gates before Production' });
    await production.getByRole('button', { name: 'Remove' }).nth(4).click();
    await production.getByRole('button', { name: 'Remove' }).nth(2).click();
    await production.getByRole('combobox', { name: 'Add a gate before Production' }).click();
    await page.getByRole('option', { name: 'A metric keeps to a bound' }).click();
    await expect(production).toContainText('Not complete yet');
    await production.getByLabel('Metric').fill('auc');
    await production.getByLabel('Bound').fill('0.6');
    await topDialog(page).getByLabel('Reason').fill('Alerts are handled by their owner.');
    await pictures(page, 'lifecycle-4-gates');
    await expectAccessible(page);
    await topDialog(page).getByRole('button', { name: 'Change gates' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    const gates = page.getByRole('region', { name: 'Gates', exact: true });
    await expect(gates).toContainText('auc is at least 0.6');
    await expect(gates).toContainText('Revision 3, set by');
  });

  test('somebody else approves, then it is promoted', async () => {
    page = await signIn(assay, BELA);
    await openVersion(4);
    await stage().getByRole('button', { name: 'Sign…' }).click();
    await topDialog(page).getByRole('combobox', { name: 'Meaning of your signature' }).click();
    await page.getByRole('option', { name: /^Approval/ }).click();
    await pictures(page, 'lifecycle-5-approve');
    await sign(page, 'Sign', BELA);
    await expect(stage()).toContainText(`Approved by ${BELA.name}.`);
    page = await signIn(assay, SAM);
    await openVersion(4);
    await stage().getByRole('button', { name: 'Promote to Production…' }).click();
    await pictures(page, 'lifecycle-6-promote');
    await expectAccessible(page);
    await topDialog(page).getByRole('button', { name: 'Cancel' }).click();
    await act('Promote to Production…', 'Promote', 'Approved by Béla.');
    await expect(stage()).toContainText('It is live.');
    await stage().getByRole('button', { name: 'Give an alias…' }).click();
    await topDialog(page).getByLabel('Alias').fill('latest');
    await expect(topDialog(page)).toContainText('This cannot be an alias');
    await topDialog(page).getByLabel('Alias').fill('champion');
    await topDialog(page).getByLabel('Reason').fill('The one that is used.');
    await pictures(page, 'lifecycle-7-alias');
    await topDialog(page).getByRole('button', { name: 'Give the alias' }).click();
    await expect(stage()).toContainText('Alias: champion.');
    await pictures(page, 'lifecycle-7-live');
  });

  test('a second version takes over, and is rolled back in one step', async () => {
    await openModel('Lifecycle');
    await page.getByRole('button', { name: 'Change gates…' }).click();
    const remove = topDialog(page).getByRole('button', { name: 'Remove' });
    for (let nLeft = await remove.count(); nLeft > 0; nLeft -= 1) await remove.first().click();
    await topDialog(page).getByLabel('Reason').fill('For the exercise.');
    await topDialog(page).getByRole('button', { name: 'Change gates' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.getByRole('button', { name: 'Register version' }).click();
    await page.getByLabel('Description').fill('Retrained.');
    await page.getByRole('button', { name: 'Review and sign…' }).click();
    await sign(page, 'Sign and register', SAM);
    await act('Ask for Staging…', 'Ask', 'Retrained.');
    await act('Promote to Staging…', 'Promote', 'Retrained.');
    await act('Ask for Production…', 'Ask', 'Better on new data.');
    await act('Promote to Production…', 'Promote', 'Better on new data.');
    await expect(stage()).toContainText('It is live. Version 4 was live before it.');
    await stage().getByRole('button', { name: 'Roll back to version 4…' }).click();
    await pictures(page, 'lifecycle-8-roll-back');
    await topDialog(page).getByRole('button', { name: 'Cancel' }).click();
    await act('Roll back to version 4…', 'Roll back', 'Accuracy fell.');
    await expect(stage()).toContainText('Archived');
  });

  test('the history tells what was live, since when, who decided and why', async () => {
    await openModel('Lifecycle');
    const live = page.getByRole('region', { name: 'What was live' });
    await expect(live).toContainText(/Version 4 was live at .* and still is/);
    await expect(live).toContainText(`${SAM.name}: “Accuracy fell.”`);
    const history = page.getByRole('region', { name: 'History' });
    await expect(history).toContainText('Version 4 came back to Production by a rollback.');
    await expect(history).toContainText('Version 5 went from Staging to Production.');
    await pictures(page, 'lifecycle-9-history');
    await expectAccessible(page);
    await live.getByLabel('As of (UTC)').fill('2020-01-01T00:00:00');
    await live.getByRole('button', { name: 'Show' }).click();
    await expect(live).toContainText('No version was live at 2020-01-01');
    await pictures(page, 'lifecycle-10-as-of');

    await openVersion(4);
    const lineage = page.getByRole('region', { name: 'Lineage' });
    await expect(lineage.getByRole('link', { name: /bank-reference.csv/ })).toHaveCount(2);
    await lineage.scrollIntoViewIfNeeded();
    await pictures(page, 'lifecycle-11-lineage');
    await expectAccessible(page);
    await lineage.getByRole('link', { name: /^Live in Production/ }).click();
    await expect(page.getByRole('tab', { name: 'Lifecycle' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });
});
