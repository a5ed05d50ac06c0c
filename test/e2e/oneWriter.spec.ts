import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { answerOpen } from './support/dialogs';
import { expect, test } from './support/fixtures';
import { electronLaunch, environmentOf } from './support/launch';
import { createWorkspace, lock, PASSPHRASE, unlock, WORKSPACE } from './support/workspace';

test('a workspace that is open in one window is refused in another one', async ({
  assay,
  start,
}) => {
  await createWorkspace(assay.page());
  const other = await start();
  const page = other.page();
  await answerOpen(other, join(assay.home.documents, 'Assay', WORKSPACE));
  await page.getByRole('button', { name: /Open workspace/ }).click();
  await unlock(page, PASSPHRASE);
  await expect(page.getByRole('alert').filter({ hasText: 'ASSAY-CONFLICT' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();

  await lock(assay);
  await unlock(page, PASSPHRASE);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
});

test('starting Assay a second time shows the window that is there', async ({ assay }) => {
  // Not through the driver, which takes a program that ends at once for one that crashed.
  const { executablePath, args, env } = await electronLaunch();
  const second = spawn(executablePath, args, {
    env: environmentOf(assay.home, env),
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => second.on('exit', resolve));
  expect(code).toBe(0);
  await expect(assay.page().getByRole('button', { name: /Create workspace/ })).toBeVisible();
});
