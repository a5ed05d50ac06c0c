import type { Page } from '@playwright/test';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { expectAccessible } from './support/accessibility';
import { holdClock } from './support/coreClock';
import { expect, test } from './support/fixtures';
import { makeHome } from './support/home';
import {
  addPerson,
  confirmKey,
  openSettings,
  sign,
  signIn,
  topDialog,
  type Typist,
} from './support/people';
import { pictures } from './support/picture';
import { createWorkspace, exploreSample, goTo, PASSPHRASE, PERSON } from './support/workspace';

const SAM: Typist = {
  name: SAMPLE_WORKSPACE.printedName,
  passphrase: SAMPLE_WORKSPACE.passphrase,
};
const ADA: Typist = { name: PERSON, passphrase: PASSPHRASE };
const BELA: Typist = { name: 'Béla Reviewer', passphrase: 'twelve copper kettles sang by a fjord' };

async function openPolicy(page: Page): Promise<void> {
  await goTo(page, 'Models');
  await page.getByRole('row', { name: /Term deposit subscription/ }).click();
  await page.getByRole('tab', { name: 'Monitoring' }).click();
  await page.getByRole('button', { name: 'Change policy…' }).scrollIntoViewIfNeeded();
}

async function changePolicy(page: Page, largestPValue: string): Promise<void> {
  await page.getByRole('button', { name: 'Change policy…' }).click();
  await topDialog(page).getByLabel('Largest p-value').fill(largestPValue);
  await topDialog(page).getByLabel('Reason').fill('Fewer false alerts.');
  await topDialog(page).getByRole('button', { name: 'Change policy' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

test('a signature says when its record has changed since', async ({ start, sampleHome }) => {
  test.slow();
  const assay = await start(makeHome(sampleHome));
  await exploreSample(assay.page());
  await openPolicy(assay.page());
  await changePolicy(assay.page(), '0.01');

  // Béla's key waits for a second person; until then the dialog says what stands in the way.
  let page = await addPerson(assay, SAM, BELA, 'reviewer');
  await openPolicy(page);
  await page.getByRole('button', { name: 'Sign…' }).click();
  await expect(topDialog(page).getByText('You cannot sign now')).toBeVisible();
  await pictures(page, 'signatures-1-key-waits');
  await topDialog(page).getByRole('button', { name: 'Cancel' }).click();
  page = await signIn(assay, SAM);
  await confirmKey(page, BELA.name, SAM);

  page = await signIn(assay, BELA);
  await openPolicy(page);
  await page.getByRole('button', { name: 'Sign…' }).click();
  await pictures(page, 'signatures-2-policy');
  await sign(page, 'Sign', BELA);
  await expect(page.getByRole('region', { name: 'Signatures' })).toContainText('Current');
  await pictures(page, 'signatures-3-current');

  page = await signIn(assay, SAM);
  await openPolicy(page);
  await changePolicy(page, '0.02');
  await expect(page.getByRole('region', { name: 'Signatures' })).toContainText('Outdated');
  await pictures(page, 'signatures-4-outdated');
  await expectAccessible(page);
});

test('a clock that went back must be confirmed before anything is signed', async ({ assay }) => {
  const setAhead = await holdClock(assay);
  await createWorkspace(assay.page());
  setAhead(3_600_000);
  const page = await signIn(assay, ADA);
  setAhead(0);
  await openSettings(page, 'My access');
  await page.getByRole('button', { name: /^Sign the statement/ }).click();
  await expect(topDialog(page)).toContainText('stands before the last recorded event');
  await topDialog(page)
    .getByLabel(/^Your name, as printed/)
    .fill(ADA.name);
  await topDialog(page).getByLabel('Your passphrase').fill(ADA.passphrase);
  await expect(topDialog(page).getByRole('button', { name: 'Sign', exact: true })).toBeDisabled();
  await pictures(page, 'signatures-5-clock');
  await expectAccessible(page);
  await topDialog(page).getByLabel('The clock is right; sign with this time').check();
  await sign(page, 'Sign', ADA);
  await expect(page.getByText('Signed', { exact: true })).toBeVisible();
});
