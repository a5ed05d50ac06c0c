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

  it('sends the job when the process is ready, passes progress on, and lets the process rest', async () => {
    const { say, state, running, seen } = start();
    expect(state.posted).toBe(0);
    say({ type: 'ready' });
    say({ type: 'progress', progress: { fraction: 0.5, activity: 'Reading' } });
    say({ type: 'done', value: 'result' });
    await expect(running).resolves.toBe('result');
    expect({ ...state, seen }).toEqual({
      posted: 1,
      isKilled: false,
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

  it('passes on the failure that the job reports, and ends the process that has touched the file', async () => {
    const { say, state, running } = start();
    say({ type: 'failed', error: { code: 'BAD_DATA', message: 'row 3', details: { row: 3 } } });
    await expect(running).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: 'row 3',
      details: { row: 3 },
    });
    expect(state.isKilled).toBe(true);
  });
});

/** A runner whose processes are at hand, in the order of their start. */
function bench() {
  const started: ReturnType<typeof scriptedProcess>[] = [];
  const runner = createJobRunner(() => {
    const job = scriptedProcess();
    started.push(job);
    return job.process;
  });
  const run = (signal = new AbortController().signal): Promise<unknown> => {
    const running = runner.run('table.inspect', { path: 'a.csv' }, { signal, progress: () => {} });
    running.catch(() => undefined);
    return running;
  };
  return { runner, started, run, killed: () => started.map(({ state }) => state.isKilled) };
}

/** One good job, after which its process rests. */
async function rested() {
  const all = bench();
  const running = all.run();
  const [first] = all.started;
  if (first === undefined) throw new Error('no process was started');
  first.say({ type: 'ready' });
  first.say({ type: 'done', value: 1 });
  await running;
  return { ...all, first };
}

describe('a process that did its job', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('gets the next job at once, whose answer is not mixed up with the first', async () => {
    const { first, run, started } = await rested();
    const second = run();
    expect(first.state.posted).toBe(2);
    first.say({ type: 'done', value: 2 });
    await expect(second).resolves.toBe(2);
    expect(started).toHaveLength(1);
  });

  it('is replaced after a job that failed', async () => {
    const { first, run, started, killed } = await rested();
    const second = run();
    first.say({ type: 'failed', error: { code: 'BAD_DATA', message: 'row 3', details: {} } });
    await expect(second).rejects.toThrow('row 3');
    void run();
    expect({ killed: killed(), n: started.length }).toEqual({ killed: [true, false], n: 2 });
  });

  it('is replaced after a job that was cancelled', async () => {
    const { run, killed } = await rested();
    const controller = new AbortController();
    const second = run(controller.signal);
    controller.abort();
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    void run();
    expect(killed()).toEqual([true, false]);
  });

  it('is replaced when it dies while it rests', async () => {
    const { first, run, started } = await rested();
    first.exit(9);
    void run();
    expect(started).toHaveLength(2);
  });

  it('is ended when no other job comes within half a minute', async () => {
    const { killed } = await rested();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(killed()).toEqual([false]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(killed()).toEqual([true]);
  });

  it('is ended when it holds on to much memory', async () => {
    const { first, killed } = await rested();
    first.say({ type: 'alive', rssBytes: 2e8 });
    expect(killed()).toEqual([false]);
    first.say({ type: 'alive', rssBytes: 2e9 });
    expect(killed()).toEqual([true]);
  });

  it('rests alone: of two that were needed at once, one is ended', async () => {
    const { run, started, killed } = bench();
    const both = [run(), run()];
    for (const { say } of started) {
      say({ type: 'ready' });
      say({ type: 'done', value: 1 });
    }
    await Promise.all(both);
    expect(killed()).toEqual([false, true]);
  });

  it('is ended with the runner', async () => {
    const { runner, killed } = await rested();
    runner.close();
    expect(killed()).toEqual([true]);
  });
});
