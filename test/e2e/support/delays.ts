import type { Page } from '@playwright/test';
import type { monitorEventLoopDelay } from 'node:perf_hooks';
import type { AssayBridge } from '../../../renderer/api/bridge';
import type { Assay } from './launch';

declare const window: {
  readonly assay: AssayBridge;
  stopProbes?: () => { readonly callsMs: number[]; readonly framesMs: number[] };
};
declare const requestAnimationFrame: (callback: (atMs: number) => void) => number;

type DelayHistogram = ReturnType<typeof monitorEventLoopDelay>;

/** The 99th percentile and the longest of a series of waits, in milliseconds. */
export interface Delay {
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly n: number;
}

/** How long each part of the application kept others waiting. */
export interface Delays {
  /** Event loop of the shell, measured inside it. */
  readonly shell: Delay;
  /** Round trip of a cheap call from the window to core and back. */
  readonly core: Delay;
  /** Time between two frames of the window. */
  readonly frames: Delay;
}

export async function startProbes({ app }: Assay, page: Page): Promise<void> {
  await app.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    Reflect.set(globalThis, 'delays', delays);
  });
  await page.evaluate(() => {
    const callsMs: number[] = [];
    const framesMs: number[] = [];
    const sentAtMs = new Map<number, number>();
    let isOver = false;
    let id = 2e9;
    let lastFrameMs = 0;
    const ask = (): void => {
      if (isOver) return;
      sentAtMs.set(++id, performance.now());
      window.assay.send({ type: 'call', id, name: 'vault.status', input: {} });
    };
    window.assay.onMessage((message) => {
      const startedAtMs = message.type === 'result' ? sentAtMs.get(message.id) : undefined;
      if (startedAtMs === undefined) return;
      callsMs.push(performance.now() - startedAtMs);
      setTimeout(ask, 5);
    });
    const frame = (atMs: number): void => {
      if (lastFrameMs > 0) framesMs.push(atMs - lastFrameMs);
      lastFrameMs = atMs;
      if (!isOver) requestAnimationFrame(frame);
    };
    window.stopProbes = () => {
      isOver = true;
      return { callsMs, framesMs };
    };
    ask();
    requestAnimationFrame(frame);
  });
}

export async function stopProbes({ app }: Assay, page: Page): Promise<Delays> {
  const shell = await app.evaluate(() => {
    const delays = Reflect.get(globalThis, 'delays') as DelayHistogram; // kept by startProbes
    delays.disable();
    // The histogram counts the whole interval, of which 1 ms was asked for.
    const inMs = (durationNs: number): number => Math.max(0, durationNs / 1e6 - 1);
    return { p99Ms: inMs(delays.percentile(99)), maxMs: inMs(delays.max), n: delays.count };
  });
  const probes = await page.evaluate(() => window.stopProbes?.());
  return { shell, core: delayOf(probes?.callsMs ?? []), frames: delayOf(probes?.framesMs ?? []) };
}

function delayOf(waitsMs: readonly number[]): Delay {
  const sorted = waitsMs.toSorted((a, b) => a - b);
  const p99Ms = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? Infinity;
  return { p99Ms, maxMs: sorted.at(-1) ?? Infinity, n: sorted.length };
}
