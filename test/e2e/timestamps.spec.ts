import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { hasTools } from '../audit/requireTools';
import { createLocalTsa } from '../support/localTsa';
import { expectAccessible } from './support/accessibility';
import { answerOpen, answerSave } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { pictures } from './support/picture';
import { createWorkspace, goTo } from './support/workspace';

test.skip(!hasTools('openssl'), 'openssl plays the timestamping authority');

test('a request goes out as a file, and its response comes back as one', async ({ assay }) => {
  const { home } = assay;
  const page = assay.page();
  const folder = join(home.files, 'authority');
  mkdirSync(folder);
  const tsa = createLocalTsa(folder);
  const signer = tsa.issue('Test TSA', 'ec');
  await createWorkspace(page);
  await goTo(page, 'Audit');
  await expect(page.getByText('Nothing is stamped yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import response…' })).toBeDisabled();
  await pictures(page, 'timestamps-1-none');

  const request = join(home.files, 'request.tsq');
  await answerSave(assay, request);
  await page.getByRole('button', { name: 'Export request…' }).click();
  await expect(page.getByText('The request is written.')).toBeVisible();
  await expect(page.getByText(/1 request waits for a response/)).toBeVisible();
  await pictures(page, 'timestamps-2-requested');

  // The request itself is no response.
  await answerOpen(assay, request);
  await page.getByRole('button', { name: 'Import response…' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await pictures(page, 'timestamps-3-refused');

  await answerOpen(assay, tsa.reply(request, signer));
  await page.getByRole('button', { name: 'Import response…' }).click();
  await expect(page.getByText(/existed by .*, as .*Test TSA.* states/)).toBeVisible();
  await expect(page.getByRole('row', { name: /Timestamp/ }).first()).toBeVisible();
  await pictures(page, 'timestamps-4-stamped');
  await expectAccessible(page);
});
