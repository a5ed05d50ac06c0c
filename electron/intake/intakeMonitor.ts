import type { IntakeProgress } from '../../shared/intake/channels';
import type { WaitingItem } from '../../shared/intake/intake';
import type { Db } from '../db/openDatabase';

/** How a file was when it was seen first in this state. */
interface Sighting {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly seenAtMs: number;
}

/** What is known of the watched folder beside the records, for as long as a person is signed in. */
export interface IntakeMonitor {
  isPaused: boolean;
  progress: IntakeProgress | null;
  lookedAtUtc: string | null;
  problem: string | null;
  waiting: readonly WaitingItem[];
  sightings: ReadonlyMap<string, Sighting>;
  /** The pass that runs, or the last one: passes run one after the other. */
  lastPass: Promise<unknown>;
}

/** Two looks that are as far apart must find the same file before it counts as whole. */
const STEADY_AFTER_MS = 1_000;

const monitors = new WeakMap<Db, IntakeMonitor>();

/** @param db the session's connection, which ends with the session */
export function monitorOf(db: Db): IntakeMonitor {
  const monitor = monitors.get(db) ?? {
    isPaused: false,
    progress: null,
    lookedAtUtc: null,
    problem: null,
    waiting: [],
    sightings: new Map(),
    lastPass: Promise.resolve(),
  };
  monitors.set(db, monitor);
  return monitor;
}

/** Compares what is seen now with what was seen before. */
export interface Watch {
  /** True when the file has been like this for a while. */
  isSteady(name: string, state: Omit<Sighting, 'seenAtMs'>): boolean;
  /** What to compare the next look with. */
  readonly sightings: ReadonlyMap<string, Sighting>;
}

export function watchFrom(before: IntakeMonitor['sightings'], nowMs: number): Watch {
  const sightings = new Map<string, Sighting>();
  return {
    sightings,
    isSteady(name, { sizeBytes, modifiedMs }) {
      const known = before.get(name);
      const isSame = known?.sizeBytes === sizeBytes && known.modifiedMs === modifiedMs;
      const seenAtMs = isSame ? known.seenAtMs : nowMs;
      sightings.set(name, { sizeBytes, modifiedMs, seenAtMs });
      return nowMs - seenAtMs >= STEADY_AFTER_MS;
    },
  };
}
