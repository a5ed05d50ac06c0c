import type { LocalSurrogate } from '../../shared/explanation/modelCase';
import { sampleMoments } from '../../shared/stats/sampleMoments';
import { mulberry32 } from '../../shared/stats/seededSample';
import { weightedRidge } from '../../shared/stats/weightedRidge';
import type { Surrounding } from './caseSurroundings';
import { inSpace, type Game } from './shapleyCases';

const N_SAMPLES = 1000;
const N_REPEATS = 5;
const RIDGE = 1;
const WIDTH_PER_ROOT = 0.75;

/**
 * A local surrogate in the style of LIME: a weighted ridge regression over cases drawn around the one that is asked for.
 *
 * Numbers are drawn normally around the case with the standard deviation of the file, categories as the file has them;
 * weights are exp(-d^2 / width^2), width 0.75 sqrt(features).
 *
 * @returns weights in the explained space: mean and standard deviation over five draws, which shows how stable they are
 * @throws AppFailure BAD_DATA where a prediction has no value in the explained space, CANCELLED
 * @source Ribeiro, Singh & Guestrin, KDD (2016) 1135; stability: Visani et al., J. Oper. Res. Soc. 73 (2022) 91
 * Cost: 5,000 runs of the model.
 */
export async function localSurrogate(
  game: Game,
  surroundings: readonly Surrounding[],
): Promise<LocalSurrogate> {
  const { seed } = game.settings;
  const d = surroundings.length;
  const kernelWidth = WIDTH_PER_ROOT * Math.sqrt(d);
  const fits: { coefficients: Float64Array; r2: number | null }[] = [];
  for (let repeat = 0; repeat < N_REPEATS; repeat++)
    fits.push(await fitOnce(game, surroundings, { seed: (seed + repeat) >>> 0, kernelWidth }));
  const weights = surroundings.map(({ feature }, i) => {
    const { mean, variance } = sampleMoments(fits.map(({ coefficients }) => coefficients[i]!));
    return { feature, weight: mean, sd: Math.sqrt(variance) };
  });
  weights.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const shares = fits.flatMap(({ r2 }) => (r2 === null ? [] : [r2]));
  const r2 = shares.length === 0 ? null : sampleMoments(shares).mean;
  return { weights, r2, nSamples: N_SAMPLES, nRepeats: N_REPEATS, kernelWidth, seed };
}

async function fitOnce(
  { model, rows, settings }: Game,
  surroundings: readonly Surrounding[],
  { seed, kernelWidth }: { readonly seed: number; readonly kernelWidth: number },
) {
  const random = mulberry32(seed);
  const d = surroundings.length;
  const seen = new Float64Array(N_SAMPLES * d);
  const weights = new Float64Array(N_SAMPLES);
  const values: (number | string)[][] = [];
  for (let i = 0; i < N_SAMPLES; i++) {
    let squares = 0;
    values.push(
      surroundings.map((around, feature) => {
        const [value, seenAs, off] = draw(around, random, () =>
          rows.cell(feature, rows.complete[Math.floor(random() * rows.complete.length)]!),
        );
        seen[i * d + feature] = seenAs;
        squares += off * off;
        return value;
      }),
    );
    weights[i] = Math.exp(-squares / kernelWidth ** 2);
  }
  const answers = await model.predict(settings.output, N_SAMPLES, (f, i) => values[i]![f]!);
  return weightedRidge(seen, inSpace(model, answers, settings.space), weights, RIDGE);
}

/** A value near the case, how the line sees it, and how far it is from the case. */
function draw(
  { value, usual, sd, isWhole }: Surrounding,
  random: () => number,
  other: () => number | string,
): [value: number | string, seenAs: number, off: number] {
  if (usual === null) {
    const drawn = other();
    return [drawn, drawn === value ? 1 : 0, drawn === value ? 0 : 1];
  }
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const drawn = Number(value) + sd * normal;
  const near = isWhole ? Math.round(drawn) : drawn;
  const off = sd === 0 ? 0 : (near - Number(value)) / sd;
  return [near, off, off];
}
