/** What decides the turn of a sidecar. */
export interface Queued {
  readonly name: string;
  readonly sequence: number | null;
  /** When it was produced, or else when its sidecar was written; milliseconds since 1970. */
  readonly atMs: number;
  /** Null where the sidecar names none. */
  readonly modelName: string | null;
  readonly isReady: boolean;
}

/** By sequence, those without one after; then by time; then by name in code units. */
export function compareQueued(a: Queued, b: Queued): number {
  const bySequence = (a.sequence ?? Infinity) - (b.sequence ?? Infinity);
  if (bySequence !== 0 && !Number.isNaN(bySequence)) return bySequence;
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

/** Those that can be taken now, in order, and those that wait behind another one of their model. */
export interface Turns<T extends Queued> {
  readonly ready: readonly T[];
  readonly held: readonly { readonly item: T; readonly behind: string }[];
}

/**
 * Puts sidecars in order. One that is not ready holds back the later ones of its model, so that outcomes
 * never overtake their predictions; other models go on.
 *
 * Cost: O(n log n).
 */
export function takeTurns<T extends Queued>(items: readonly T[]): Turns<T> {
  const blockers = new Map<string, string>();
  const ready: T[] = [];
  const held: { readonly item: T; readonly behind: string }[] = [];
  for (const item of items.toSorted(compareQueued)) {
    const behind = item.modelName === null ? undefined : blockers.get(item.modelName);
    if (!item.isReady) {
      if (item.modelName !== null && behind === undefined) blockers.set(item.modelName, item.name);
    } else if (behind === undefined) ready.push(item);
    else held.push({ item, behind });
  }
  return { ready, held };
}
