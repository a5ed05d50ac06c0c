import { parentPort, type PortMain } from './parentPort';
import type { FromJob, ToJob } from './jobMessages';

/**
 * Listens to core and returns how to answer: over the port that the shell hands in (Electron), or
 * over the channel of `child_process` (plain Node).
 */
export function receiveFromCore(listener: (message: ToJob) => void): (message: FromJob) => void {
  const shell = parentPort();
  if (shell === null) {
    process.on('message', (message) => listener(message as ToJob)); // the parent is core and sends nothing else
    process.on('disconnect', () => process.exit(0));
    return (message) => void process.send?.(message);
  }
  const waiting: FromJob[] = [];
  let port: PortMain | null = null;
  shell.on('message', ({ ports: [handed] }) => {
    if (handed === undefined || port !== null) return;
    port = handed;
    port.on('message', ({ data }) => listener(data as ToJob)); // the shell joins this port to core only
    port.start();
    for (const message of waiting.splice(0)) port.postMessage(message);
  });
  return (message) => (port === null ? void waiting.push(message) : port.postMessage(message));
}
