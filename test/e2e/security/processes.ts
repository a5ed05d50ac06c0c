import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

/** A process of the application, as the system's process table shows it. */
export interface ProcessFacts {
  readonly pid: number;
  /** `browser`, `zygote`, `gpu-process`, `renderer`, or what kind of utility it is. */
  readonly type: string;
  /** 2 when a system call filter is in force. */
  readonly seccomp: number;
}

/** The process and everything below it. Linux only. */
export function processTree(rootPid: number): readonly ProcessFacts[] {
  const children = new Map<number, number[]>();
  for (const pid of readdirSync('/proc').map(Number).filter(Number.isInteger)) {
    const parent = Number(statusLine(pid, 'PPid') ?? -1);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(rootPid).flatMap((pid) => {
    const seccomp = statusLine(pid, 'Seccomp');
    return seccomp === null ? [] : [{ pid, type: typeOf(pid), seccomp: Number(seccomp) }];
  });
}

export function isRunning(pid: number): boolean {
  const state = statusLine(pid, 'State');
  return state !== null && !state.startsWith('Z');
}

/** The environment that a process was started with. */
export function environmentNames(pid: number): readonly string[] {
  const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  return entries.filter((entry) => entry !== '').map((entry) => entry.split('=')[0] ?? '');
}

const CHUNK_BYTES = 4 * 2 ** 20;

/**
 * How often each needle is in the memory that a process can write to or shares, in each encoding
 * that a string or key takes there.
 */
export function countInMemory(pid: number, needles: readonly Buffer[]): number[] {
  const overlap = Math.max(...needles.map((needle) => needle.length)) - 1;
  const counts = needles.map(() => 0);
  const chunk = Buffer.alloc(CHUNK_BYTES + overlap);
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const { start, end } of dataRegions(pid)) {
      for (let at = start; at < end; at += CHUNK_BYTES) {
        const nRead = tryRead(memory, chunk, at, Math.min(chunk.length, end - at));
        const bytes = chunk.subarray(0, nRead);
        needles.forEach((needle, i) => {
          counts[i] = (counts[i] ?? 0) + occurrences(bytes, needle);
        });
      }
    }
  } finally {
    closeSync(memory);
  }
  return counts;
}

function occurrences(bytes: Buffer, needle: Buffer): number {
  let n = 0;
  for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + 1)) n += 1;
  return n;
}

/** Everything readable except files that are only mapped for reading: those are on disk anyway. */
function dataRegions(pid: number): readonly { start: number; end: number }[] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, from = '', to = '', permissions = '', path = ''] =
      /^(\w+)-(\w+) (\S+) \S+ \S+ \d+ *(.*)$/.exec(line) ?? [];
    const isPlainFile = path.startsWith('/') && !/^\/(memfd|dev\/shm)/.test(path);
    const isData = permissions.startsWith('r') && (permissions[1] === 'w' || !isPlainFile);
    return isData ? [{ start: parseInt(from, 16), end: parseInt(to, 16) }] : [];
  });
}

/** Pages that have gone since the map was read, or belong to a device, hold nothing to read. */
function tryRead(file: number, chunk: Buffer, at: number, length: number): number {
  try {
    return readSync(file, chunk, 0, length, at);
  } catch {
    return 0;
  }
}

function typeOf(pid: number): string {
  const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  const type = /--type=([\w-]+)/.exec(line)?.[1] ?? 'browser';
  return type === 'utility' ? (/--utility-sub-type=([\w.]+)/.exec(line)?.[1] ?? type) : type;
}

function statusLine(pid: number, name: string): string | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return new RegExp(`^${name}:\\s*(.+)$`, 'm').exec(status)?.[1] ?? null;
  } catch {
    return null; // ended in the meantime
  }
}
