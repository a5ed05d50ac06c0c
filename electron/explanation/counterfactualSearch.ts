import type { Counterfactual } from '../../shared/explanation/modelCase';
import type { Surrounding } from './caseSurroundings';

const MOST_FOUND = 3;
const MOST_CHANGES = 5;
const PAIRED_FEATURES = 8;
const PAIRED_CANDIDATES = 8;
const BISECTIONS = 12;

type Value = number | string;
/** Changed features of a case, by position. */
type Changes = ReadonlyMap<number, Value>;

interface Tried {
  readonly changes: Changes;
  readonly prediction: number;
  readonly distance: number;
}

export interface SearchInput {
  readonly surroundings: readonly Surrounding[];
  /** Positions of features that may change. */
  readonly mutable: readonly number[];
  /** Whether a prediction is on the other side. */
  reaches(prediction: number): boolean;
  /** How near a prediction is to the other side: higher is nearer. */
  nearness(prediction: number): number;
  /** Runs the model on the case with these changes. */
  predict(cases: readonly Changes[]): Promise<ArrayLike<number>>;
}

/**
 * Finds small changes that bring the prediction to the other side: of one feature, else of two, else of up to five one
 * after the other. New values are usual ones of the file; distance is the sum of the steps over the usual range, 1
 * for another category. Every change that is given back was run through the model.
 *
 * @returns up to three, the nearest first; empty: none was found, which does not prove that there is none
 * @source Wachter, Mittelstadt & Russell, Harv. J. Law & Tech. 31 (2018) 841; sparse first: Mothilal, Sharma & Tan, FAT* (2020)
 * Cost: features * 41 + 28 * 64 runs at most, and a few dozen more.
 */
export async function searchCounterfactuals(input: SearchInput): Promise<Counterfactual[]> {
  const singles = await tryAll(
    input,
    input.mutable.flatMap((feature) =>
      candidatesOf(input, feature).map((value): Changes => new Map([[feature, value]])),
    ),
  );
  const nearest = nearestPerSet(singles.filter(({ prediction }) => input.reaches(prediction)));
  if (nearest.length > 0) {
    const refined: Counterfactual[] = [];
    for (const found of nearest) refined.push(await refine(input, found, singles));
    return refined;
  }
  const ranked = bestPerFeature(input, singles);
  const pairs = await tryPairs(input, ranked.slice(0, PAIRED_FEATURES));
  const both = nearestPerSet(pairs.filter(({ prediction }) => input.reaches(prediction)));
  const found = both.length > 0 ? both : await tryGreedily(input, ranked);
  return found.map((one) => toCounterfactual(input, one));
}

function candidatesOf({ surroundings }: SearchInput, feature: number): readonly Value[] {
  const { candidates, value } = surroundings[feature]!;
  return candidates.filter((candidate) => candidate !== value);
}

async function tryAll(input: SearchInput, all: readonly Changes[]): Promise<Tried[]> {
  const predictions = await input.predict(all);
  return all.map((changes, i) => ({
    changes,
    prediction: predictions[i]!,
    distance: distanceOf(input, changes),
  }));
}

function distanceOf({ surroundings }: SearchInput, changes: Changes): number {
  let distance = 0;
  for (const [feature, value] of changes) {
    const { value: own, usual } = surroundings[feature]!;
    const range = usual === null ? 0 : usual[1] - usual[0];
    distance += range > 0 ? Math.abs(Number(value) - Number(own)) / range : 1;
  }
  return distance;
}

/** The nearest of each set of features, the nearest of all first. */
function nearestPerSet(tried: readonly Tried[]): Tried[] {
  const bySet = new Map<string, Tried>();
  for (const one of tried) {
    const key = [...one.changes.keys()].join(' ');
    const before = bySet.get(key);
    if (before === undefined || one.distance < before.distance) bySet.set(key, one);
  }
  return [...bySet.values()].sort((a, b) => a.distance - b.distance).slice(0, MOST_FOUND);
}

