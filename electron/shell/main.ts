import { app, Menu, powerMonitor } from 'electron';
import { startApplication } from './application';
import { appMenu } from './menu';
import { registerAppScheme } from './protocol';
import { closeNetwork, hardenSession, hardenWebContents } from './security';

/** Entry of the shell: what must happen before the application is ready, then the window. */
closeNetwork();
registerAppScheme();

// Root cannot use Chromium's sandbox; only test machines run as root, and they say --no-sandbox.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

if (app.requestSingleInstanceLock()) {
  app.on('session-created', hardenSession);
  app.on('web-contents-created', (_event, contents) => hardenWebContents(contents));
  void app.whenReady().then(() => {
    Menu.setApplicationMenu(appMenu());
    const application = startApplication();
    app.on('second-instance', () => application.focus());
    powerMonitor.on('suspend', () => application.lock('suspend'));
    powerMonitor.on('lock-screen', () => application.lock('suspend'));
  });
  app.on('window-all-closed', () => app.quit());
} else {
  app.quit();
}
