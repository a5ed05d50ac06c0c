import { app, type Session, type WebContents } from 'electron';

/** The one origin that the window may show. */
export const UI_ORIGIN = 'app://ui';

/** True for the application's own page and nothing else. */
export function isOwnPage(url: string): boolean {
  return url === UI_ORIGIN || url.startsWith(`${UI_ORIGIN}/`);
}

/**
 * Closes every way out that Chromium has by itself: names, WebRTC, proxies, background fetches.
 * Measured with a hostile page: all of these together bring outgoing packets to zero.
 */
export function closeNetwork(): void {
  const { commandLine } = app;
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  commandLine.appendSwitch('webrtc-ip-handling-policy', 'disable_non_proxied_udp');
  commandLine.appendSwitch('force-webrtc-ip-handling-policy');
  commandLine.appendSwitch('proxy-server', '127.0.0.1:9');
  commandLine.appendSwitch('proxy-bypass-list', '<-loopback>');
  commandLine.appendSwitch('disable-background-networking');
  commandLine.appendSwitch('dns-prefetch-disable');
}

/** The window may ask for nothing, download nothing and load nothing but the application itself. */
export function hardenSession(ui: Session): void {
  ui.webRequest.onBeforeRequest((request, decide) => {
    const isImageInPage = request.resourceType === 'image' && request.url.startsWith('data:');
    const isDevTools = !app.isPackaged && request.url.startsWith('devtools:');
    decide({ cancel: !(isOwnPage(request.url) || isImageInPage || isDevTools) });
  });
  ui.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  ui.setPermissionCheckHandler(() => false);
  ui.setDevicePermissionHandler(() => false);
  ui.on('will-download', (event) => event.preventDefault());
  ui.setSpellCheckerEnabled(false);
}

/** No page goes anywhere else, opens another one or embeds one. */
export function hardenWebContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
