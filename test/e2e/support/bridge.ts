import type { Page } from '@playwright/test';
import type { AssayBridge } from '../../../renderer/api/bridge';
import type { RawInputOf, ResultOf } from '../../../shared/ipc/channel';
import type { ChannelName, Contract } from '../../../shared/ipc/contract';

declare const window: { readonly assay: AssayBridge };

/** Calls core as the window does, past the pages: for what a test only prepares. */
export async function callCore<K extends ChannelName>(
  page: Page,
  name: K,
  input: RawInputOf<Contract[K]>,
): Promise<ResultOf<Contract[K]>> {
  const answer = await page.evaluate(
    ([name, input]) =>
      new Promise<unknown>((resolve) => {
        // Far from the numbers of the window's own calls.
        const id = 1e9 + Math.floor(Math.random() * 1e9);
        window.assay.onMessage((message) => {
          if (message.type === 'result' && message.id === id) resolve(message);
        });
        window.assay.send({ type: 'call', id, name, input });
      }),
    [name, input] as const,
  );
  return answer as ResultOf<Contract[K]>; // core's gate has checked it against the contract
}

/** The value of a call that must succeed. */
export async function valueOf<K extends ChannelName>(
  page: Page,
  name: K,
  input: RawInputOf<Contract[K]>,
): Promise<Extract<ResultOf<Contract[K]>, { readonly ok: true }>['value']> {
  const result = await callCore(page, name, input);
  if (!result.ok) throw new Error(`${name}: ${result.error.code} ${result.error.message}`);
  return result.value;
}
