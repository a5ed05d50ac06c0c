import type { Locator } from '@playwright/test';
import type { Assay } from './launch';

/** Answers every dialog that asks for a file or folder to open. */
export async function answerOpen({ app }: Assay, path: string): Promise<void> {
  await app.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [answer] });
  }, path);
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

/** Drops a real file on an element, as the desktop does it. */
export async function dropFile(target: Locator, path: string): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (box === null) throw new Error('dropFile: the target is not on the page');
  const page = target.page();
  const session = await page.context().newCDPSession(page);
  const x = box.x + box.width / 3;
  const y = box.y + box.height / 2;
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  await session.detach();
}
