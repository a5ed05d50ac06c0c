import { describe, expect, it } from 'vitest';
import { createClient } from '../../renderer/api/createClient';
import type { FromCore, ToCore } from '../../shared/ipc/messages';

/** A bridge whose other end is the test. */
function bridge() {
  const sent: ToCore[] = [];
  let receive: (message: FromCore) => void = () => {};
  const client = createClient({
    send: (message) => sent.push(message),
    onMessage: (listener) => {
      receive = listener;
    },
  });
  return { sent, client, receive: (message: FromCore) => receive(message) };
}

describe('createClient', () => {
  it('sends a call under its channel name and answers with the result of the same number', async () => {
    const { sent, client, receive } = bridge();
    const first = client.api['vault.status']({});
    const second = client.api['vault.listPeople']({});
    expect(sent).toEqual([
      { type: 'call', id: 1, name: 'vault.status', input: {} },
      { type: 'call', id: 2, name: 'vault.listPeople', input: {} },
    ]);
    receive({ type: 'result', id: 2, ok: true, value: [] });
    receive({ type: 'result', id: 1, ok: true, value: { state: 'closed' } });
    expect(await first).toEqual({ ok: true, value: { state: 'closed' } });
    expect(await second).toEqual({ ok: true, value: [] });
  });

  it('gives a failure back as a value', async () => {
    const { client, receive } = bridge();
    const answer = client.api['vault.status']({});
    const error = { code: 'STORAGE', message: 'disk full', details: {} } as const;
    receive({ type: 'result', id: 1, ok: false, error });
    expect(await answer).toEqual({ ok: false, error });
  });

  it('tells the progress of a running call, and nothing after its result', async () => {
    const { client, receive } = bridge();
    const seen: unknown[] = [];
    const answer = client.api['audit.verifyChain'](
      {},
      { onProgress: (p) => seen.push(p.activity) },
    );
    receive({ type: 'progress', id: 1, progress: { fraction: 0.5, activity: 'half' } });
    receive({
      type: 'result',
      id: 1,
      ok: false,
      error: { code: 'LOCKED', message: '', details: {} },
    });
    receive({ type: 'progress', id: 1, progress: { fraction: 1, activity: 'late' } });
    await answer;
    expect(seen).toEqual(['half']);
  });

  it('asks core to stop when the signal aborts, and waits for its answer', async () => {
    const { sent, client, receive } = bridge();
    const controller = new AbortController();
    const answer = client.api['vault.exploreSample']({}, { signal: controller.signal });
    controller.abort();
    expect(sent.at(-1)).toEqual({ type: 'cancel', id: 1 });
    const error = { code: 'CANCELLED', message: 'stopped', details: {} } as const;
    receive({ type: 'result', id: 1, ok: false, error });
    expect(await answer).toEqual({ ok: false, error });
  });

  it('sends nothing when the signal was aborted before', async () => {
    const { sent, client } = bridge();
    const result = await client.api['vault.status']({}, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(sent).toEqual([]);
  });

  it('hands events to listeners until they leave', () => {
    const { client, receive } = bridge();
    const seen: string[] = [];
    const leave = client.onCoreEvent((event) => seen.push(event.name));
    const event: FromCore = { type: 'event', event: { name: 'vault.locked', reason: 'idle' } };
    receive(event);
    leave();
    receive(event);
    expect(seen).toEqual(['vault.locked']);
  });
});