/** The change of each feature alone that comes nearest to the other side, the best feature first. */
function bestPerFeature(input: SearchInput, singles: readonly Tried[]): Tried[] {
  const best = new Map<number, Tried>();
  for (const one of singles) {
    const [feature] = one.changes.keys();
    const before = best.get(feature!);
    if (before === undefined || input.nearness(one.prediction) > input.nearness(before.prediction))
      best.set(feature!, one);
  }
  return [...best.values()].sort(
    (a, b) => input.nearness(b.prediction) - input.nearness(a.prediction),
  );
}

function tryPairs(input: SearchInput, ranked: readonly Tried[]): Promise<Tried[]> {
  const features = ranked.map(({ changes }) => [...changes.keys()][0]!);
  const few = (feature: number): readonly Value[] => {
    const all = candidatesOf(input, feature);
    const step = Math.max(1, (all.length - 1) / (PAIRED_CANDIDATES - 1));
    const n = Math.min(all.length, PAIRED_CANDIDATES);
    return Array.from({ length: n }, (_none, i) => all[Math.round(i * step)]!);
  };
  const pairs = features.flatMap((one, i) =>
    features.slice(i + 1).flatMap((other) =>
      few(one).flatMap((value) =>
        few(other).map(
          (second): Changes =>
            new Map([
              [one, value],
              [other, second],
            ]),
        ),
      ),
    ),
  );
  return tryAll(input, pairs);
}

/** Adds the best change of one feature after the other, then takes back what is not needed. */
async function tryGreedily(input: SearchInput, ranked: readonly Tried[]): Promise<Tried[]> {
  const growing = ranked.slice(0, MOST_CHANGES).map((_one, i) => {
    const parts = ranked.slice(0, i + 1).flatMap(({ changes }) => [...changes]);
    return new Map(parts);
  });
  const tried = await tryAll(input, growing);
  let found = tried.find(({ prediction }) => input.reaches(prediction));
  if (found === undefined) return [];
  for (const feature of found.changes.keys()) {
    const fewer = new Map([...found.changes].filter(([one]) => one !== feature));
    if (fewer.size === 0) continue;
    const [without] = await tryAll(input, [fewer]);
    if (without !== undefined && input.reaches(without.prediction)) found = without;
  }
  return [found];
}

/** Brings the new value of one number as near to the old one as the model allows, to three digits. */
async function refine(
  input: SearchInput,
  found: Tried,
  singles: readonly Tried[],
): Promise<Counterfactual> {
  const [entry] = found.changes;
  const [feature, value] = entry!;
  const { value: own, usual, isWhole } = input.surroundings[feature]!;
  if (usual === null || typeof value !== 'number') return toCounterfactual(input, found);
  let [outside, inside] = [Number(own), value];
  const upward = inside > outside;
  const tryOne = async (to: number) => (await tryAll(input, [new Map([[feature, to]])]))[0]!;
  let best = found;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (outside + inside) / 2;
    const rounded = isWhole ? Math[upward ? 'ceil' : 'floor'](middle) : roundAway(middle, upward);
    if (rounded === inside || rounded === outside) break;
    const tried = await tryOne(rounded);
    if (input.reaches(tried.prediction)) [best, inside] = [tried, rounded];
    else outside = rounded;
  }
  const beyond = singles.filter(({ changes }) => {
    const candidate = changes.get(feature);
    if (typeof candidate !== 'number') return false;
    return upward ? candidate >= inside : candidate <= inside;
  });
  const isBound = beyond.length > 0 && beyond.every(({ prediction }) => input.reaches(prediction));
  return toCounterfactual(input, best, isBound);
}

/** To three significant digits, in the given direction. */
function roundAway(value: number, upward: boolean): number {
  if (value === 0) return 0;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  const steps = Math[upward ? 'ceil' : 'floor'](value / step);
  return Number((steps * step).toPrecision(3));
}

function toCounterfactual(
  { surroundings }: SearchInput,
  { changes, prediction }: Tried,
  isBound = false,
): Counterfactual {
  return {
    prediction,
    changes: [...changes].map(([feature, to]) => {
      const { feature: name, value: from } = surroundings[feature]!;
      return { feature: name, from, to, isBound };
    }),
  };
}
