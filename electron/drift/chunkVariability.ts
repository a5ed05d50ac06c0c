import type { DriftMethod } from '../../shared/drift/driftPolicy';
import type { CategoricalProfile, NumericProfile } from '../../shared/drift/referenceProfile';
import {
  MIN_CHUNKS,
  MIN_CHUNK_VALUES,
  type ChunkSpread,
  type ReferenceVariability,
} from '../../shared/drift/variability';
import { categoricalDrift } from '../../shared/stats/categoricalDrift';
import { fromFinite, type EmpiricalDistribution } from '../../shared/stats/empiricalDistribution';
import { jensenShannonDistance } from '../../shared/stats/jensenShannon';
import { mergeCompare } from '../../shared/stats/mergeCompare';
import { psi, psiFromDistributions } from '../../shared/stats/psi';
import { sampleMoments } from '../../shared/stats/sampleMoments';
import { NO_CHUNK, type ChunkPlan } from './chunkPlan';

type Distances = Partial<Record<DriftMethod, number>>;

/**
 * How far each chunk of a numeric column is from the rest of it.
 *
 * The rest leaves the chunk out: D and W1 against it are those against the whole times N / (N - m), because
 * the whole is a mixture of the two. Bins are those of the whole, as a live batch is compared on them.
 *
 * @param values in the order of the rows, shape (rows); not changed
 * @param whole the profile of all of them
 * Cost: O(rows) and sorting the chunks, O(chunks x distinct values kept).
 */
export function numberVariability(
  values: Float64Array,
  whole: NumericProfile,
  plan: ChunkPlan,
): ReferenceVariability {
  const all = {
    values: whole.values,
    cumulative: whole.cumulative,
    n: whole.cumulative.at(-1) ?? 0,
  };
  const chunks = splitNumbers(values, plan).filter(({ length }) => length >= MIN_CHUNK_VALUES);
  return summarise(
    chunks.map((chunk) => numberDistances(all, fromFinite(chunk), whole.sd)),
    whole.name,
    plan,
  );
}

function splitNumbers(values: Float64Array, { nChunks, chunkOf }: ChunkPlan): Float64Array[] {
  const isUsed = (row: number): boolean =>
    chunkOf[row] !== NO_CHUNK && Number.isFinite(values[row]);
  const sizes = new Float64Array(nChunks);
  for (let row = 0; row < values.length; row++) if (isUsed(row)) sizes[chunkOf[row]!]! += 1;
  const chunks = Array.from(sizes, (size) => new Float64Array(size));
  const filled = new Float64Array(nChunks);
  for (let row = 0; row < values.length; row++) {
    if (!isUsed(row)) continue;
    const chunk = chunkOf[row]!;
    // +0 for -0, as everywhere.
    chunks[chunk]![filled[chunk]!++] = values[row]! + 0;
  }
  return chunks;
}

function numberDistances(
  all: EmpiricalDistribution,
  chunk: EmpiricalDistribution,
  sd: number | null,
): Distances {
  const nRest = all.n - chunk.n;
  if (nRest <= 0) return {};
  const merged = mergeCompare(all, chunk);
  const scale = all.n / nRest;
  const binned = psiFromDistributions(all, chunk);
  const distances: Distances = { ks: Math.min(1, (merged.maxGap / (all.n * chunk.n)) * scale) };
  if (sd !== null && sd > 0) distances.wasserstein = (merged.area * scale) / sd;
  if (binned.status !== 'ok') return distances;
  // A stored grid may put a row into the bin beside its own.
  const rest = binned.referenceCounts.map((count, i) => Math.max(0, count - binned.liveCounts[i]!));
  return {
    ...distances,
    psi: psi(rest, binned.liveCounts),
    jensenShannon: jensenShannonDistance(rest, binned.liveCounts),
  };
}

/** How far each chunk of a categorical column is from the rest of it. Cost: O(rows + chunks x categories). */
export function categoryVariability(
  column: { readonly codes: Int32Array; readonly labels: readonly string[] },
  whole: CategoricalProfile,
  { nChunks, chunkOf, ...plan }: ChunkPlan,
): ReferenceVariability {
  const { codes, labels } = column;
  const counts = Array.from({ length: nChunks }, () => new Float64Array(labels.length));
  const all = new Float64Array(labels.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0) continue;
    all[code]! += 1;
    const chunk = chunkOf[row]!;
    if (chunk !== NO_CHUNK) counts[chunk]![code]! += 1;
  }
  const usable = counts.filter((chunk) => sum(chunk) >= MIN_CHUNK_VALUES);
  return summarise(
    usable.map((chunk) => categoryDistances(all, chunk, labels)),
    whole.name,
    { nChunks, chunkOf, ...plan },
  );
}

function categoryDistances(
  all: Float64Array,
  chunk: Float64Array,
  labels: readonly string[],
): Distances {
  const rest = all.map((count, code) => count - chunk[code]!);
  const drift = categoricalDrift(toMap(rest, labels), toMap(chunk, labels));
  if (drift.status !== 'ok') return {};
  const { psi: stability, jensenShannonDistance: jensenShannon, totalVariation } = drift;
  return { psi: stability, jensenShannon, totalVariation };
}

function toMap(counts: Float64Array, labels: readonly string[]): Map<string, number> {
  return new Map(labels.map((label, code) => [label, counts[code]!]));
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

const METHODS: readonly DriftMethod[] = [
  'ks',
  'wasserstein',
  'psi',
  'jensenShannon',
  'totalVariation',
];

function summarise(
  distances: readonly Distances[],
  name: string,
  { nChunks, rowsPerChunk, timeColumn }: ChunkPlan,
): ReferenceVariability {
  if (timeColumn === name) {
    return { status: 'notAssessed', reason: 'The chunks of the reference are cut by this column.' };
  }
  if (distances.length < MIN_CHUNKS) {
    return {
      status: 'notAssessed',
      reason: `Only ${distances.length} of ${nChunks} chunks of the reference have ${MIN_CHUNK_VALUES} usable values; at least ${MIN_CHUNKS} are needed.`,
    };
  }
  const spread: Partial<Record<DriftMethod, ChunkSpread>> = {};
  for (const method of METHODS) {
    const values = distances.flatMap((chunk) => chunk[method] ?? []);
    if (values.length < distances.length) continue;
    const { mean, variance } = sampleMoments(values);
    spread[method] = { mean, sd: Math.sqrt(variance), largest: Math.max(...values) };
  }
  return { status: 'measured', nChunks: distances.length, rowsPerChunk, timeColumn, spread };
}
