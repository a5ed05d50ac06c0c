import type { ModelVersion, VersionSnapshot } from './model';
import {
  FACTS,
  type ArtefactDifference,
  type Change,
  type ChangeCounts,
  type ComparedSide,
  type FactDifference,
  type MetricDifference,
  type VersionComparison,
} from './versionComparison';

const MOST_ARTEFACTS = 2000;

/**
 * Compares what two versions froze.
 *
 * Things are matched by name: parameters, metrics, columns (within inputs and outputs), datasets (by role)
 * and files (by path). A value of another type is a change: `3` is not `"3"`.
 *
 * Cost: O(n log n) in the things that both hold
 */
export function compareVersions(left: ModelVersion, right: ModelVersion): VersionComparison {
  const [a, b] = [left.snapshot, right.snapshot];
  const artefacts = compareArtefacts(a, b);
  return {
    left: sideOf(left),
    right: sideOf(right),
    facts: compareFacts(a, b),
    parameters: differences(a.hyperparameters, b.hyperparameters),
    metrics: differences(a.metrics, b.metrics).map(withDifference),
    columns: compareColumns(a, b),
    datasets: compareDatasets(a, b),
    artefactCounts: countChanges(artefacts),
    artefacts: artefacts.filter(({ change }) => change !== 'same').slice(0, MOST_ARTEFACTS),
  };
}

/** How many of each change there are. */
export function countChanges(list: readonly { readonly change: Change }[]): ChangeCounts {
  const counts = { added: 0, removed: 0, changed: 0, same: 0 };
  for (const { change } of list) counts[change] += 1;
  return counts;
}

function sideOf({ id, snapshot, signature, stage }: ModelVersion): ComparedSide {
  const { modelId, modelName, version } = snapshot;
  const { signedAtUtc: registeredAtUtc, printedName: registeredBy } = signature;
  return { id, modelId, modelName, version, stage, registeredAtUtc, registeredBy };
}

interface Pair<T> {
  readonly key: string;
  readonly change: Change;
  readonly left: T | null;
  readonly right: T | null;
}

/** Both sides by key, in natural order of the keys. */
function pairUp<T>(
  left: ReadonlyMap<string, T>,
  right: ReadonlyMap<string, T>,
  isSame: (a: T, b: T) => boolean,
): readonly Pair<T>[] {
  return [...new Set([...left.keys(), ...right.keys()])].sort(compareKeys).map((key) => {
    const [a, b] = [left.get(key) ?? null, right.get(key) ?? null];
    return { key, change: changeOf(a, b, isSame), left: a, right: b };
  });
}

function changeOf<T>(a: T | null, b: T | null, isSame: (a: T, b: T) => boolean): Change {
  if (a === null) return b === null ? 'same' : 'added';
  if (b === null) return 'removed';
  return isSame(a, b) ? 'same' : 'changed';
}

const collator = new Intl.Collator('en', { numeric: true });

/** Keys that a collator holds for equal are told apart by their letters. */
function compareKeys(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : 1);
}

type Value = string | number | boolean;
type Values<T extends Value> = Readonly<Record<string, T>>;

function differences<T extends Value>(left: Values<T>, right: Values<T>) {
  const pairs = pairUp(
    new Map(Object.entries(left)),
    new Map(Object.entries(right)),
    (a, b) => a === b,
  );
  return pairs.map(({ key: name, ...pair }) => ({ name, ...pair }));
}

function withDifference(
  metric: Pick<MetricDifference, 'name' | 'change' | 'left' | 'right'>,
): MetricDifference {
  const { left, right } = metric;
  if (left === null || right === null) return { ...metric, absolute: null, relative: null };
  // Without a difference it is 0, also between 0 and -0.
  const absolute = left === right ? 0 : finite(right - left);
  const relative = absolute === null || left === 0 ? null : finite(absolute / Math.abs(left));
  return { ...metric, absolute, relative };
}

/** Two values at the far ends of what a double holds have no difference that it holds. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function compareFacts(a: VersionSnapshot, b: VersionSnapshot): readonly FactDifference[] {
  const [left, right] = [factsOf(a), factsOf(b)];
  return FACTS.flatMap((fact) => {
    const [was, is] = [left[fact], right[fact]];
    if (was === null && is === null) return [];
    return [{ fact, change: changeOf(was, is, (x, y) => x === y), left: was, right: is }];
  });
}

type Facts = Readonly<Record<FactDifference['fact'], string | number | null>>;

function factsOf({ description, trainingData, runLink, importedFrom }: VersionSnapshot): Facts {
  return {
    description: description === '' ? null : description,
    trainingFile: trainingData?.fileName ?? null,
    trainingSizeBytes: trainingData?.sizeBytes ?? null,
    trainingSha256: trainingData?.sha256 ?? null,
    runLink: runLink ?? null,
    importedFrom: importedFrom?.system ?? null,
    importSource: importedFrom?.source ?? null,
    importSha256: importedFrom?.sourceSha256 ?? null,
    experiment: importedFrom?.experiment ?? null,
    runId: importedFrom?.runId ?? null,
    importedVersion: importedFrom?.version ?? null,
  };
}

function compareColumns(a: VersionSnapshot, b: VersionSnapshot): VersionComparison['columns'] {
  const keyed = ({ schema }: VersionSnapshot) =>
    byKey(schema, ({ name, direction }) => JSON.stringify([direction, name]));
  return pairUp(keyed(a), keyed(b), (x, y) => x.type === y.type).flatMap(
    ({ change, left, right }) => {
      const column = left ?? right;
      if (column === null) return [];
      const { name, direction } = column;
      return [{ name, direction, change, left: left?.type ?? null, right: right?.type ?? null }];
    },
  );
}

function compareDatasets(a: VersionSnapshot, b: VersionSnapshot): VersionComparison['datasets'] {
  const keyed = ({ datasets }: VersionSnapshot) =>
    byKey(datasets ?? [], ({ name, role }) => JSON.stringify([role, name]));
  return pairUp(keyed(a), keyed(b), (x, y) => x.digest === y.digest).flatMap(
    ({ change, left, right }) => {
      const dataset = left ?? right;
      if (dataset === null) return [];
      const { name, role } = dataset;
      return [{ name, role, change, left: left?.digest ?? null, right: right?.digest ?? null }];
    },
  );
}

function compareArtefacts(a: VersionSnapshot, b: VersionSnapshot): readonly ArtefactDifference[] {
  const keyed = ({ artefacts }: VersionSnapshot) =>
    new Map((artefacts ?? []).map(({ path, ...content }) => [path, content]));
  return pairUp(keyed(a), keyed(b), (x, y) => x.sha256 === y.sha256).map(
    ({ key: path, ...pair }) => ({ path, ...pair }),
  );
}

/** Things that share a key are told apart by how often it came before. */
function byKey<T>(things: readonly T[], keyOf: (thing: T) => string): ReadonlyMap<string, T> {
  const seen = new Map<string, number>();
  return new Map(
    things.map((thing) => {
      const key = keyOf(thing);
      const nBefore = seen.get(key) ?? 0;
      seen.set(key, nBefore + 1);
      return [nBefore === 0 ? key : `${key} ${nBefore}`, thing];
    }),
  );
}
