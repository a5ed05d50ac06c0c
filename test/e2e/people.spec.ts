import { test as base, type Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { removeHome } from './support/home';
import { launchAssay, nextWindow, type Assay } from './support/launch';
import { expectAccessible } from './support/accessibility';
import { expect } from './support/fixtures';
import { picture } from './support/picture';
import {
  createModel,
  expectSignedIn,
  fillAddPerson,
  fillFirstSignIn,
  openPerson,
  openSettings,
  shownOneTime,
  sign,
  signIn,
  topDialog,
  type Typist,
} from './support/people';
import { createWorkspace, goTo, PASSPHRASE, PERSON } from './support/workspace';

const ADA: Typist = { name: PERSON, passphrase: PASSPHRASE };
const BELA: Typist = {
  name: 'Béla Reviewer-Østergård',
  passphrase: 'twelve copper kettles sang beside the fjord',
};

/** What the print command would put on paper, as a PDF file in base64. */
function printed({ app }: Assay): Promise<string> {
  return app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('no window');
    return (await contents.printToPDF({ preferCSSPageSize: true })).toString('base64');
  });
}

/** Several people in one workspace, each act as its person does it, one after the other. */
base.describe.serial('people, keys and signatures', () => {
  const test = base;
  let assay: Assay;
  let page: Page;
  let oneTime = '';
  test.beforeAll(async () => {
    assay = await launchAssay();
    page = assay.page();
    await createWorkspace(page);
  });
  test.afterAll(async () => {
    await assay.app.close();
    removeHome(assay.home);
    expect(assay.complaints).toEqual([]);
  });

  test('the first person signs the statement of accountability, once', async () => {
    await page.getByRole('link', { name: 'My access' }).first().click();
    await expect(page.getByRole('tab', { name: 'My access' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await page.getByRole('button', { name: /^Sign the statement/ }).click();
    await picture(page, 'people-1-accountability');
    await expectAccessible(page);
    await sign(page, 'Sign', ADA);
    await expect(page.getByText('Signed', { exact: true })).toBeVisible();
    await picture(page, 'people-2-my-access', true);
  });

  test('an administrator adds a person and gets a one-time passphrase', async () => {
    await fillAddPerson(page, ADA, BELA.name, 'reviewer');
    const dialog = topDialog(page);
    await picture(page, 'people-3-add');
    await dialog.getByRole('button', { name: 'Add person' }).click();
    oneTime = await shownOneTime(page);
    expect(oneTime).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
    await picture(page, 'people-4-one-time');
    await dialog.getByRole('button', { name: /I have it/ }).click();
    await expect(page.getByText(oneTime)).toHaveCount(0);
    await picture(page, 'people-5-list');
    await expectAccessible(page);
  });

  test('switches to the new person, who chooses a passphrase of their own', async () => {
    page = await nextWindow(assay, async () => {
      await page.getByRole('button', { name: new RegExp(PERSON) }).click();
      await page.getByRole('menuitem', { name: /Switch person/ }).click();
    });
    await fillFirstSignIn(page, BELA, oneTime.toLowerCase());
    await picture(page, 'people-6-first-sign-in');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Set passphrase and sign in' }).click();
    await expectSignedIn(page);
    await picture(page, 'people-7-notices');
  });

  test('a second person confirms the new key', async () => {
    page = await signIn(assay, ADA);
    await openPerson(page, BELA.name);
    await page.getByRole('button', { name: /^Confirm key/ }).click();
    await expect(topDialog(page)).toContainText('read the four groups of the fingerprint');
    await picture(page, 'people-8-confirm-key');
    await sign(page, 'Confirm key', ADA);
    await expect(page.getByRole('dialog', { name: BELA.name, exact: true })).toContainText(
      `by ${PERSON}`,
    );
    await picture(page, 'people-9-person');
    await page.keyboard.press('Escape');
  });

  test('an author registers a version and cannot approve it', async () => {
    await createModel(page, 'Churn');
    await page.getByRole('button', { name: 'Register version' }).first().click();
    await page.getByLabel('Description').fill('First version.');
    await page.getByRole('button', { name: 'Review and sign…' }).click();
    await picture(page, 'people-10-sign-version');
    await sign(page, 'Sign and register', ADA);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('version 1');
    await page.getByRole('button', { name: 'Sign…' }).click();
    const signing = topDialog(page);
    await expect(signing).toContainText('This is your own work');
    await picture(page, 'people-11-own-work');
    await signing.getByRole('button', { name: 'Cancel' }).click();
    await expect(signing).toBeHidden();
  });

  test('the reviewer approves it, and both signatures are shown', async () => {
    page = await signIn(assay, BELA);
    await goTo(page, 'Models');
    await page.getByRole('row', { name: /Churn/ }).click();
    await page.getByRole('row', { name: /^v1 / }).click();
    await page.getByRole('button', { name: 'Sign…' }).click();
    const signing = topDialog(page);
    await signing.getByRole('combobox', { name: 'Meaning of your signature' }).click();
    await page.getByRole('option', { name: /^Approval/ }).click();
    await picture(page, 'people-12-approve');
    await expectAccessible(page);
    await sign(page, 'Sign', BELA);
    const table = page
      .getByRole('table', { name: /signatures/i })
      .or(page.getByRole('grid', { name: /signatures/i }));
    await expect(table).toContainText(BELA.name);
    await expect(table).toContainText(PERSON);
    await picture(page, 'people-13-signatures', true);
  });

  test('Settings shows the role matrix, the recovery kit and the check', async () => {
    page = await signIn(assay, ADA);
    await openSettings(page, 'Roles');
    await expect(page.getByText('vault.addPerson')).toBeVisible();
    await picture(page, 'people-14-roles', true);
    await expectAccessible(page);
    await openSettings(page, 'Recovery & backup');
    await page.getByRole('button', { name: /^Make a recovery kit/ }).click();
    await page.getByLabel('Your passphrase').fill(PASSPHRASE);
    await page.getByRole('dialog').getByRole('button', { name: 'Make the kit' }).click();
    await expect(page.getByRole('dialog')).toContainText(/([0-9A-Z]{4}-?\s*){8}/u);
    await picture(page, 'people-15-kit');
    await expectAccessible(page);
    // On paper there is the sheet alone, on one page.
    const pdf = Buffer.from(await printed(assay), 'base64');
    writeFileSync('test-results/e2e/screens/people-16-kit.pdf', pdf);
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/gu)).toHaveLength(1);
  });
});
