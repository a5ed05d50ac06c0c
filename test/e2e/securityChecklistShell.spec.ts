import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test, type Page } from '@playwright/test';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/projectPaths.mjs';
import { call } from './security/bridge';
import { tryToLeave } from './security/hostileScript';
import { measured } from './security/measured';
import { askProtocol, countContents, loadInNewWindow, webPreferences } from './security/shellFacts';
import { startAssay, type Started } from './security/startAssay';
import { electronLaunch } from './support/launch';

// The numbers are those of Electron's security checklist.
const HOME_PAGE = 'app://ui/index.html';

let started: Started;
let page: Page;
test.beforeAll(async () => {
  started = await startAssay();
  page = started.page();
  await page.getByRole('button', { name: /Explore the sample/ }).waitFor();
});
test.afterAll(() => started.discard());

test('11, 12: there are no webviews', async () => {
  expect(await webPreferences(started.app)).toMatchObject({ webviewTag: false });
  const nBefore = await countContents(started.app);
  await page.evaluate(() => {
    const view = document.createElement('webview');
    view.setAttribute('src', 'app://ui/index.html');
    view.setAttribute('allowpopups', '');
    document.body.append(view);
  });
  // Even a window that had the tag could not attach one.
  const attached = await started.app.evaluate(async ({ app, BrowserWindow }) => {
    let isAttached = false;
    app.once('web-contents-created', (_event, contents) =>
      contents.once('did-attach-webview', () => (isAttached = true)),
    );
    const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } });
    const asked = new Promise<string>((resolve) => {
      window.webContents.on('will-attach-webview', (event) =>
        resolve(event.defaultPrevented ? 'prevented' : 'allowed'),
      );
      setTimeout(() => resolve('never asked'), 2_000);
    });
    await window.loadURL('about:blank');
    await window.webContents.executeJavaScript(
      `document.body.append(Object.assign(document.createElement('webview'), { src: 'app://ui/index.html' }))`,
    );
    const outcome = await asked;
    window.destroy();
    return { outcome, isAttached };
  });
  expect(attached).toEqual({ outcome: 'prevented', isAttached: false });
  await expect.poll(() => countContents(started.app)).toBe(nBefore);
});

const ELSEWHERE = [
  'http://203.0.113.7/',
  'https://203.0.113.7/',
  'file:///etc/hostname',
  'data:text/html,x',
  'app://other/index.html',
  'app://ui/assets/',
  'mailto:someone@leak.test',
  'chrome://gpu',
];

test('13, 14: the window goes nowhere else and opens no other', async () => {
  const nBefore = await countContents(started.app);
  await tryToLeave(page, ELSEWHERE);
  await page.evaluate(() => {
    const meta = document.createElement('meta');
    Object.assign(meta, { httpEquiv: 'refresh', content: '0; url=app://ui/other' });
    document.head.append(meta);
  });
  await page.waitForTimeout(500);
  expect(page.url()).toBe(HOME_PAGE);
  expect(await countContents(started.app)).toBe(nBefore);
  expect(await page.evaluate(() => window.open('app://ui/index.html'))).toBeNull();
});

test('13: a file dropped on the window is not shown in it', async () => {
  const path = join(started.home.files, 'dropped.html');
  writeFileSync(path, '<title>dropped</title>');
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 4, y: 4, data });
  await page.waitForTimeout(300);
  expect(page.url()).toBe(HOME_PAGE);
});

test('15: nothing is handed to another program', async () => {
  await started.app.evaluate(({ shell }) => {
    Reflect.set(globalThis, 'opened', []);
    for (const name of ['openExternal', 'openPath', 'showItemInFolder'] as const)
      Reflect.set(shell, name, (what: string) => Reflect.get(globalThis, 'opened').push(what));
  });
  await tryToLeave(page, [
    'mailto:someone@leak.test',
    'https://leak.test/',
    'ms-msdt:x',
    'smb://leak.test/x',
  ]);
  expect(await started.app.evaluate(() => Reflect.get(globalThis, 'opened'))).toEqual([]);
  const folder = join(root, 'out/electron');
  const programs = readdirSync(folder).filter((name) => name.endsWith('.cjs'));
  const opening = programs.filter((name) =>
    /openExternal|openPath/.test(readFileSync(join(folder, name), 'utf8')),
  );
  expect(programs.length).toBeGreaterThan(4);
  expect(opening).toEqual([]);
});

test('16: the Electron that ships is pinned and current', async () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const pinned: string = manifest.devDependencies.electron;
  const installed = JSON.parse(
    readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'),
  );
  expect(pinned).toMatch(/^\d+\.\d+\.\d+$/);
  expect(installed.version).toBe(pinned);
  expect(Number.parseInt(pinned)).toBeGreaterThanOrEqual(45);
  const running = await started.app.evaluate(() => process.versions.electron);
  const { runtime } = await electronLaunch();
  const note =
    runtime.kind === 'official' ? 'the one that ships' : `for development only; ${pinned} ships`;
  measured(`Electron ${running}, ${note}`);
  if (runtime.kind === 'official') expect(running).toBe(pinned);
});

