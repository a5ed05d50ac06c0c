import { expect, type Page } from '@playwright/test';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { monitorEventLoopDelay } from 'node:perf_hooks';
import { preloadInCore } from './corePreload';
import type { Home } from './home';
import type { Assay } from './launch';

declare const window: { stopProbes?: () => number[] };
declare const requestAnimationFrame: (callback: (atMs: number) => void) => number;

type DelayHistogram = ReturnType<typeof monitorEventLoopDelay>;

/** What an event loop tells of itself, in nanoseconds. */
interface LoopReport {
  readonly p99: number;
  readonly max: number;
  readonly count: number;
}

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
  /** Event loop of core, measured inside it. */
  readonly core: Delay;
  /** Time between two frames of the window. */
  readonly frames: Delay;
}

/** Has core measure its event loop, from the next start of core on. */
export function measureCore(assay: Assay): Promise<void> {
  const { start, report } = filesOf(assay.home);
  return preloadInCore(
    assay,
    `const { existsSync, renameSync, rmSync, writeFileSync } = require('node:fs');
     const { monitorEventLoopDelay } = require('node:perf_hooks');
     const delays = monitorEventLoopDelay({ resolution: 1 });
     delays.enable();
     setInterval(() => {
       if (existsSync(${JSON.stringify(start)})) { rmSync(${JSON.stringify(start)}); delays.reset(); }
       const { max, count } = delays;
       const report = ${JSON.stringify(report)};
       writeFileSync(report + '.new', JSON.stringify({ p99: delays.percentile(99), max, count }));
       renameSync(report + '.new', report);
     }, 100);`,
  );
}

function filesOf({ files }: Home): { readonly start: string; readonly report: string } {
  return { start: join(files, 'start'), report: join(files, 'delays.json') };
}

/** Begins to measure; core must have been started after `measureCore`. */
export async function startProbes({ app, home }: Assay, page: Page): Promise<void> {
  await app.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    Reflect.set(globalThis, 'delays', delays);
  });
  await page.evaluate(() => {
    const framesMs: number[] = [];
    let isOver = false;
    let lastFrameMs = 0;
    const frame = (atMs: number): void => {
      if (lastFrameMs > 0) framesMs.push(atMs - lastFrameMs);
      lastFrameMs = atMs;
      if (!isOver) requestAnimationFrame(frame);
    };
    window.stopProbes = () => {
      isOver = true;
      return framesMs;
    };
    requestAnimationFrame(frame);
  });
  const { start } = filesOf(home);
  writeFileSync(start, '');
  await expect.poll(() => existsSync(start), { intervals: [20] }).toBe(false);
}

export async function stopProbes({ app, home }: Assay, page: Page): Promise<Delays> {
  const shell = await app.evaluate(() => {
    const delays = Reflect.get(globalThis, 'delays') as DelayHistogram; // kept by startProbes
    delays.disable();
    return { p99: delays.percentile(99), max: delays.max, count: delays.count };
  });
  const framesMs = (await page.evaluate(() => window.stopProbes?.())) ?? [];
  const { report } = filesOf(home);
  rmSync(report);
  await expect.poll(() => existsSync(report), { intervals: [20] }).toBe(true);
  const core = JSON.parse(readFileSync(report, 'utf8')) as LoopReport; // written by measureCore
  return { shell: loopDelay(shell), core: loopDelay(core), frames: delayOf(framesMs) };
}

/** The histogram counts the whole interval, of which 1 ms was asked for. */
function loopDelay({ p99, max, count }: LoopReport): Delay {
  const inMs = (durationNs: number): number => Math.max(0, durationNs / 1e6 - 1);
  return { p99Ms: inMs(p99), maxMs: inMs(max), n: count };
}

function delayOf(waitsMs: readonly number[]): Delay {
  const sorted = waitsMs.toSorted((a, b) => a - b);
  const p99Ms = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? Infinity;
  return { p99Ms, maxMs: sorted.at(-1) ?? Infinity, n: sorted.length };
}
