import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { answerSave } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { addPerson, confirmKey, sign, signIn, topDialog, type Typist } from './support/people';
import { pictures } from './support/picture';
import { createWorkspace, goTo, PASSPHRASE, PERSON } from './support/workspace';

const ADA: Typist = { name: PERSON, passphrase: PASSPHRASE };
const BELA: Typist = { name: 'Béla Reviewer', passphrase: 'twelve copper kettles sang by a fjord' };

function chosen(page: Page) {
  return page.getByRole('region', { name: 'What is chosen' });
}

async function add(page: Page, kind: string, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: kind, exact: true }).click();
  await chosen(page).getByRole('textbox', { name: 'Name' }).fill(name);
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  const field = chosen(page).getByRole('combobox', { name: label, exact: true });
  await field.fill(option);
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function pick(page: Page, label: string, option: string | RegExp): Promise<void> {
  await chosen(page).getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option }).first().click();
}

async function addWord(page: Page, label: string, word: string): Promise<void> {
  await chosen(page).getByLabel(label, { exact: true }).fill(word);
  await page.keyboard.press('Enter');
}

/** Draws a flow from the chosen element and says everything that a register asks for. */
async function drawFlow(page: Page, to: string): Promise<void> {
  await choose(page, 'Draw a flow to', to);
  await addWord(page, 'Categories of data', 'Contact data');
  await chosen(page).getByRole('combobox', { name: 'Purpose' }).fill('Term deposit campaign');
  await pick(page, 'Lawful basis', 'Legitimate interests, Art. 6(1)(f)');
  await chosen(page).getByRole('textbox', { name: 'Kept for (days)' }).fill('730');
  await addWord(page, 'Security measures (Art. 32)', 'Encryption at rest');
}

test('an empty map becomes a signed register', async ({ assay }) => {
  test.setTimeout(180_000);
  await createWorkspace(assay.page());
  await addPerson(assay, ADA, BELA, 'reviewer');
  let page = await signIn(assay, ADA);
  await confirmKey(page, BELA.name, ADA);

  await test.step('systems, processors and flows are drawn', async () => {
    await goTo(page, 'Data flows');
    await pictures(page, 'dataflow-1-empty');
    await page.getByRole('button', { name: 'Draw the map' }).click();
    await add(page, 'Store', 'Clients database');
    await choose(page, 'Country', 'Portugal');
    await add(page, 'Processor', 'Call centre');
    await choose(page, 'Country', 'India');
    await add(page, 'Data subjects', 'Clients');
    await choose(page, 'Country', 'Portugal');
    await drawFlow(page, 'Clients database');
    await page.getByRole('group', { name: /^Store Clients database/ }).click();
    await drawFlow(page, 'Call centre');
    await page.getByRole('button', { name: 'Arrange' }).click();
    await pictures(page, 'dataflow-2-map');
    await expectAccessible(page);
  });

  await test.step('findings say what is missing, and go as it is mended', async () => {
    await page.getByRole('tab', { name: 'Findings (2 open)' }).click();
    const findings = page.getByRole('grid', { name: 'Findings about the map' });
    await expect(findings).toContainText('goes to India without a transfer mechanism');
    await expect(findings).toContainText('"Call centre" processes data about people');
    await pictures(page, 'dataflow-3-findings');
    await expectAccessible(page);
    await findings.getByRole('button', { name: 'Show' }).first().click();
    await pick(page, 'Transfer mechanism', /Standard clauses of the Commission/);
    await chosen(page).getByLabel('Where the safeguards are documented').fill('DMS 4711');
    await page.getByRole('group', { name: /^Processor Call centre/ }).click();
    await chosen(page).getByLabel('Contract (Art. 28)').fill('DMS 4712');
    await expect(page.getByRole('tab', { name: 'Findings (0 open)' })).toBeVisible();
  });

  await test.step('undo and redo go back and forth; the same is in the table', async () => {
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('tab', { name: 'Findings (1 open)' })).toBeVisible();
    await page.getByRole('button', { name: 'Redo' }).click();
    await page.getByRole('tab', { name: 'Table' }).click();
    await page.getByRole('row', { name: /^Call centre/ }).click();
    await expect(topDialog(page).getByLabel('Contract (Art. 28)')).toHaveValue('DMS 4712');
    await page.keyboard.press('Escape');
    await pictures(page, 'dataflow-4-table');
    await expectAccessible(page);
  });

  await test.step('the register names the organisation and misses nothing', async () => {
    await page.getByRole('tab', { name: 'Register' }).click();
    await page.getByRole('button', { name: 'Name the organisation…' }).click();
    await topDialog(page).getByLabel('Name of the organisation').fill('Banco Exemplo');
    await topDialog(page).getByLabel('Contact of the organisation').fill('Rua 1, Lisboa');
    await topDialog(page).getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText('No field of Article 30 is missing.')).toBeVisible();
    await page.keyboard.press('Control+s');
    await topDialog(page).getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('tab', { name: 'Revisions (1)' })).toBeVisible();
    await pictures(page, 'dataflow-5-register');
    await expectAccessible(page);
  });

  await test.step('somebody who did not draw it approves it, and it leaves as a signed page', async () => {
    page = await signIn(assay, BELA);
    await goTo(page, 'Data flows');
    await page.getByRole('tab', { name: 'Signatures' }).click();
    await page.getByRole('button', { name: 'Sign…' }).click();
    await expect(topDialog(page)).toContainText('Banco Exemplo');
    await topDialog(page).getByRole('combobox', { name: 'Meaning of your signature' }).click();
    await page.getByRole('option', { name: /^Approval/ }).click();
    await pictures(page, 'dataflow-6-sign');
    await sign(page, 'Sign', BELA);
    await expect(
      page.getByText(/^.*Revision 1, saved by Ada Analyst, approved by Béla/),
    ).toBeVisible();
    await page.getByRole('tab', { name: 'Register' }).click();
    const path = join(assay.home.files, 'register.html');
    await answerSave(assay, path);
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('menuitem', { name: /^HTML/ }).click();
    await expect(topDialog(page)).toContainText('The file is written');
    expect(readFileSync(path, 'utf8')).toMatch(/Béla Reviewer<\/td><td>approval/);
    await page.keyboard.press('Escape');
    const drawing = join(assay.home.files, 'map.png');
    await answerSave(assay, drawing);
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('menuitem', { name: /^PNG/ }).click();
    await expect(topDialog(page)).toContainText('The file is written');
    expect(readFileSync(drawing).subarray(1, 4).toString('latin1')).toBe('PNG');
  });
});
