import { expect, type Page } from '@playwright/test';
import type { Assay } from './launch';

/** Answers every dialog that asks for a file or folder to open. */
export async function answerOpen({ app }: Assay, path: string): Promise<void> {
  await app.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [answer] });
  }, path);
}

/** Answers the dialogs that ask for something to open, one after another. */
export async function answerOpenInTurn({ app }: Assay, paths: readonly string[]): Promise<void> {
  await app.evaluate(
    ({ dialog }, answers) => {
      dialog.showOpenDialog = () => {
        const next = answers.shift();
        return Promise.resolve({
          canceled: next === undefined,
          filePaths: next === undefined ? [] : [next],
        });
      };
    },
    [...paths],
  );
}

/** Answers every dialog that asks where to save. */
export async function answerSave({ app }: Assay, path: string): Promise<void> {
  await app.evaluate(({ dialog }, answer) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: answer });
  }, path);
}

/** Closes every dialog without an answer. */
export async function dismissDialogs({ app }: Assay): Promise<void> {
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' });
  });
}

/** Drops a real file on the area with this label, as the desktop does it. */
export async function dropFile(page: Page, label: string, path: string): Promise<void> {
  const area = page.locator('[data-over]').filter({ hasText: label });
  await area.scrollIntoViewIfNeeded();
  const box = await area.boundingBox();
  if (box === null) throw new Error('dropFile: the area is not on the page');
  const session = await page.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop'): Promise<unknown> =>
    session.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 3,
      y: box.y + box.height / 2,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    });
  await drag('dragEnter');
  // Chromium loses what comes before it has finished entering.
  await expect(async () => {
    await drag('dragOver');
    await expect(area).toHaveAttribute('data-over', 'true', { timeout: 500 });
  }).toPass();
  await drag('drop');
  await expect(area).toHaveAttribute('data-over', 'false');
  await session.detach();
}
