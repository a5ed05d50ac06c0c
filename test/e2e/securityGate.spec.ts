import { expect, test } from '@playwright/test';
import { contract, type ChannelName } from '../../shared/ipc/contract';
import { call, codeOf, lockByCall } from './security/bridge';
import { startAssay, type Started } from './security/startAssay';
import { createWorkspace } from './support/workspace';

// From the page, over its real line, with nothing of the window's own client between.
const channels = Object.keys(contract).sort() as ChannelName[]; // the contract's own keys
const withoutSession = channels.filter((name) => contract[name].session === 'none');
const withSession = channels.filter((name) => contract[name].session === 'unlocked');

let started: Started;
test.beforeEach(async () => {
  started = await startAssay();
  await started
    .page()
    .getByRole('button', { name: /Create workspace/ })
    .waitFor();
});
test.afterEach(() => started.discard());

async function lock(): Promise<void> {
  const window = await lockByCall(started);
  await window.getByRole('heading', { name: /Unlock/ }).waitFor();
}

test('these calls, and no others, work without a session', () => {
  expect(withoutSession).toEqual([
    'audit.verifyPackage',
    'canary.compareFiles',
    'drift.compareFiles',
    'handoff.verifyPacket',
    'registry.verifyModelSignature',
    'vault.checkLocked',
    'vault.close',
    'vault.create',
    'vault.exploreSample',
    'vault.firstSignIn',
    'vault.inspectBackup',
    'vault.measurePassphrase',
    'vault.open',
    'vault.pickFolder',
    'vault.recover',
    'vault.restore',
    'vault.status',
    'vault.unlock',
    'vault.unlockWithKeychain',
  ]);
  expect(withSession.length + withoutSession.length).toBe(channels.length);
});

test('the shell itself answers one call, about dropped files', async () => {
  const doors = await started.app.evaluate(({ ipcMain, BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('no window');
    return [ipcMain, contents.ipc, contents.mainFrame.ipc].map((target) => {
      // Electron keeps its handlers there; the published types leave it out.
      const { _invokeHandlers } = target as unknown as { _invokeHandlers: Map<string, unknown> };
      // Electron itself listens to 'error'.
      return [..._invokeHandlers.keys(), ...target.eventNames().filter((name) => name !== 'error')];
    });
  });
  expect(doors).toEqual([['file.token'], [], []]);
});

test('every call that needs a session answers LOCKED before and after one', async () => {
  for (const name of withSession)
    expect({ name, code: await codeOf(started.page(), name, {}) }).toEqual({
      name,
      code: 'LOCKED',
    });
  await createWorkspace(started.page());
  expect(await codeOf(started.page(), 'vault.listPeople', {})).toBeNull();
  await lock();
  for (const name of withSession)
    expect({ name, code: await codeOf(started.page(), name, {}) }).toEqual({
      name,
      code: 'LOCKED',
    });
});

test('every call refuses input of another shape', async () => {
  const wrong = [null, 7, 'text', [], { surplus: true }];
  const page = started.page();
  for (const name of withoutSession)
    for (const input of wrong)
      expect({ name, input, code: await codeOf(page, name, input) }).toMatchObject({
        code: 'INVALID_INPUT',
      });
  await createWorkspace(page);
  for (const name of withSession)
    for (const input of wrong)
      expect({ name, input, code: await codeOf(page, name, input) }).toMatchObject({
        code: 'INVALID_INPUT',
      });
});

test('a call that does not exist is INVALID_INPUT', async () => {
  const names = [
    '',
    'vault',
    'vault.status ',
    'VAULT.STATUS',
    '__proto__',
    'constructor',
    'toString',
  ];
  for (const name of names)
    expect({ name, code: await codeOf(started.page(), name, {}) }).toEqual({
      name,
      code: 'INVALID_INPUT',
    });
});

test('messages of no known shape are left without an answer, and harm nothing', async () => {
  const page = started.page();
  const answers = await page.evaluate(async () => {
    const received: unknown[] = [];
    window.assay.onMessage((message) => received.push(message));
    const call = { type: 'call', id: 5e6, name: 'vault.status', input: {} };
    const malformed: unknown[] = [
      null,
      0,
      'vault.status',
      [],
      {},
      [call],
      new Map(),
      new Uint8Array(8),
      { ...call, id: '5000000' },
      { ...call, id: 5e6 + 0.5 },
      { ...call, id: NaN },
      { ...call, name: 7 },
      { ...call, name: 'v'.repeat(101) },
      { ...call, type: 'calls' },
      { ...call, surplus: true },
      { type: 'cancel' },
      { type: 'cancel', id: '1' },
      { type: 'event', event: { name: 'vault.locked' } },
      { type: 'start', places: {} },
    ];
    for (const message of malformed) Reflect.apply(window.assay.send, null, [message]);
    window.assay.send({ type: 'cancel', id: 123_456 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    return received;
  });
  expect(answers).toEqual([]);
  expect(await call(page, 'vault.status', {})).toMatchObject({
    ok: true,
    value: { state: 'closed' },
  });
});
