import { expect, test, type Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { askForPermissions, tryToRunText, useWithoutPermission } from './security/hostileScript';
import { askProtocol, loadInNewWindow, webPreferences } from './security/shellFacts';
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

test('5: copying by the person’s own act needs no permission', async () => {
  await page.evaluate(() => {
    const fill = (event: ClipboardEvent): void => {
      event.clipboardData?.setData('text/plain', 'a fingerprint');
      event.preventDefault();
    };
    document.addEventListener('copy', fill, { once: true });
    document.execCommand('copy');
  });
  expect(await started.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('a fingerprint');
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
  expect(Object.keys(ways)).toHaveLength(19);
  expect(Object.entries(ways).filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
  expect(hasRun).toBe('no');
});