test('17: the shell answers its own window’s main frame and nobody else', async () => {
  const path = join(started.home.files, 'table.csv');
  writeFileSync(path, 'a\n1\n');
  const ask = (sender: string, asked: unknown): Promise<string> =>
    started.app.evaluate(
      async ({ BrowserWindow, ipcMain }, [from, what]) => {
        // Electron keeps its handlers there; the published types leave it out.
        const { _invokeHandlers } = ipcMain as unknown as {
          _invokeHandlers: Map<string, (event: object, path: unknown) => Promise<unknown>>;
        };
        const own = BrowserWindow.getAllWindows()[0]?.webContents.mainFrame;
        const frames: Record<string, unknown> = {
          own,
          none: null,
          other: { url: 'app://ui/index.html' },
        };
        try {
          // An event of a real call has both: the reply goes through _replyChannel in newer versions.
          const answer = await _invokeHandlers.get('file.token')?.(
            { senderFrame: frames[from] },
            what,
          );
          return typeof answer;
        } catch (error) {
          return error instanceof Error ? error.message : 'failed';
        }
      },
      [sender, asked] as const,
    );
  expect(await ask('own', path)).toBe('string');
  for (const sender of ['none', 'other'])
    expect(await ask(sender, path)).toBe('file.token: not the main window');
  const wrong = [
    null,
    7,
    {},
    [path],
    '',
    'table.csv',
    started.home.files,
    '/no/such',
    `/${'x'.repeat(5000)}`,
  ];
  for (const asked of wrong)
    expect(await ask('own', asked)).toBe('file.token: only a file can be dropped here');
});

test('17: another window with the same preload script gets neither tokens nor core', async () => {
  const preload = join(started.home.files, 'preload.cjs');
  writeFileSync(
    preload,
    `const { ipcRenderer } = require('electron');
     window.ask = (path) => ipcRenderer.invoke('file.token', path).then(String, String);
     window.hasPort = new Promise((resolve) => {
       ipcRenderer.once('core.port', () => resolve(true));
       setTimeout(() => resolve(false), 1500);
     });`,
  );
  const outcome = await started.app.evaluate(
    async ({ BrowserWindow }, [script, path]) => {
      const webPreferences = { preload: script, sandbox: true, contextIsolation: false };
      const window = new BrowserWindow({ show: false, webPreferences });
      await window.loadURL('app://ui/index.html');
      const answer = await window.webContents.executeJavaScript(`ask(${JSON.stringify(path)})`);
      const hasPort = await window.webContents.executeJavaScript('hasPort');
      window.destroy();
      return { answer, hasPort };
    },
    [preload, join(root, 'package.json')] as const,
  );
  expect(outcome.answer).toContain('not the main window');
  expect(outcome.hasPort).toBe(false);
});

test('18: files are served from a table, never by path', async () => {
  expect(await loadInNewWindow(started.app, 'file:///etc/hostname')).toContain('ERR_BLOCKED');
  const outside = [
    'app://ui/../package.json',
    'app://ui/%2e%2e/package.json',
    'app://ui/..%2fpackage.json',
    'app://ui/..%5cpackage.json',
    'app://ui/%2e%2e%2felectron/shell.cjs',
    'app://ui//etc/passwd',
    'app://ui/assets',
    'app://ui/INDEX.HTML',
    'app://ui/index.html%00.js',
    'app://other/index.html',
  ];
  for (const url of outside)
    expect(await askProtocol(started.app, url)).toMatchObject({ status: 404 });
  const maps = readdirSync(join(root, 'out/renderer/assets')).filter((name) =>
    name.endsWith('.map'),
  );
  for (const name of maps)
    expect(await askProtocol(started.app, `app://ui/assets/${name}`)).toMatchObject({
      status: 404,
    });
  expect(await askProtocol(started.app, HOME_PAGE, 'POST')).toMatchObject({ status: 404 });
  expect(await askProtocol(started.app, HOME_PAGE)).toMatchObject({ status: 200 });
});

test('19: the fuses of the runtime can be read', async () => {
  const { runtime } = await electronLaunch();
  const wire = await getCurrentFuseWire(runtime.executablePath);
  const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE;
  measured('this runtime is for development; the fuses of what ships are set when it is packaged');
  // The test driver attaches through this one, so it must be off in everything that ships.
  expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(true);
  expect(isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot)).toBe(false);
});

test('20: the page is given three functions and nothing of Electron', async () => {
  const given = await page.evaluate(() => ({
    names: Object.keys(window.assay).sort(),
    types: Object.values(window.assay).map((value) => typeof value),
    electron: ['electron', 'ipcRenderer', 'require', 'contextBridge'].filter(
      (name) => name in window,
    ),
  }));
  expect(given).toEqual({
    names: ['onMessage', 'send', 'tokenForFile'],
    types: ['function', 'function', 'function'],
    electron: [],
  });
  // A file that a script made up has no path, so there is no token for it.
  const token = page.evaluate(() => window.assay.tokenForFile(new File(['x'], '/etc/passwd')));
  await expect(token).rejects.toThrow('only a file can be dropped here');
  expect(await call(page, 'vault.status', {})).toMatchObject({ ok: true });
});
