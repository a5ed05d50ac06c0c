import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareElectronLaunch } from '../../../scripts/electronLaunch.mjs';
import { makeHome, removeHome, type Home } from '../support/home';
import { electronLaunch, environmentOf } from '../support/launch';

/** A running application, looked at from outside. */
export interface Started {
  readonly app: ElectronApplication;
  readonly home: Home;
  /** The window as it is now: locking replaces it. */
  page(): Page;
  /** Ends the application; the home folder stays until {@link discard}. */
  stop(): Promise<void>;
  discard(): Promise<void>;
}

export interface StartOptions {
  /** Another application than Assay: a folder with its package.json. */
  readonly appFolder?: string;
  /** Makes the program that is started from the runtime's executable. */
  readonly wrap?: (executablePath: string, home: Home) => string;
}

/**
 * Makes the application wait until the driver listens: a window that is there earlier can be lost to
 * it. Playwright's own loader does the same, but sets some thirty switches besides, among them ones
 * against background traffic, and here the application is to be seen with its own switches alone.
 */
const WAIT_FOR_DRIVER = `
const { app } = require('electron');
const ready = app.whenReady();
const emit = app.emit.bind(app);
let readyDetails = [];
app.emit = (name, ...details) => {
  if (name !== 'ready') return emit(name, ...details);
  readyDetails = details;
  return true;
};
app.whenReady = () => new Promise((resolve) => app.once('ready', () => resolve()));
globalThis.__playwright_run = async () => {
  await ready;
  emit('ready', ...readyDetails);
};
`;

/** Starts the application as a person with a home folder (and a temporary folder in it) of its own. */
export async function startAssay({ appFolder, wrap }: StartOptions = {}): Promise<Started> {
  const launch = await (appFolder === undefined
    ? electronLaunch()
    : prepareElectronLaunch(appFolder));
  const home = makeHome();
  const temporary = join(home.folder, 'tmp');
  mkdirSync(temporary);
  const waitForDriver = join(home.folder, 'waitForDriver.cjs');
  writeFileSync(waitForDriver, WAIT_FOR_DRIVER);
  const app = await _electron.launch({
    executablePath: wrap?.(launch.executablePath, home) ?? launch.executablePath,
    args: ['-r', waitForDriver, ...launch.args],
    env: { ...environmentOf(home, launch.env), TMPDIR: temporary },
    chromiumSandbox: launch.sandboxObstacle === null,
  });
  let page = await app.firstWindow();
  app.on('window', (next) => (page = next));
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopping ??= app.close());
  return {
    app,
    home,
    page: () => page,
    stop,
    async discard() {
      await stop();
      removeHome(home);
    },
  };
}
