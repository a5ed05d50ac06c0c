import { normalQuantile, normalSf } from './distributions';
import type { GroupDesign } from './groupDesigns';

/** Bounds of a test whose looks were fixed before. */
export interface GroupBounds {
  /** |z| at which each look stops, shape (looks). */
  readonly z: readonly number[];
  /** Error spent up to each look, shape (looks); the last is alpha when all information is in. */
  readonly alphaSpent: readonly number[];
}

/** Odd: Simpson's rule. 201 points give the bounds to 5e-9. */
const GRID_POINTS = 201;
const ROOT_STEPS = 60;

/**
 * Bounds on |z| so that looking at every planned look keeps the two-sided error.
 *
 * @param information share of the planned information at each look, ascending, in (0, 1]; the two classical
 *   designs read only how many looks there are, equally spaced
 * @param alpha two-sided, between 0 and 1
 * @source O'Brien & Fleming, Biometrics 35 (1979) 549; Pocock, Biometrika 64 (1977) 191; Lan & DeMets, Biometrika
 *   70 (1983) 659, each side spending f(alpha / 2); Armitage, McPherson & Rowe (1969) for the recursion; golden
 *   values in test/golden (seq_group_bounds, seq_spending_bounds)
 * Cost: O(looks x 201^2) per step of the root finding.
 */
export function groupBounds(
  design: GroupDesign,
  information: readonly number[],
  alpha: number,
): GroupBounds {
  if (design === 'spendObrienFleming' || design === 'spendPocock') {
    const alphaSpent = information.map((share) => spent(design, share, alpha));
    return { z: spendingBounds(information, alphaSpent), alphaSpent };
  }
  const looks = information.length;
  const times = information.map((_, i) => (i + 1) / looks);
  const boundsFor = (constant: number) =>
    times.map((time) => (design === 'pocock' ? constant : constant / Math.sqrt(time)));
  const constant = rootOf((c) => crossings(times, boundsFor(c)).at(-1)! - alpha, 1, 8);
  const z = boundsFor(constant);
  return { z, alphaSpent: crossings(times, z) };
}

function spent(design: GroupDesign, share: number, alpha: number): number {
  if (design === 'spendPocock') return alpha * Math.log1p((Math.E - 1) * share);
  // Each side spends f(alpha / 2): 2 (1 - Phi(z_(alpha/2) / sqrt t)) for both together is the common mistake.
  return 4 * normalSf(-normalQuantile(alpha / 4) / Math.sqrt(share));
}

function spendingBounds(times: readonly number[], alphaSpent: readonly number[]): number[] {
  const z: number[] = [];
  let density: Density | null = null;
  alphaSpent.forEach((target, i) => {
    const step = target - (alphaSpent[i - 1] ?? 0);
    const from = density;
    const exit = (bound: number) => exitProbability(from, times, i, bound);
    z.push(i === 0 ? -normalQuantile(step / 2) : rootOf((c) => exit(c) - step, 0.5, 12));
    density = nextDensity(from, times, i, z[i]!);
  });
  return z;
}

/** Total probability to have crossed up to each look. */
function crossings(times: readonly number[], z: readonly number[]): number[] {
  let total = 0;
  let density: Density | null = null;
  return z.map((bound, i) => {
    total += exitProbability(density, times, i, bound);
    density = nextDensity(density, times, i, bound);
    return total;
  });
}

/** Density of the score z sqrt(t) over runs that have not crossed, on Simpson points. */
interface Density {
  readonly points: Float64Array;
  /** Density times Simpson weight. */
  readonly weights: Float64Array;
}

function exitProbability(
  density: Density | null,
  times: readonly number[],
  look: number,
  bound: number,
): number {
  if (density === null) return 2 * normalSf(bound);
  const deviation = Math.sqrt(times[look]! - times[look - 1]!);
  const score = bound * Math.sqrt(times[look]!);
  let above = 0;
  for (let i = 0; i < GRID_POINTS; i++) {
    above += density.weights[i]! * normalSf((score - density.points[i]!) / deviation);
  }
  return 2 * above;
}

function nextDensity(
  density: Density | null,
  times: readonly number[],
  look: number,
  bound: number,
): Density {
  const edge = bound * Math.sqrt(times[look]!);
  const step = (2 * edge) / (GRID_POINTS - 1);
  const points = Float64Array.from({ length: GRID_POINTS }, (_, i) => -edge + i * step);
  const deviation = Math.sqrt(times[look]! - (times[look - 1] ?? 0));
  const weights = points.map((point, i) => {
    const simpson = (i === 0 || i === GRID_POINTS - 1 ? 1 : i % 2 === 1 ? 4 : 2) * (step / 3);
    if (density === null) return simpson * normalDensity(point / deviation, deviation);
    let sum = 0;
    for (let j = 0; j < GRID_POINTS; j++) {
      sum +=
        density.weights[j]! * normalDensity((point - density.points[j]!) / deviation, deviation);
    }
    return simpson * sum;
  });
  return { points, weights };
}

function normalDensity(z: number, deviation: number): number {
  return Math.exp(-0.5 * z * z) / (deviation * Math.sqrt(2 * Math.PI));
}

/** Root of a falling function, by the secant that keeps its bracket (Illinois). */
function rootOf(f: (x: number) => number, from: number, to: number): number {
  let [a, b, fa, fb] = [from, to, f(from), f(to)];
  for (let step = 0; step < ROOT_STEPS && Math.abs(b - a) > 1e-12; step++) {
    const c = step % 3 === 2 ? (a + b) / 2 : (a * fb - b * fa) / (fb - fa);
    const fc = f(c);
    if (fc === 0) return c;
    if (Math.sign(fc) === Math.sign(fb)) {
      [b, fb, fa] = [c, fc, fa / 2];
    } else {
      [a, fa, b, fb] = [b, fb, c, fc];
    }
    if (Math.abs(fc) < 1e-13) return c;
  }
  return b;
}
