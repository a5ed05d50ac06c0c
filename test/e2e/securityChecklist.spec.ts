import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test, type Page } from '@playwright/test';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/projectPaths.mjs';
import { call } from './security/bridge';
import {
  askForPermissions,
  tryToLeave,
  tryToRunText,
  useWithoutPermission,
} from './security/hostileScript';
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

test('1: only the application’s own files are loaded', async () => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.reload();
  await page.getByRole('button', { name: /Explore the sample/ }).waitFor();
  expect(loaded).toContain(HOME_PAGE);
  expect(loaded.length).toBeGreaterThan(2);
  expect(loaded.filter((url) => !url.startsWith('app://ui/'))).toEqual([]);
  // Not by the page's policy, which a new window does not have, but by the session.
  for (const url of [
    'http://203.0.113.7/',
    'https://203.0.113.7/',
    'data:text/html,x',
    'chrome://gpu',
  ])
    expect(await loadInNewWindow(started.app, url)).toContain('ERR_BLOCKED_BY_CLIENT');
});

test('2: the page has no Node.js', async () => {
  expect(await webPreferences(started.app)).toMatchObject({
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
  });
  const node = ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'setImmediate'];
  expect(await page.evaluate((names) => names.filter((name) => name in window), node)).toEqual([]);
});

test('3: the preload script lives in a world of its own', async () => {
  expect(await webPreferences(started.app)).toMatchObject({ contextIsolation: true });
  const outcome = await page.evaluate(() => {
    'use strict';
    const before = window.assay;
    const isReplaced = [
      Reflect.set(window, 'assay', {}),
      Reflect.set(before, 'send', () => {}),
      Reflect.deleteProperty(window, 'assay'),
    ];
    return { isReplaced, isSame: window.assay === before };
  });
  expect(outcome).toEqual({ isReplaced: [false, false, false], isSame: true });
});

test('4: the renderer is sandboxed', async () => {
  expect(await webPreferences(started.app)).toMatchObject({ sandbox: true });
  const { sandboxObstacle } = await electronLaunch();
  test.skip(sandboxObstacle !== null, `the sandbox is off on this machine: ${sandboxObstacle}`);
  const switches = await started.app.evaluate(({ app }) => ({
    off: app.commandLine.hasSwitch('no-sandbox'),
    on: app.commandLine.hasSwitch('enable-sandbox'),
  }));
  expect(switches).toEqual({ off: false, on: true });
});

test('5: every permission is denied', async () => {
  const states = await askForPermissions(page);
  expect(Object.keys(states)).toHaveLength(18);
  expect(Object.entries(states).filter(([, state]) => state !== 'denied')).toEqual([]);
  await page.getByRole('heading').first().click();
  const uses = await useWithoutPermission(page);
  expect(Object.entries(uses).filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
});

test('5: nothing is downloaded', async () => {
  const path = join(started.home.files, 'download');
  const outcome = await started.app.evaluate(async ({ BrowserWindow, session }, target) => {
    const ended = new Promise<string>((resolve) => {
      session.defaultSession.on('will-download', (event, item) => {
        if (event.defaultPrevented) return resolve('prevented');
        item.setSavePath(target);
        item.once('done', (_event, state) => resolve(state));
      });
    });
    BrowserWindow.getAllWindows()[0]?.webContents.downloadURL('app://ui/index.html');
    return ended;
  }, path);
  expect(outcome).toBe('prevented');
  expect(existsSync(path)).toBe(false);
});

test('6, 8, 9, 10: web security is on, and nothing experimental is', async () => {
  expect(await webPreferences(started.app)).toMatchObject({
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    enableBlinkFeatures: '',
  });
  const loosening = [
    'disable-web-security',
    'allow-running-insecure-content',
    'enable-experimental-web-platform-features',
    'enable-blink-features',
    'disable-site-isolation-trials',
    'ignore-certificate-errors',
  ];
  const found = await started.app.evaluate(
    ({ app }, names) => names.filter((name) => app.commandLine.hasSwitch(name)),
    loosening,
  );
  expect(found).toEqual([]);
});

test('7: the policy is strict, as a header and in the page', async () => {
  const answer = await askProtocol(started.app, HOME_PAGE);
  if (typeof answer === 'string') throw new Error(answer);
  const header = answer.headers['content-security-policy'] ?? '';
  const nonce = /'nonce-([\w+/=]+)'/.exec(header)?.[1] ?? '';
  expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
  expect(header.replace(nonce, '').split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'nonce-'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "frame-src 'none'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ]);
  expect(answer.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
  });
  const inPage = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .getAttribute('content');
  expect(inPage?.split('; ').map((directive) => directive.split(' ')[0])).toEqual(
    header.split('; ').flatMap((directive) => {
      const name = directive.split(' ')[0];
      return name === 'frame-ancestors' ? [] : [name];
    }),
  );
});

test('7: text never runs as a script, and markup never becomes elements', async () => {
  const { hasRun, ...ways } = await tryToRunText(page);
  expect(Object.keys(ways)).toHaveLength(18);
  expect(Object.entries(ways).filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
  expect(hasRun).toBe('no');
});

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
  'about:blank',
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
  await expect(page).toHaveURL(HOME_PAGE);
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
  test.info().annotations.push({ type: 'runtime', description: `Electron ${running}, ${note}` });
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
  test.info().annotations.push({
    type: 'fuses',
    description:
      'this runtime is for development; the fuses of what ships are set when it is packaged',
  });
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
