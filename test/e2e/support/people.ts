import { expect, type Locator, type Page } from '@playwright/test';
import type { Assay } from './launch';
import { choosePerson, goTo, lock, rowOf } from './workspace';

/** Somebody who signs in and signs in the window. */
export interface Typist {
  readonly name: string;
  readonly passphrase: string;
}

/** The dialog that lies on top of everything else. */
export function topDialog(page: Page): Locator {
  return page.getByRole('dialog').last();
}

export async function openSettings(page: Page, tab: string): Promise<void> {
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: tab }).click();
  await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true');
}

/** Types what a signature needs, as far as it is asked for, and signs. */
export async function sign(page: Page, label: string, typist: Typist): Promise<void> {
  const dialog = topDialog(page);
  const name = dialog.getByLabel(/^Your name, as printed/);
  await dialog.getByLabel('Your passphrase').fill(typist.passphrase);
  if (await name.isVisible()) await name.fill(typist.name);
  const reason = dialog.getByLabel('Reason');
  if ((await reason.inputValue()) === '') await reason.fill('I have looked at it.');
  await dialog.getByRole('button', { name: label, exact: true }).click();
  await expect(page.getByLabel('Your passphrase')).toBeHidden({ timeout: 20_000 });
}

/** Locks; then somebody signs in. */
export async function signIn(assay: Assay, typist: Typist): Promise<Page> {
  const page = await lock(assay);
  await choosePerson(page, typist.name);
  await page.getByLabel(/^Passphrase/).fill(typist.passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expectSignedIn(page);
  return page;
}

export async function expectSignedIn(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 20_000 });
}

/** Fills in the dialog that adds somebody, without sending it. */
export async function fillAddPerson(
  page: Page,
  by: Typist,
  name: string,
  role: string,
): Promise<void> {
  await openSettings(page, 'People');
  await page.getByRole('button', { name: /^Add person/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Name/).fill(name);
  await dialog.getByRole('checkbox', { name: new RegExp(role, 'i') }).check();
  await dialog.getByLabel(/^How their identity/).fill('Badge 4711 seen');
  await dialog.getByLabel(/^Your own passphrase/).fill(by.passphrase);
}

/** The one-time passphrase that a dialog shows, as it can be typed. */
export async function shownOneTime(page: Page): Promise<string> {
  const dialog = topDialog(page);
  await expect(dialog.getByText('What to do next')).toBeVisible({ timeout: 20_000 });
  const shown = await dialog.getByLabel('One-time passphrase').first().innerText();
  return shown.replace(/\s+/gu, '');
}

/** On the page of a locked workspace, somebody types a one-time passphrase and one of their own. */
export async function fillFirstSignIn(page: Page, typist: Typist, oneTime: string): Promise<void> {
  await choosePerson(page, typist.name);
  await page.getByLabel('One-time passphrase').fill(oneTime);
  await fillNewPassphrase(page, typist.passphrase);
}

/** Locks; then somebody who was given a one-time passphrase signs in with it. */
export async function firstSignIn(assay: Assay, typist: Typist, oneTime: string): Promise<Page> {
  const page = await lock(assay);
  await fillFirstSignIn(page, typist, oneTime);
  await page.getByRole('button', { name: 'Set passphrase and sign in' }).click();
  await expectSignedIn(page);
  return page;
}

/** An administrator adds somebody, who then signs in; answers the window in which they are. */
export async function addPerson(
  assay: Assay,
  by: Typist,
  typist: Typist,
  role: string,
): Promise<Page> {
  const page = assay.page();
  await fillAddPerson(page, by, typist.name, role);
  await topDialog(page).getByRole('button', { name: 'Add person' }).click();
  const oneTime = await shownOneTime(page);
  await topDialog(page)
    .getByRole('button', { name: /I have it/ })
    .click();
  return firstSignIn(assay, typist, oneTime);
}

export async function fillNewPassphrase(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel(/^New passphrase(?! again)/).fill(passphrase);
  await page.getByLabel(/^New passphrase again/).fill(passphrase);
  await expect(page.getByText(/strong$/i)).toBeVisible();
}

/** Opens what is on record about somebody, in Settings. */
export async function openPerson(page: Page, name: string): Promise<Locator> {
  await openSettings(page, 'People');
  await rowOf(page, /^People/, new RegExp(name)).click();
  const dialog = page.getByRole('dialog', { name, exact: true });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Confirms the new key of somebody. */
export async function confirmKey(page: Page, name: string, by: Typist): Promise<void> {
  await openPerson(page, name);
  await page.getByRole('button', { name: /^Confirm key/ }).click();
  await expect(topDialog(page)).toContainText('read the four groups of the fingerprint');
  await sign(page, 'Confirm key', by);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Creates a model and opens its page. */
export async function createModel(page: Page, name: string): Promise<void> {
  await goTo(page, 'Models');
  await page.getByRole('button', { name: 'Create model' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Purpose').fill('Predicts who leaves.');
  await dialog.getByLabel('Owner').fill('Retention');
  await dialog.getByRole('button', { name: 'Create model' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
}
