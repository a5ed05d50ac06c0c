import type { CoreEvent } from '../../shared/ipc/messages';
import { createClient, type Api, type Client } from './createClient';
import './bridge';

export type { Api } from './createClient';

let client: Client | null = null;

/** Connected on first use, so that stores can be loaded where there is no window. */
function connected(): Client {
  client ??= createClient(window.assay);
  return client;
}

/**
 * Every call to core: `await api['drift.getReport']({ reportId })`.
 *
 * Never rejects for a failure that core names: look at `result.ok`.
 */
export const api: Api = new Proxy({} as Api, {
  // Forwards to the client made on first use; every channel name is a property of it.
  get: (_target, name) => Reflect.get(connected().api, name),
});

/** Listens to what happens in core without a call; returns a function that ends the listening. */
export function onCoreEvent(listener: (event: CoreEvent) => void): () => void {
  return connected().onCoreEvent(listener);
}
