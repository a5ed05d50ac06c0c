import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { FromCore, ToCore } from '../../shared/ipc/messages';

/** One port to core and one function for dropped files; no library, no rule. */
const waiting: ToCore[] = [];
const listeners: ((message: FromCore) => void)[] = [];
let port: MessagePort | null = null;

ipcRenderer.once('core.port', (event) => {
  const [handed] = event.ports;
  if (handed === undefined) return;
  port = handed;
  port.onmessage = ({ data }: MessageEvent<FromCore>) => {
    for (const listener of listeners) listener(data);
  };
  for (const message of waiting.splice(0)) port.postMessage(message);
});

contextBridge.exposeInMainWorld('assay', {
  send(message: ToCore): void {
    if (port === null) waiting.push(message);
    else port.postMessage(message);
  },
  onMessage(listener: (message: FromCore) => void): void {
    listeners.push(listener);
  },
  tokenForFile(file: File, canBeFolder = false): Promise<string> {
    const path = webUtils.getPathForFile(file);
    return ipcRenderer.invoke('file.token', path, canBeFolder) as Promise<string>; // ipcMain.ts answers a token
  },
});
