import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serveWindow } from '../../electron/app/windowPort';
import type { PortMain } from '../../electron/workers/parentPort';
import { createTestCore, type TestCore } from '../support/testCore';

let test: TestCore;
beforeAll(async () => {
  test = await createTestCore({ hasWorkspace: false });
});
afterAll(() => test.close());

/** A window's end of the line: what it says, and what it hears. */
function joinWindow() {
  const heard: unknown[] = [];
  let say: (event: { readonly data: unknown }) => void = () => {};
  const port: PortMain = {
    on: (event: string, listener: (event: { readonly data: unknown }) => void) => {
      if (event === 'message') say = listener;
    },
    postMessage: (message) => void heard.push(message),
    start: () => {},
    close: () => {},
  };
  serveWindow(test.core, port);
  return { heard, say: (data: unknown) => say({ data }) };
}

describe('serveWindow', () => {
  it('answers a call under its own number', async () => {
    const { heard, say } = joinWindow();
    say({ type: 'call', id: 7, name: 'vault.status', input: {} });
    await vi.waitFor(() =>
      expect(heard).toEqual([{ type: 'result', id: 7, ok: true, value: { state: 'closed' } }]),
    );
  });

  it('leaves a message without an answer that is too large or of no known shape', async () => {
    const { heard, say } = joinWindow();
    const passphrase = 'x'.repeat(9 * 1024 * 1024);
    say({
      type: 'call',
      id: 1,
      name: 'vault.measurePassphrase',
      input: { passphrase, context: [] },
    });
    say({ type: 'call', id: 'two', name: 'vault.status', input: {} });
    say(null);
    say({ type: 'call', id: 3, name: 'vault.status', input: {} });
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(heard).toMatchObject([{ id: 3, ok: true }]);
  });
});
