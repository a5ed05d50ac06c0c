import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { join } from 'node:path';
import { prepareElectronLaunch } from '../../../scripts/electronLaunch.mjs';
import { makeHome, type Home } from './home';

/** The running application, its home folder, and what its windows complained about. */
export interface Assay {
  readonly app: ElectronApplication;
  readonly home: Home;
  /** Uncaught errors and error lines of the console of every window. */
  readonly complaints: readonly string[];
  /** The window as it is now: locking replaces it. */
  page(): Page;
}

let prepared: ReturnType<typeof prepareElectronLaunch> | null = null;

/**
 * Makes the application wait until Playwright listens. Playwright passes it only where it finds
 * Electron by itself; without it, the first window can be there too early and is then never seen.
 */
const LOADER = join(
  import.meta.dirname,
  '../../../node_modules/playwright-core/lib/server/electron/loader.js',
);

/** What starting the application takes; found out once per worker. */
export function electronLaunch(): ReturnType<typeof prepareElectronLaunch> {
  prepared ??= prepareElectronLaunch();
  return prepared;
}

/** The environment of a person with this home folder. */
export function environmentOf(home: Home, env: Record<string, string>): Record<string, string> {
  return { ...env, HOME: home.folder, XDG_CONFIG_HOME: join(home.folder, '.config') };
}

export async function launchAssay(home: Home = makeHome()): Promise<Assay> {
  const { executablePath, args, env, sandboxObstacle } = await electronLaunch();
  const app = await _electron.launch({
    executablePath,
    args: ['-r', LOADER, ...args],
    env: environmentOf(home, env),
    chromiumSandbox: sandboxObstacle === null,
  });
  const complaints: string[] = [];
  const first = await app.firstWindow();
  const pages = [first];
  listen(first, complaints);
  app.on('window', (next) => {
    pages.push(next);
    listen(next, complaints);
  });
  // Printing opens a window of its own, which closes again.
  const page = (): Page => pages.findLast((one) => !one.isClosed()) ?? first;
  return { app, home, complaints, page };
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
}

/** Does what makes the shell replace the window, and answers the new one. */
export async function nextWindow(
  { app }: Pick<Assay, 'app'>,
  act: () => Promise<unknown>,
): Promise<Page> {
  const opened = app.waitForEvent('window');
  // The window that goes may take the answer along: it counts that the new one comes.
  const failure: unknown = await act().then(
    () => null,
    (error: unknown) => error,
  );
  const page = await opened.catch((error: unknown) => {
    throw failure ?? error;
  });
  await page.waitForLoadState('domcontentloaded');
  return page;
}

/** Sets the size of the window's content, in pixels. */
export async function resize({ app }: Assay, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
    [width, height] as const,
  );
}
