import type { ElectronApplication } from '@playwright/test';
import type { WebPreferences } from 'electron';

/** What the shell has set for its window, as Electron itself reports it. */
export function webPreferences(app: ElectronApplication): Promise<WebPreferences> {
  return app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // There since Electron 2, for tests; the published types leave it out.
    const { getLastWebPreferences } = contents as unknown as {
      getLastWebPreferences(): WebPreferences;
    };
    return { ...getLastWebPreferences.call(contents) };
  });
}

/** Loads an address in a new, hidden window of the application, and says how that ended. */
export function loadInNewWindow(app: ElectronApplication, url: string): Promise<string> {
  return app.evaluate(async ({ BrowserWindow }, address) => {
    const window = new BrowserWindow({ show: false });
    try {
      await window.loadURL(address);
      return 'loaded';
    } catch (error) {
      return error instanceof Error ? error.message : 'failed';
    } finally {
      window.destroy();
    }
  }, url);
}

/** Status and headers with which the application's own protocol answers. */
export function askProtocol(
  app: ElectronApplication,
  url: string,
  method = 'GET',
): Promise<{ status: number; headers: Record<string, string> } | string> {
  return app.evaluate(
    async ({ session }, [address, verb]) => {
      try {
        const answer = await session.defaultSession.fetch(address, { method: verb });
        return { status: answer.status, headers: Object.fromEntries(answer.headers) };
      } catch (error) {
        return error instanceof Error ? error.message : 'failed';
      }
    },
    [url, method] as const,
  );
}

/** How many windows and embedded contents there are. */
export function countContents(app: ElectronApplication): Promise<number> {
  return app.evaluate(({ webContents }) => webContents.getAllWebContents().length);
}
