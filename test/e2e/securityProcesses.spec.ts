import { expect, test } from '@playwright/test';
import { join } from 'node:path';
import { openSlot } from '../../electron/vault/keySlot';
import { deriveMasterKey } from '../../electron/vault/passphraseKey';
import { readVaultFile } from '../../electron/vault/vaultFile';
import { callForValue } from './security/bridge';
import { measured } from './security/measured';
import { countInMemory, environmentNames, isRunning, processTree } from './security/processes';
import { startAssay, type Started } from './security/startAssay';
import { electronLaunch, nextWindow } from './support/launch';

test.skip(process.platform !== 'linux', 'reads /proc');

const CORE = 'node.mojom.NodeService';
const PASSPHRASE = 'nineteen amber lanterns drifted beneath the harbour';

let started: Started;
/** What dies sooner than this after the start counts as what cannot be started at all. */
const UPTIME_MS = 2_100;

test.beforeEach(async () => {
  started = await startAssay();
});
test.afterEach(() => started.discard());

function pidsOf(type: string): number[] {
  const tree = processTree(started.app.process().pid ?? 0);
  return tree.filter((one) => one.type === type).map(({ pid }) => pid);
}

/** The process behind the window; 0 while it has none. */
function rendererPid(): Promise<number> {
  return started.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  );
}

/**
 * Creates a workspace in the window as a person does, key by key: no message of the test's own may
 * hold the passphrase, because such messages pass through the shell, where it must never be found.
 */
async function createWorkspace(passphrase: string): Promise<string> {
  const page = started.page();
  await page.getByRole('button', { name: /Create workspace/ }).click();
  await page.getByLabel('Name of the workspace').fill('Memory');
  await page.getByLabel('Your name').fill('Ada Analyst');
  for (const nth of [0, 1])
    await page.locator('input[type=password]').nth(nth).pressSequentially(passphrase);
  await page.getByRole('button', { name: 'Create workspace' }).click();
  // Not expect(): while it waits it sends the text of the page, passphrase included, past the shell.
  await page.getByRole('navigation', { name: 'Pages' }).waitFor({ timeout: 30_000 });
  return join(started.home.documents, 'Assay', 'Memory');
}

async function lock(): Promise<void> {
  const window = await nextWindow(started, () =>
    started.page().getByRole('button', { name: 'Lock' }).click(),
  );
  await expect(window.getByRole('heading', { name: /Unlock/ })).toBeVisible();
}

test('the renderer runs behind a system call filter', async () => {
  const { sandboxObstacle } = await electronLaunch();
  test.skip(sandboxObstacle !== null, `the sandbox is off: ${sandboxObstacle}`);
  const renderers = processTree(started.app.process().pid ?? 0).filter(
    ({ type }) => type === 'renderer',
  );
  // Chromium may keep a spare one for a moment.
  expect([...new Set(renderers.map(({ seccomp }) => seccomp))]).toEqual([2]);
});

test('core and job processes get next to nothing of the environment', async () => {
  const allowed = ['ASSAY_SQLITE_BINDING', 'HOME', 'LANG', 'TMPDIR', 'TZ'];
  const [core = 0] = pidsOf(CORE);
  expect(environmentNames(started.app.process().pid ?? 0)).toContain('PATH');
  expect(allowed).toEqual(expect.arrayContaining([...environmentNames(core)]));

  const page = started.page();
  await page.getByRole('button', { name: /Explore the sample/ }).click();
  await expect
    .poll(() => pidsOf(CORE).length, { intervals: [20], timeout: 30_000 })
    .toBeGreaterThan(1);
  const [job = 0] = pidsOf(CORE).filter((pid) => pid !== core);
  expect(allowed).toEqual(expect.arrayContaining([...environmentNames(job)]));
});

/** Leaves the passphrase in a field of the window, which holds it for as long as it is shown. */
async function typeUnsent(passphrase: string): Promise<void> {
  const page = started.page();
  await page.getByRole('link', { name: 'My access' }).first().click();
  await page.locator('input[type=password]').first().pressSequentially(passphrase);
}

interface Findings {
  readonly pid: number;
  readonly type: string;
  readonly nPassphrase: number;
  readonly nKey: number;
}

