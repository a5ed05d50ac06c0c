import {
  app,
  BrowserWindow,
  nativeTheme,
  screen,
  type Rectangle,
  type WebContents,
} from 'electron';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, MIN_UPTIME_MS } from './giveUp';
import { isOwnPage, UI_ORIGIN } from './security';

const HOME_PAGE = `${UI_ORIGIN}/index.html`;
const MIN_WIDTH = 1100;
const MIN_HEIGHT = 700;

/** Opens the window at the given place, or where it was last time. */
export function createWindow(bounds: Rectangle | null): BrowserWindow {
  const place = bounds ?? restoredBounds();
  const window = new BrowserWindow({
    ...place,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'Assay',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(__dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      safeDialogs: true,
      disableBlinkFeatures: 'Auxclick',
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  window.on('close', () => rememberBounds(window.getNormalBounds()));
  loadAgainAfterCrash(window);
  stayOnOwnPage(window.webContents);
  void window.loadURL(HOME_PAGE);
  return window;
}

function loadAgainAfterCrash(window: BrowserWindow): void {
  let startedAtMs = Date.now();
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (window.isDestroyed() || reason === 'clean-exit') return;
    if (Date.now() - startedAtMs < MIN_UPTIME_MS)
      return giveUp('The process that shows the window');
    startedAtMs = Date.now();
    void window.loadURL(HOME_PAGE);
  });
}

/** To `about:blank` Chromium goes without asking `will-navigate`: such a page ends, and loads again. */
function stayOnOwnPage(contents: WebContents): void {
  contents.on('did-navigate', (_event, url) => {
    if (!isOwnPage(url)) contents.forcefullyCrashRenderer();
  });
}

function stateFile(): string {
  return join(app.getPath('userData'), 'window.json');
}

function rememberBounds(bounds: Rectangle): void {
  try {
    writeFileSync(stateFile(), JSON.stringify(bounds), { mode: 0o600 });
  } catch {
    // Where the window stood is a convenience: a full or read-only disk must not keep it open.
  }
}

function restoredBounds(): Partial<Rectangle> {
  const fallback = { width: 1280, height: 800 };
  try {
    const saved: unknown = JSON.parse(readFileSync(stateFile(), 'utf8'));
    if (!isRectangle(saved)) return fallback;
    const { workArea } = screen.getDisplayMatching(saved);
    const isOnScreen =
      saved.x < workArea.x + workArea.width && saved.y < workArea.y + workArea.height;
    return isOnScreen ? saved : fallback;
  } catch {
    return fallback;
  }
}

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== 'object' || value === null) return false;
  const rectangle = value as Readonly<Record<string, unknown>>; // looked at key by key below
  return ['x', 'y', 'width', 'height'].every((key) => Number.isInteger(rectangle[key]));
}
