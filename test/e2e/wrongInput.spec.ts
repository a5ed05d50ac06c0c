import type { Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerOpen, dismissDialogs, dropFile } from './support/dialogs';
import { expect, leave, test } from './support/fixtures';
import { makeHome } from './support/home';
import { launchAssay, type Assay } from './support/launch';
import { picture } from './support/picture';
import { exploreSample, goTo } from './support/workspace';

const HEADER =
  'age,job,marital,education,default,balance,housing,loan,contact,day,month,contact_month,duration,campaign,pdays,previous,poutcome,prediction,y';
const ROW =
  '37,technician,married,secondary,no,1142,yes,no,cellular,17,jul,2008-07-01,309,2,-1,0,unknown,0.0594225,no';

const REFUSED: readonly { name: string; bytes: string | Buffer; says: RegExp }[] = [
  { name: 'empty.csv', bytes: '', says: /empty/i },
  { name: 'noise.csv', bytes: randomBytes(4096), says: /text|binary|CSV/i },
  {
    name: 'noise.parquet',
    bytes: Buffer.concat([Buffer.from('PAR1'), randomBytes(512)]),
    says: /Parquet/i,
  },
  {
    name: 'truncated.arrow',
    bytes: Buffer.concat([Buffer.from('ARROW1\0\0'), randomBytes(64)]),
    says: /Arrow/i,
  },
  {
    name: 'ragged.csv',
    bytes: [HEADER, ROW, `${ROW},1,2`, ROW, ''].join('\n'),
    says: /row 3|line 3|row 2/i,
  },
];

const DROP = 'Drop a live batch here';

test.describe.serial('a file that cannot be a live batch', () => {
  let assay: Assay;
  let page: Page;
  let nEvents: string;

  test.beforeAll(async ({ sampleHome }) => {
    assay = await launchAssay(makeHome(sampleHome));
    page = assay.page();
    await exploreSample(page);
    nEvents = await countEvents();
    await goTo(page, 'Monitoring');
  });

  test.afterAll(() => leave(assay));

  async function countEvents(): Promise<string> {
    await goTo(page, 'Audit');
    const sentence = page.getByText(/events on record/);
    await expect(sentence).toBeVisible();
    return sentence.innerText();
  }

  for (const { name, bytes, says } of REFUSED) {
    test(`${name} is refused with the reason, the file and what was not changed`, async () => {
      const path = join(assay.home.files, name);
      writeFileSync(path, bytes);
      await dropFile(page, DROP, path);
      const problem = page.getByRole('alert');
      await expect(problem).toContainText(name);
      await expect(problem).toContainText(says);
      await expect(problem).toContainText('Nothing was recorded');
      await expect(problem).toContainText('ASSAY-BAD_DATA');
      await expect(problem).not.toContainText('technician');
      await picture(page, `refused-${name}`);
    });
  }

  test('a batch with no column of the reference cannot be compared', async () => {
    const path = join(assay.home.files, 'other.csv');
    writeFileSync(path, 'colour,size\nred,1\nblue,2\n');
    await dropFile(page, DROP, path);
    const dialog = page.getByRole('dialog', { name: 'Import live batch' });
    await expect(dialog).toContainText('No column matches');
    await expect(dialog).toContainText('18 reference columns missing from this batch');
    await expect(dialog.getByRole('button', { name: 'Compute drift' })).toBeDisabled();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  test('a folder cannot be dropped', async () => {
    await dropFile(page, DROP, assay.home.files);
    await expect(page.getByText(/could not be taken from the drop/)).toBeVisible();
  });

  test('closing the dialog changes nothing and complains about nothing', async () => {
    await dismissDialogs(assay);
    await page.getByRole('button', { name: 'Import batch…' }).click();
    await expect(page.getByRole('button', { name: 'Import batch…' })).toBeEnabled();
    await expect(page.getByRole('alert').filter({ hasText: 'ASSAY-' })).toHaveCount(0);
  });

  test('a file that is no package does not verify', async () => {
    const path = join(assay.home.files, 'noise.zip');
    writeFileSync(path, randomBytes(4096));
    await answerOpen(assay, path);
    await goTo(page, 'Verify package');
    await page.getByRole('button', { name: 'Choose a file…' }).click();
    await expect(page.getByRole('main')).toContainText(/noise\.zip does not verify|ASSAY-BAD_DATA/);
  });

  test('none of this was recorded', async () => {
    expect(await countEvents()).toBe(nEvents);
  });
});