test('after lock, no process holds the passphrase or the data key', async () => {
  test.slow();
  const folder = await createWorkspace(PASSPHRASE);
  const needles = [
    Buffer.from(PASSPHRASE, 'latin1'),
    Buffer.from(PASSPHRASE, 'utf16le'),
    ...(await dataKeyForms(folder)),
  ];
  const scan = async (): Promise<readonly Findings[]> => {
    let findings: readonly Findings[] = [];
    // A process that begins or ends just now cannot be read; one that stays unreadable is a failure.
    await expect(() => {
      findings = processTree(started.app.process().pid ?? 0).map(({ pid, type }) => {
        const [latin = 0, wide = 0, ...key] = countInMemory(pid, needles);
        return { pid, type, nPassphrase: latin + wide, nKey: key.reduce((sum, n) => sum + n, 0) };
      });
    }).toPass({ timeout: 30_000 });
    return findings;
  };

  const [core = 0] = pidsOf(CORE);
  const renderer = await rendererPid();
  await typeUnsent(PASSPHRASE);
  const unlocked = await scan();
  measured(`unlocked: ${JSON.stringify(unlocked)}`);
  // The scan can find what it looks for: core holds the key of the open database, the window what
  // was typed into it. Chromium may keep a spare renderer, which holds nothing.
  expect(unlocked.find(({ pid }) => pid === core)?.nKey).toBeGreaterThan(0);
  expect(unlocked.find(({ pid }) => pid === renderer)?.nPassphrase).toBeGreaterThan(0);
  for (const { type, nPassphrase, nKey } of unlocked) {
    if (type !== CORE && type !== 'renderer')
      expect({ type, nPassphrase, nKey }).toEqual({ type, nPassphrase: 0, nKey: 0 });
  }

  await lock();
  await expect.poll(() => isRunning(core) || isRunning(renderer)).toBe(false);
  const locked = await scan();
  measured(`locked: ${JSON.stringify(locked)}`);
  expect(locked.map(({ type }) => type)).toEqual(expect.arrayContaining([CORE, 'renderer']));
  expect(locked.filter(({ nPassphrase, nKey }) => nPassphrase + nKey > 0)).toEqual([]);

  // The planted fault: a passphrase that does reach the shell is seen.
  await started.app.evaluate(
    (_electron, text) => void Reflect.set(globalThis, 'kept', text),
    PASSPHRASE,
  );
  expect((await scan()).find(({ type }) => type === 'browser')?.nPassphrase).toBeGreaterThan(0);
});

/** The keys of the slot as bytes and as SQLite takes them, worked out from the passphrase. */
async function dataKeyForms(folder: string): Promise<Buffer[]> {
  const vault = readVaultFile(join(folder, 'vault.json'));
  const [slot] = vault.slots;
  if (slot === undefined) throw new Error('nobody may sign in');
  const masterKey = await deriveMasterKey(PASSPHRASE, slot.kdf);
  const keys = await openSlot(vault.workspaceId, slot, masterKey);
  if (keys === null) throw new Error('the passphrase does not open the workspace');
  return Object.values(keys).flatMap((key: Buffer) => {
    const hex = key.toString('hex');
    return [key, Buffer.from(hex), Buffer.from(hex, 'utf16le'), Buffer.from(hex.toUpperCase())];
  });
}

test('a core that dies is replaced, and the window starts locked', async () => {
  await createWorkspace(PASSPHRASE);
  await started.page().waitForTimeout(UPTIME_MS);
  const [core = 0] = pidsOf(CORE);
  const renderer = await rendererPid();
  const opened = started.app.waitForEvent('window');
  process.kill(core, 'SIGKILL');
  const page = await opened;
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();
  await expect.poll(() => isRunning(core) || isRunning(renderer)).toBe(false);
  expect(await callForValue<{ state: string }>(page, 'vault.status', {})).toMatchObject({
    state: 'locked',
  });
});

/** What the window shows once another renderer has taken over; the driver has lost its page then. */
async function shownAfter(renderer: number): Promise<string> {
  await expect.poll(async () => [0, renderer].includes(await rendererPid())).toBe(false);
  return started.app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    while (contents?.isLoading()) await new Promise((resolve) => setTimeout(resolve, 50));
    const hasStarted = `new Promise((resolve) => {
      const look = () => (document.querySelector('h1') ? resolve() : setTimeout(look, 50));
      look();
    })`;
    await contents?.executeJavaScript(hasStarted);
    const text: unknown = await contents?.executeJavaScript('document.body.innerText');
    return `${contents?.getURL()} ${String(text)}`;
  });
}

const FIRST_SCREEN = /^app:\/\/ui\/index\.html .*Explore the sample/s;

test('a renderer that dies is loaded again, with a line to the same core', async () => {
  const [core = 0] = pidsOf(CORE);
  await started.page().waitForTimeout(UPTIME_MS);
  const renderer = await rendererPid();
  process.kill(renderer, 'SIGKILL');
  expect(await shownAfter(renderer)).toMatch(FIRST_SCREEN);
  expect(pidsOf(CORE)).toEqual([core]);
});

test('a page that leaves for an empty one is ended and loaded again', async () => {
  await started.page().waitForTimeout(UPTIME_MS);
  const renderer = await rendererPid();
  await started.page().evaluate(() => void setTimeout(() => (location.href = 'about:blank')));
  expect(await shownAfter(renderer)).toMatch(FIRST_SCREEN);
  expect(isRunning(renderer)).toBe(false);
});
