import type { RawInputOf, ResultOf } from '../../shared/ipc/channel';
import type { ChannelName, Contract } from '../../shared/ipc/contract';
import type { CoreEvent, FromCore, Progress } from '../../shared/ipc/messages';
import type { Result } from '../../shared/ipc/result';
import type { AssayBridge } from './bridge';

export interface CallOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting asks core to stop; the call then answers CANCELLED. */
  readonly signal?: AbortSignal;
}

/** One function per channel; the input is checked by core, the answer is a value or an error. */
export type Api = {
  readonly [K in ChannelName]: (
    input: RawInputOf<Contract[K]>,
    options?: CallOptions,
  ) => Promise<ResultOf<Contract[K]>>;
};

export interface Client {
  readonly api: Api;
  /** @returns a function that ends the listening */
  onCoreEvent(listener: (event: CoreEvent) => void): () => void;
}

interface Pending {
  readonly settle: (result: Result<unknown>) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** Connects a window to core over a bridge: matches answers to calls and hands out events. */
export function createClient(bridge: Pick<AssayBridge, 'send' | 'onMessage'>): Client {
  const pending = new Map<number, Pending>();
  const listeners = new Set<(event: CoreEvent) => void>();
  let lastId = 0;

  bridge.onMessage((message) => receive(message, pending, listeners));

  function call(name: string, input: unknown, options: CallOptions): Promise<Result<unknown>> {
    const { signal, onProgress } = options;
    if (signal?.aborted === true) return Promise.resolve(CANCELLED);
    lastId += 1;
    const id = lastId;
    return new Promise((resolve) => {
      const cancel = (): void => bridge.send({ type: 'cancel', id });
      const settle = (result: Result<unknown>): void => {
        signal?.removeEventListener('abort', cancel);
        resolve(result);
      };
      pending.set(id, { settle, onProgress });
      signal?.addEventListener('abort', cancel);
      bridge.send({ type: 'call', id, name, input });
    });
  }

  const api = new Proxy({} as Api, {
    // The channel's name is the property; its types come from the contract alone, so the window
    // does not carry the schemas.
    get: (_target, name) => (input: unknown, options?: CallOptions) =>
      call(String(name), input, options ?? {}),
  });

  return {
    api,
    onCoreEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const CANCELLED: Result<never> = {
  ok: false,
  error: { code: 'CANCELLED', message: 'The action was cancelled before it began.', details: {} },
};

function receive(
  message: FromCore,
  pending: Map<number, Pending>,
  listeners: ReadonlySet<(event: CoreEvent) => void>,
): void {
  if (message.type === 'event') {
    for (const listener of listeners) listener(message.event);
    return;
  }
  const call = pending.get(message.id);
  if (call === undefined) return;
  if (message.type === 'progress') {
    call.onProgress?.(message.progress);
    return;
  }
  pending.delete(message.id);
  call.settle(
    message.ok ? { ok: true, value: message.value } : { ok: false, error: message.error },
  );
}
