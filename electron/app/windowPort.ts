import { serialize } from 'node:v8';
import { z } from 'zod';
import type { FromCore, Progress, ToCore } from '../../shared/ipc/messages';
import type { Core } from './createContext';
import { dispatch } from './dispatch';
import type { IdleLock } from './idleLock';
import type { PortMain } from '../workers/parentPort';

const Message = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('call'),
    id: z.number().int(),
    name: z.string().max(100),
    input: z.unknown(),
  }),
  z.strictObject({ type: z.literal('cancel'), id: z.number().int() }),
  z.strictObject({ type: z.literal('activity') }),
]);

/** Far more than the largest call of a window needs: the columns of a table of 2,000. */
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;
/** Progress is for people: more often than this nobody can read it. */
const PROGRESS_INTERVAL_MS = 50;

/** Serves one window: its calls go through the gate, its cancels reach the running call. */
export function serveWindow(core: Core, port: PortMain, idle: IdleLock | null = null): void {
  const running = new Map<number, AbortController>();
  const send = (message: FromCore): void => port.postMessage(message);

  async function answer({ id, name, input }: Extract<ToCore, { type: 'call' }>): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    idle?.noteRunning(1);
    const progress = throttle((latest) => send({ type: 'progress', id, progress: latest }));
    const result = await dispatch(core, name, input, { progress, signal: controller.signal });
    running.delete(id);
    idle?.noteRunning(-1);
    send({ type: 'result', id, ...result });
  }

  port.on('message', ({ data }) => {
    const parsed = isTooLarge(data) ? null : Message.safeParse(data);
    if (parsed === null || !parsed.success)
      return core.context.log.error('a window sent a message of no known shape or size');
    const message = parsed.data;
    idle?.noteActivity();
    if (message.type === 'cancel') running.get(message.id)?.abort();
    if (message.type === 'call') void answer(message);
  });
  port.on('close', () => {
    for (const controller of running.values()) controller.abort();
  });
  port.start();
}

function throttle(send: (progress: Progress) => void): (progress: Progress) => void {
  let sentAtMs = 0;
  return (progress) => {
    const nowMs = Date.now();
    if (nowMs - sentAtMs < PROGRESS_INTERVAL_MS && progress.fraction !== 1) return;
    sentAtMs = nowMs;
    send(progress);
  };
}

function isTooLarge(data: unknown): boolean {
  return serialize(data).byteLength > MAX_MESSAGE_BYTES;
}
