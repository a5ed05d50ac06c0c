import { totalmem } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromJob, JobProcess } from '../../electron/workers/jobMessages';
import { createJobRunner } from '../../electron/workers/jobRunner';

/** A job process that does what the test says and remembers whether it was ended. */
function scriptedProcess() {
  const listeners: ((message: FromJob) => void)[] = [];
  const exits: ((code: number | null) => void)[] = [];
  const state = { isKilled: false, posted: 0 };
  const process: JobProcess = {
    post: () => void (state.posted += 1),
    onMessage: (listener) => void listeners.push(listener),
    onExit: (listener) => void exits.push(listener),
    kill: () => void (state.isKilled = true),
  };
  const say = (message: FromJob) => listeners.forEach((listener) => listener(message));
  return {
    process,
    state,
    say,
    exit: (code: number | null) => exits.forEach((listener) => listener(code)),
  };
}

function start(signal = new AbortController().signal) {
  const job = scriptedProcess();
  const seen: unknown[] = [];
  const running = createJobRunner(() => job.process).run(
    'table.inspect',
    { path: '/home/ada/private/batch.arrow' },
    { signal, progress: (progress) => void seen.push(progress) },
  );
  running.catch(() => undefined);
  return { ...job, running, seen };
}

describe('createJobRunner', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('sends the job when the process is ready, passes progress on, and ends the process with the job', async () => {
    const { say, state, running, seen } = start();
    expect(state.posted).toBe(0);
    say({ type: 'ready' });
    say({ type: 'progress', progress: { fraction: 0.5, activity: 'Reading' } });
    say({ type: 'done', value: 'result' });
    await expect(running).resolves.toBe('result');
    expect({ ...state, seen }).toEqual({
      posted: 1,
      isKilled: true,
      seen: [{ fraction: 0.5, activity: 'Reading' }],
    });
  });

  it('ends a process that gives no sign of life for 20 seconds and names the file, not its folder', async () => {
    const { say, state, running } = start();
    say({ type: 'ready' });
    await vi.advanceTimersByTimeAsync(19_000);
    expect(state.isKilled).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    await expect(running).rejects.toMatchObject({
      code: 'BAD_DATA',
      details: { file: 'batch.arrow' },
    });
    await expect(running).rejects.not.toThrow(/private/u);
    expect(state.isKilled).toBe(true);
  });

  it('lets a long job go on while it shows signs of life', async () => {
    const { say, state, running } = start();
    say({ type: 'ready' });
    for (let i = 0; i < 10; i++) {
      await vi.advanceTimersByTimeAsync(15_000);
      say({ type: 'alive', rssBytes: 1e6 });
    }
    expect(state.isKilled).toBe(false);
    say({ type: 'done', value: 1 });
    await expect(running).resolves.toBe(1);
  });

  it('ends a process that takes more memory than the machine can spare', async () => {
    const { say, state, running } = start();
    say({ type: 'alive', rssBytes: totalmem() });
    await expect(running).rejects.toMatchObject({ code: 'BAD_DATA' });
    expect(state.isKilled).toBe(true);
  });

  it('says that the process died', async () => {
    const { exit, running } = start();
    exit(139);
    await expect(running).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining('batch.arrow'),
    });
  });

  it('ends the process at once when the person cancels', async () => {
    const controller = new AbortController();
    const { state, running } = start(controller.signal);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(state.isKilled).toBe(true);
  });

  it('passes on the failure that the job reports', async () => {
    const { say, running } = start();
    say({ type: 'failed', error: { code: 'BAD_DATA', message: 'row 3', details: { row: 3 } } });
    await expect(running).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: 'row 3',
      details: { row: 3 },
    });
  });
});
