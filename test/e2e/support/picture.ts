import type { Page } from '@playwright/test';

/** Keeps a picture of the window, to be looked at. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  await page.mouse.move(0, 0);
  const path = `test-results/e2e/screens/${name}.png`;
  await page.screenshot({ path, fullPage, animations: 'disabled' });
}

/** Keeps a picture of the window in each of its colours. */
export async function pictures(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `${name}-${colorScheme}`);
  }
}
