import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { makeHome, removeHome } from './home';
import { electronLaunch, environmentOf } from './launch';

/**
 * Starts the application without Playwright, whose own hooks take time, and answers how long it
 * took until the doors of the first screen could be used, in milliseconds.
 */
export async function timedStart(): Promise<number> {
  const { executablePath, args, env } = await electronLaunch();
  const home = makeHome();
  const startedAtMs = Date.now();
  const assay = spawn(executablePath, ['--remote-debugging-port=0', ...args], {
    env: environmentOf(home, env),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const port = await debuggingPort(createInterface({ input: assay.stderr }));
    return (await interactiveAtMs(port)) - startedAtMs;
  } finally {
    const ended = once(assay, 'exit');
    assay.kill();
    await ended;
    removeHome(home);
  }
}

async function debuggingPort(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port !== undefined) return port;
  }
  throw new Error('Assay ended before its window could be watched');
}

async function interactiveAtMs(port: string): Promise<number> {
  const socket = new WebSocket(await pageAddress(port));
  await once(socket, 'open');
  // The page may still be on its way to its address, which ends what was asked in it.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const atMs = await ask(socket);
    if (atMs === undefined) continue;
    socket.close();
    return atMs;
  }
  throw new Error('the first screen was not shown');
}

async function ask(socket: WebSocket): Promise<number | undefined> {
  const answered = once(socket, 'message');
  const params = { expression: WHEN_INTERACTIVE, awaitPromise: true, returnByValue: true };
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
  const [event] = (await answered) as [MessageEvent<string>]; // a WebSocket's only message event
  const answer = JSON.parse(event.data) as { result?: { result: { value?: number } } };
  return answer.result?.result.value;
}

async function pageAddress(port: string): Promise<string> {
  const deadlineMs = Date.now() + 30_000;
  while (Date.now() < deadlineMs) {
    const response = await fetch(`http://127.0.0.1:${port}/json/list`);
    const targets = (await response.json()) as { url: string; webSocketDebuggerUrl: string }[];
    const page = targets.find(({ url }) => url.startsWith('app://ui'));
    if (page !== undefined) return page.webSocketDebuggerUrl;
  }
  throw new Error('no window was opened');
}

/** The doors stand in the page once core has answered how the workspace is. */
const WHEN_INTERACTIVE = `new Promise((resolve) => {
  const look = () => document.querySelector('main button') && resolve(Date.now());
  new MutationObserver(look).observe(document, { subtree: true, childList: true });
  look();
})`;
