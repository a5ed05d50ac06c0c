import type { Page } from '@playwright/test';
import type { ErrorCode } from '../../../shared/ipc/errors';
import type { FromCore, ToCore } from '../../../shared/ipc/messages';
import { nextWindow } from '../support/launch';
import type { Started } from './startAssay';

/** What core answered over the window's own line, without the window's own client. */
export type Answer = Extract<FromCore, { type: 'result' }>;

/** Far from the numbers that the window's client gives to its calls. */
let lastId = 1_000_000;

/** Calls core as any script in the page could. */
export function call(page: Page, name: string, input: unknown): Promise<Answer> {
  lastId += 1;
  const message: ToCore = { type: 'call', id: lastId, name, input };
  return page.evaluate(
    (sent) =>
      new Promise<Answer>((resolve) => {
        window.assay.onMessage((answer) => {
          if (answer.type === 'result' && answer.id === sent.id) resolve(answer);
        });
        window.assay.send(sent);
      }),
    message,
  );
}

/** Calls core for something that must succeed; the caller says what comes back. */
export async function callForValue<T>(page: Page, name: string, input: unknown): Promise<T> {
  const answer = await call(page, name, input);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`);
  return answer.value as T; // core has checked it against the channel's output schema
}

/** The failure's code, or null when the call succeeded. */
export async function codeOf(page: Page, name: string, input: unknown): Promise<ErrorCode | null> {
  const answer = await call(page, name, input);
  return answer.ok ? null : answer.error.code;
}

/** Locks as any script in the page could, and answers the window of the locked workspace. */
export function lockByCall(started: Started): Promise<Page> {
  return nextWindow(started, () =>
    callForValue(started.page(), 'vault.lock', { reason: 'person' }),
  );
}
