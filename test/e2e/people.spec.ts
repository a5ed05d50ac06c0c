import { test as base, type Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { removeHome } from './support/home';
import { launchAssay, nextWindow, type Assay } from './support/launch';
import { expectAccessible } from './support/accessibility';
import { expect } from './support/fixtures';
import { picture } from './support/picture';
import { createWorkspace, goTo, lock, PASSPHRASE, PERSON, rowOf } from './support/workspace';

const REVIEWER = 'Béla Reviewer-Østergård';
const REVIEWERS_PASSPHRASE = 'twelve copper kettles sang beside the fjord';

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

  async function openSettings(tab: string): Promise<void> {
    await goTo(page, 'Settings');
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true');
  }

  /** Types what a signature needs and signs. */
  async function sign(label: string, passphrase: string, name: string | null): Promise<void> {
    const dialog = page.getByRole('dialog').last();
    if (name !== null) await dialog.getByLabel(/^Your name, as printed/).fill(name);
    const reason = dialog.getByLabel('Reason');
    if ((await reason.inputValue()) === '') await reason.fill('I have looked at it.');
    await dialog.getByLabel('Your passphrase').fill(passphrase);
    await dialog.getByRole('button', { name: label, exact: true }).click();
    await expect(page.getByLabel('Your passphrase')).toBeHidden({ timeout: 20_000 });
  }

  async function signIn(name: string, passphrase: string): Promise<void> {
    page = await lock(assay);
    await choosePerson(name);
    await page.getByLabel(/^Passphrase/).fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 20_000 });
  }

  async function choosePerson(name: string): Promise<void> {
    await page.getByRole('combobox', { name: 'Person' }).click();
    await page.getByRole('option', { name }).click();
  }

  test('the first person signs the statement of accountability, once', async () => {
    await page.getByRole('link', { name: 'My access' }).first().click();
    await expect(page.getByRole('tab', { name: 'My access' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await page.getByRole('button', { name: /^Sign the statement/ }).click();
    await picture(page, 'people-1-accountability');
    await expectAccessible(page);
    await sign('Sign', PASSPHRASE, PERSON);
    await expect(page.getByText('Signed', { exact: true })).toBeVisible();
    await picture(page, 'people-2-my-access', true);
  });

  test('an administrator adds a person and gets a one-time passphrase', async () => {
    await openSettings('People');
    await page.getByRole('button', { name: /^Add person/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Name/).fill(REVIEWER);
    await dialog.getByRole('checkbox', { name: /reviewer/i }).check();
    await dialog.getByLabel(/^How their identity/).fill('Badge 4711 seen');
    await dialog.getByLabel(/^Your own passphrase/).fill(PASSPHRASE);
    await picture(page, 'people-3-add');
    await dialog.getByRole('button', { name: 'Add person' }).click();
    await expect(dialog.getByText('What to do next')).toBeVisible({ timeout: 20_000 });
    oneTime = (await dialog.getByLabel('One-time passphrase').first().innerText()).replace(
      /\s+/gu,
      '',
    );
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
    await choosePerson(REVIEWER);
    await page.getByLabel('One-time passphrase').fill(oneTime.toLowerCase());
    await page.getByLabel(/^New passphrase(?! again)/).fill(REVIEWERS_PASSPHRASE);
    await page.getByLabel(/^New passphrase again/).fill(REVIEWERS_PASSPHRASE);
    await expect(page.getByText(/strong$/i)).toBeVisible();
    await picture(page, 'people-6-first-sign-in');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Set passphrase and sign in' }).click();
    await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 20_000 });
    await picture(page, 'people-7-notices');
  });

  test('a second person confirms the new key', async () => {
    await signIn(PERSON, PASSPHRASE);
    await openSettings('People');
    await rowOf(page, /^People/, new RegExp(REVIEWER)).click();
    await page.getByRole('button', { name: /^Confirm key/ }).click();
    await expect(page.getByRole('dialog').last()).toContainText(
      'read the four groups of the fingerprint',
    );
    await picture(page, 'people-8-confirm-key');
    await sign('Confirm key', PASSPHRASE, PERSON);
    await expect(page.getByRole('dialog', { name: REVIEWER, exact: true })).toContainText(
      `by ${PERSON}`,
    );
    await picture(page, 'people-9-person');
    await page.keyboard.press('Escape');
  });

  test('an author registers a version and cannot approve it', async () => {
    await goTo(page, 'Models');
    await page.getByRole('button', { name: 'Create model' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Churn');
    await dialog.getByLabel('Purpose').fill('Predicts who leaves.');
    await dialog.getByLabel('Owner').fill('Retention');
    await dialog.getByRole('button', { name: 'Create model' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Churn');
    await page.getByRole('button', { name: 'Register version' }).first().click();
    await page.getByLabel('Description').fill('First version.');
    await page.getByRole('button', { name: 'Review and sign…' }).click();
    await picture(page, 'people-10-sign-version');
    await sign('Sign and register', PASSPHRASE, null);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('version 1');
    await page.getByRole('button', { name: 'Sign…' }).click();
    const signing = page.getByRole('dialog').last();
    await expect(signing).toContainText('This is your own work');
    await picture(page, 'people-11-own-work');
    await signing.getByRole('button', { name: 'Cancel' }).click();
    await expect(signing).toBeHidden();
  });

  test('the reviewer approves it, and both signatures are shown', async () => {
    await signIn(REVIEWER, REVIEWERS_PASSPHRASE);
    await goTo(page, 'Models');
    await page.getByRole('row', { name: /Churn/ }).click();
    await page.getByRole('row', { name: /^v1 / }).click();
    await page.getByRole('button', { name: 'Sign…' }).click();
    const signing = page.getByRole('dialog').last();
    await signing.getByRole('combobox', { name: 'Meaning of your signature' }).click();
    await page.getByRole('option', { name: /^Approval/ }).click();
    await picture(page, 'people-12-approve');
    await expectAccessible(page);
    await sign('Sign', REVIEWERS_PASSPHRASE, REVIEWER);
    const table = page
      .getByRole('table', { name: /signatures/i })
      .or(page.getByRole('grid', { name: /signatures/i }));
    await expect(table).toContainText(REVIEWER);
    await expect(table).toContainText(PERSON);
    await picture(page, 'people-13-signatures', true);
  });

  test('Settings shows the role matrix, the recovery kit and the check', async () => {
    await signIn(PERSON, PASSPHRASE);
    await openSettings('Roles');
    await expect(page.getByText('vault.addPerson')).toBeVisible();
    await picture(page, 'people-14-roles', true);
    await expectAccessible(page);
    await openSettings('Recovery & backup');
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
