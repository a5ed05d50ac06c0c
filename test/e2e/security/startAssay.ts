import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
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

/** Starts the application as a person with a home folder (and a temporary folder in it) of its own. */
export async function startAssay({ appFolder, wrap }: StartOptions = {}): Promise<Started> {
  const launch = await (appFolder === undefined
    ? electronLaunch()
    : prepareElectronLaunch(appFolder));
  const home = makeHome();
  const temporary = join(home.folder, 'tmp');
  mkdirSync(temporary);
  const app = await _electron.launch({
    executablePath: wrap?.(launch.executablePath, home) ?? launch.executablePath,
    args: launch.args,
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
