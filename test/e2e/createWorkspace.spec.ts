import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerOpen } from './support/dialogs';
import { expect, test } from './support/fixtures';
import {
  createWorkspace,
  fillCreateForm,
  lock,
  PASSPHRASE,
  passphraseField,
  PERSON,
  unlock,
  WORKSPACE,
} from './support/workspace';

test('the first screen offers to create, to open and to explore the sample', async ({ assay }) => {
  const page = assay.page();
  await expect(page).toHaveTitle('Assay');
  for (const door of ['Create workspace', 'Open workspace', 'Explore the sample'])
    await expect(page.getByRole('button', { name: new RegExp(door) })).toBeVisible();
});

test('a weak passphrase is called weak and creates nothing', async ({ assay }) => {
  const page = assay.page();
  await fillCreateForm(page, 'password1234');
  await expect(page.getByText(/Guessed at once|Weak/)).toBeVisible();
  await expect(page.getByText('Use at least 14 characters or 5 words.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create workspace' })).toBeDisabled();
  await passphraseField(page).fill(`${WORKSPACE} ${PERSON}`);
  await page.getByLabel('Passphrase again').fill(`${WORKSPACE} ${PERSON}`);
  await expect(page.getByText(/Guessed at once|Weak|Fair/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create workspace' })).toBeDisabled();
  expect(existsSync(join(assay.home.documents, 'Assay'))).toBe(false);
});

test('a strong passphrase creates an encrypted workspace and opens it', async ({ assay }) => {
  const page = assay.page();
  await fillCreateForm(page, PASSPHRASE);
  await expect(page.getByText(/^Very strong|^Strong/)).toBeVisible();
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
  await expect(page.getByText(WORKSPACE).first()).toBeVisible();
  await expect(page.getByText(PERSON).first()).toBeVisible();

  const folder = join(assay.home.documents, 'Assay', WORKSPACE);
  const bytes = readFileSync(join(folder, 'assay.db'));
  expect(bytes.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
  for (const file of readdirSync(folder)) {
    const content = readFileSync(join(folder, file), 'latin1');
    expect(content.includes(PASSPHRASE), `${file} holds the passphrase`).toBe(false);
  }
});

test('a locked workspace opens again with the passphrase', async ({ assay }) => {
  await createWorkspace(assay.page());
  const page = await lock(assay);
  await expect(page.getByRole('heading', { name: `Unlock ${WORKSPACE}` })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();
  await unlock(page, PASSPHRASE);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
});

test('a wrong passphrase is refused, and each refusal doubles the wait', async ({ assay }) => {
  await createWorkspace(assay.page());
  const page = await lock(assay);
  const button = page.getByRole('button', { name: 'Unlock' });
  const problem = page.getByRole('alert');

  await unlock(page, 'not the passphrase at all');
  await expect(problem).toContainText('The passphrase is not right.');
  await expect(problem).toContainText('The next attempt is possible in 1 s.');
  await expect(button).toBeDisabled();
  await expect(passphraseField(page)).toHaveValue('');

  await passphraseField(page).fill('nor is it this one, I fear');
  await button.click();
  await expect(problem).toContainText('The next attempt is possible in 2 s.');
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();

  await passphraseField(page).fill(PASSPHRASE);
  await button.click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
});

test('a folder without a workspace is refused with the reason', async ({ assay }) => {
  const page = assay.page();
  await answerOpen(assay, assay.home.files);
  await page.getByRole('button', { name: /Open workspace/ }).click();
  await expect(page.getByRole('alert')).toContainText('ASSAY-');
  await expect(page.getByRole('heading', { name: /Unlock/ })).toBeHidden();
});
