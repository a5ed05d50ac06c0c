import { expect, type Locator, type Page } from '@playwright/test';
import { nextWindow, type Assay } from './launch';

export const PERSON = 'Ada Analyst';
export const WORKSPACE = 'Risk models';
export const PASSPHRASE = 'seven quiet herons crossed the frozen estuary';

/** The field that is labelled so, not the one that asks for it again. */
export function passphraseField(page: Page): Locator {
  return page.getByLabel(/^Passphrase(?! again)/);
}

/** Fills in the form that creates a workspace, without sending it. */
export async function fillCreateForm(page: Page, passphrase: string): Promise<void> {
  await page.getByRole('button', { name: /Create workspace/ }).click();
  await page.getByLabel('Name of the workspace').fill(WORKSPACE);
  await page.getByLabel('Your name').fill(PERSON);
  await passphraseField(page).fill(passphrase);
  await page.getByLabel('Passphrase again').fill(passphrase);
}

/** From the first screen to the overview of an empty workspace. */
export async function createWorkspace(page: Page): Promise<void> {
  await fillCreateForm(page, PASSPHRASE);
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 30_000 });
}

/** From the first screen to the overview of the sample, which is made first when it is not there. */
export async function exploreSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Explore the sample/ }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 180_000 });
}

export async function lock(assay: Assay): Promise<Page> {
  return nextWindow(assay, () => assay.page().getByRole('button', { name: 'Lock' }).click());
}

/** Says who signs in, on the page of a locked workspace. */
export async function choosePerson(page: Page, name: string): Promise<void> {
  const choice = page.getByRole('combobox', { name: 'Person' });
  const only = page.getByText(`You sign in as ${name}.`);
  await expect(choice.or(only)).toBeVisible();
  // There is nothing to choose where only one person has access.
  if (await only.isVisible()) return;
  await choice.click();
  await page.getByRole('option', { name }).click();
}

export async function unlock(page: Page, passphrase: string): Promise<void> {
  await passphraseField(page).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
}

/** Opens a page by the navigation on the left. */
export async function goTo(page: Page, place: string): Promise<void> {
  const pages = page.getByRole('navigation', { name: 'Pages' });
  const link = pages.getByRole('link', { name: place, exact: true });
  await link.click();
  // Until then a page before or below it is still shown, whose rows may be called the same.
  await expect(link).toHaveAttribute('aria-current', 'page');
}

/** A row of the table with this caption. */
export function rowOf(page: Page, table: string | RegExp, row: string | RegExp): Locator {
  return page.getByRole('grid', { name: table }).getByRole('row', { name: row });
}
