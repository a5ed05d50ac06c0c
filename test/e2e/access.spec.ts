import { test as base, type Page } from '@playwright/test';
import { expect, leave } from './support/fixtures';
import { expectAccessible } from './support/accessibility';
import { launchAssay, type Assay } from './support/launch';
import {
  addPerson,
  expectSignedIn,
  fillNewPassphrase,
  firstSignIn,
  openPerson,
  openSettings,
  shownOneTime,
  signIn,
  topDialog,
  type Typist,
} from './support/people';
import { pictures } from './support/picture';
import { choosePerson, createWorkspace, goTo, lock, PASSPHRASE, PERSON } from './support/workspace';

const ADA: Typist = { name: PERSON, passphrase: PASSPHRASE };
const BELA: Typist = { name: 'Béla Reviewer', passphrase: 'twelve copper kettles sang by a fjord' };
const NEXT = 'nine wooden bridges crossed the silent valley';
const LAST = 'four paper lanterns lit the northern harbour';

/** What changes somebody's access, each act as its person does it, one after the other. */
base.describe.serial('access', () => {
  const test = base;
  let assay: Assay;
  let page: Page;
  test.beforeAll(async () => {
    assay = await launchAssay();
    await createWorkspace(assay.page());
    page = await addPerson(assay, ADA, BELA, 'reviewer');
  });
  test.afterAll(() => leave(assay));

  async function expectEvent(action: RegExp, person: string): Promise<void> {
    await goTo(page, 'Audit');
    const row = page.getByRole('grid').first().getByRole('row', { name: action }).first();
    await expect(row).toContainText(person);
  }

  test('a person changes their own passphrase, and the old one opens nothing more', async () => {
    await openSettings(page, 'My access');
    await page.getByLabel('Current passphrase').fill('not this one');
    await fillNewPassphrase(page, NEXT);
    await page.getByRole('button', { name: 'Change passphrase' }).click();
    await expect(page.getByRole('alert')).toContainText('passphrase is not right');
    await pictures(page, 'access-1-passphrase-refused');
    await page.getByLabel('Current passphrase').fill(BELA.passphrase);
    await page.getByRole('button', { name: 'Change passphrase' }).click();
    await expect(page.getByText('Your passphrase is changed.')).toBeVisible({ timeout: 20_000 });
    await pictures(page, 'access-2-passphrase-changed');
    await expectAccessible(page);

    page = await lock(assay);
    await choosePerson(page, BELA.name);
    await page.getByLabel(/^Passphrase/).fill(BELA.passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByRole('alert')).toContainText('passphrase is not right');
    await page.getByLabel(/^Passphrase/).fill(NEXT);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expectSignedIn(page);
  });

  test('an administrator notes a training and changes roles', async () => {
    page = await signIn(assay, ADA);
    const dialog = await openPerson(page, BELA.name);
    await dialog.getByRole('button', { name: 'Add training note' }).click();
    await dialog.getByLabel('Topic').fill('Part 11 basics, certificate 17 in the binder');
    await pictures(page, 'access-3-training');
    await dialog.getByRole('button', { name: 'Add training note' }).click();
    await expect(dialog).toContainText('certificate 17 in the binder');

    await dialog.getByRole('button', { name: 'Change roles' }).click();
    await dialog.getByRole('checkbox', { name: /manager/i }).check();
    const submit = dialog.getByRole('button', { name: 'Change roles' });
    await expect(submit).toBeDisabled();
    await dialog.getByLabel('Reason').fill('Leads the review from December on.');
    await pictures(page, 'access-4-roles');
    await expectAccessible(page);
    await submit.click();
    await expect(dialog).toContainText('Reviewer, Manager');
    await pictures(page, 'access-5-person');
    await page.keyboard.press('Escape');
    await expectEvent(/Roles/, PERSON);
  });

  test('an administrator resets access: the old passphrase ends, the new key waits', async () => {
    const dialog = await openPerson(page, BELA.name);
    await dialog.getByRole('button', { name: 'Reset access' }).click();
    await dialog.getByLabel('Reason').fill('Lost the passphrase.');
    await dialog.getByLabel('Your own passphrase').fill(ADA.passphrase);
    await pictures(page, 'access-6-reset');
    await dialog.getByRole('button', { name: 'Reset access' }).click();
    const oneTime = await shownOneTime(page);
    await pictures(page, 'access-7-reset-given');
    await dialog.getByRole('button', { name: /I have it/ }).click();
    await expect(dialog).toContainText('Access reset');
    await page.keyboard.press('Escape');

    page = await firstSignIn(assay, BELA, oneTime);
    await openSettings(page, 'My access');
    await expect(page.getByRole('main')).toContainText('after a reset of access');
    await pictures(page, 'access-8-after-reset');
    page = await signIn(assay, ADA);
    const again = await openPerson(page, BELA.name);
    await expect(again).toContainText('You cannot confirm it');
    await page.keyboard.press('Escape');
  });

  test('a deactivated person is gone from the entrance, and the data key is replaced', async () => {
    const dialog = await openPerson(page, BELA.name);
    await dialog.getByRole('button', { name: 'Deactivate' }).click();
    await dialog.getByLabel('Reason').fill('Left the company.');
    await pictures(page, 'access-9-deactivate');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Deactivate for ever' }).click();
    await expect(dialog).toContainText('Revoked when the person was deactivated');
    await pictures(page, 'access-10-deactivated');
    await page.keyboard.press('Escape');

    page = await lock(assay);
    await expect(page.getByText(`You sign in as ${PERSON}.`)).toBeVisible();
    await page.getByLabel(/^Passphrase/).fill(ADA.passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expectSignedIn(page);
    await expectEvent(/Data key/, PERSON);
    await pictures(page, 'access-11-data-key');
  });

  test('the printed kit lets an administrator in once', async () => {
    await openSettings(page, 'Recovery & backup');
    await page.getByRole('button', { name: /^Make a recovery kit/ }).click();
    const dialog = topDialog(page);
    await dialog.getByLabel('Your passphrase').fill(ADA.passphrase);
    await dialog.getByRole('button', { name: 'Make the kit' }).click();
    const shown = dialog.getByLabel('Code of the recovery kit').first();
    const code = (await shown.innerText()).replace(/\s+/gu, '');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await pictures(page, 'access-12-kit-kept');
    await dialog.getByRole('button', { name: 'Yes, close' }).click();

    page = await lock(assay);
    await page.getByRole('button', { name: 'Lost the passphrase?' }).click();
    await pictures(page, 'access-13-lost');
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Use the recovery kit/ }).click();
    await page.getByLabel('Code of the recovery kit').fill(code.replace(/^..../u, '0000'));
    await fillNewPassphrase(page, LAST);
    await page.getByRole('button', { name: 'Set passphrase and sign in' }).click();
    await expect(page.getByRole('alert')).toContainText('The code is not right');
    await pictures(page, 'access-14-recovery-refused');
    await expectAccessible(page);
    await page.getByLabel('Code of the recovery kit').fill(code.toLowerCase().replaceAll('-', ' '));
    await page.getByRole('button', { name: 'Set passphrase and sign in' }).click();
    await expectSignedIn(page);
    await openSettings(page, 'Recovery & backup');
    await expect(page.getByText('None', { exact: true })).toBeVisible();
    await pictures(page, 'access-15-recovered');

    page = await lock(assay);
    await page.getByRole('button', { name: 'Lost the passphrase?' }).click();
    await expect(page.getByText('This workspace has no recovery kit.')).toBeVisible();
    await page.getByLabel(/^Passphrase/).fill(LAST);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expectSignedIn(page);
  });
});
