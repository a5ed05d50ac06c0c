import { canonicalJson } from '../../shared/base/canonicalJson';
import type { UtcInstant } from '../../shared/base/time';
import type {
  DatasetDigest,
  ImportOrigin,
  MetricPoint,
  VersionSnapshot,
} from '../../shared/registry/model';
import type { FoundArtefacts, RawPoint, StoreRun, StoreVersion } from './mlflowRecords';
import { digestOfReads, type ProblemList, type ReadNote } from './storeFiles';

/** What an imported version says beside its artefacts; the rest of its snapshot is given here. */
export type ImportedContent = Pick<
  VersionSnapshot,
  'description' | 'hyperparameters' | 'metrics' | 'schema' | 'metricSeries' | 'datasets' | 'runLink'
> & { readonly importedFrom: ImportOrigin };

/** One future version, as the job hands it over. */
export interface ReadCandidate {
  readonly key: string;
  readonly modelName: string;
  readonly modelDescription: string;
  /** Path of its artefacts inside the store; null when they are not there. */
  readonly artefactFolder: string | null;
  readonly nArtefacts: number;
  readonly artefactBytes: number;
  /** Canonical JSON of an {@link ImportedContent}: small to send, and parsed only when it is needed. */
  readonly contentJson: string;
}

export interface CandidateSource {
  /** Name of the folder or file that was read. */
  readonly sourceName: string;
  readonly problems: ProblemList;
}

/** More points than these make a series that nobody reads in a snapshot; its last value is kept. */
const MAX_POINTS_PER_METRIC = 2000;
const MAX_POINTS = 20_000;
const MAX_DATASETS = 1000;
const MAX_COLUMNS = 5000;
const DESCRIPTION = 5000;
const VALUE = 20_000;
const EXPERIMENT = 500;
const RUN_ID = 200;
const NUMBER = 60;

/** Names a candidate, the same at every look; letters count as they do for names of models here. */
export function candidateKey(
  modelName: string,
  run: Pick<StoreRun, 'experiment' | 'runId'> | null,
  version: Pick<StoreVersion, 'version'> | null,
): string {
  // Cut as in the snapshot, so that what was imported before has the same key.
  return version === null
    ? `run:${cut(run?.experiment ?? '', EXPERIMENT)}/${cut(run?.runId ?? '', RUN_ID)}`
    : `version:${modelName.replace(/[A-Z]/gu, (letter) => letter.toLowerCase())}/${cut(version.version, NUMBER)}`;
}

/** Puts together what a version here would say; what does not fit is listed, never changed silently. */
export function toContent(
  source: CandidateSource,
  run: StoreRun | null,
  version: StoreVersion | null,
  artefacts: Pick<FoundArtefacts, 'schema' | 'reads'>,
): ImportedContent {
  const { problems } = source;
  const place = version?.place ?? run?.place ?? '';
  const note = run?.tags.get('mlflow.note.content') ?? run?.name ?? '';
  const text = version?.description ?? '';
  const reads = [...(version?.reads ?? []), ...(run?.reads ?? []), ...artefacts.reads];
  const metrics = readMetrics(run, problems);
  const datasets = readDatasets(run, problems);
  const runLink = fitted(version?.runLink ?? '', 2000, problems, place, 'the link to the run');
  if (artefacts.schema.length > MAX_COLUMNS)
    problems.add(place, 'the schema has more than 5,000 columns; left out');
  return {
    description: fitted(
      text.trim() === '' ? note.trim() : text.trim(),
      DESCRIPTION,
      problems,
      place,
      'the description',
    ),
    hyperparameters: Object.fromEntries(
      named(
        run?.params ?? new Map<string, string>(),
        problems,
        run?.place ?? place,
        'parameter',
      ).map(([name, value]) => [
        name,
        parameterValue(fitted(value, VALUE, problems, place, `parameter "${name}"`)),
      ]),
    ),
    metrics: metrics.last,
    schema: artefacts.schema.length > MAX_COLUMNS ? [] : artefacts.schema,
    ...(metrics.nSeries === 0 ? {} : { metricSeries: metrics.series }),
    ...(datasets.length === 0 ? {} : { datasets }),
    ...(runLink === '' ? {} : { runLink }),
    importedFrom: originOf(source, run, version, reads),
  };
}

function originOf(
  { sourceName, problems }: CandidateSource,
  run: StoreRun | null,
  version: StoreVersion | null,
  reads: readonly ReadNote[],
): ImportOrigin {
  const place = version?.place ?? run?.place ?? '';
  const tags = new Map([...(run?.tags ?? []), ...(version?.tags ?? [])]);
  const runId = version?.runId ?? run?.runId ?? null;
  const experiment = run?.experiment ?? null;
  const stage = version?.stage ?? null;
  return {
    system: 'mlflow',
    source: cut(sourceName, 1024),
    sourceSha256: digestOfReads(reads),
    experiment:
      experiment === null
        ? null
        : fitted(experiment, EXPERIMENT, problems, place, 'the name of the experiment'),
    runId: runId === null ? null : cut(runId, RUN_ID),
    version: version === null ? null : cut(version.version, NUMBER),
    stage: stage === null ? null : cut(stage, 60),
    aliases: (version?.aliases ?? []).map((alias) => cut(alias, 250)).sort(),
    tags: Object.fromEntries(
      named(tags, problems, place, 'tag', 500).filter(([name, value]) => {
        if (value.length <= VALUE) return true;
        problems.add(place, `tag "${name}" is longer than ${VALUE} characters; left out`);
        return false;
      }),
    ),
    createdAtUtc: toInstant(version?.createdAtMs ?? run?.startedAtMs ?? null),
  };
}

/** Text stays text; it becomes a number only where the number is written exactly like it. */
function parameterValue(text: string): string | number {
  const number = Number(text);
  return Number.isFinite(number) && String(number) === text ? number : text;
}

interface ReadMetrics {
  readonly last: Record<string, number>;
  readonly series: Record<string, readonly MetricPoint[]>;
  readonly nSeries: number;
}

function readMetrics(run: StoreRun | null, problems: ProblemList): ReadMetrics {
  const last: [string, number][] = [];
  const series: [string, readonly MetricPoint[]][] = [];
  let nPoints = 0;
  for (const [name, raw] of named(
    run?.metrics ?? new Map<string, readonly RawPoint[]>(),
    problems,
    run?.place ?? '',
    'metric',
  )) {
    const place = `${run?.place ?? ''}, metric "${name}"`;
    const points = raw.toSorted(byStep);
    const final = points.at(-1);
    if (final === undefined) continue;
    if (Number.isFinite(final.value)) last.push([name, final.value]);
    else
      problems.add(
        place,
        `its last value is ${String(final.value)}, not a number that can be recorded; left out`,
      );
    const finite = points.filter(({ value }) => Number.isFinite(value));
    const nLost = points.length - finite.length - (Number.isFinite(final.value) ? 0 : 1);
    if (nLost > 0)
      problems.add(place, `${nLost} earlier values are NaN or infinite; left out of its series`);
    if (finite.length < 2) continue;
    if (finite.length > MAX_POINTS_PER_METRIC || nPoints + finite.length > MAX_POINTS) {
      problems.add(
        place,
        `its series has ${finite.length} points, too many for a snapshot; only the last value is kept`,
      );
      continue;
    }
    nPoints += finite.length;
    series.push([
      name,
      finite.map(({ step, value, atMs }) => ({ step, value, atUtc: toInstant(millis(atMs)) })),
    ]);
  }
  return {
    last: Object.fromEntries(last),
    series: Object.fromEntries(series),
    nSeries: series.length,
  };
}

/** As MLflow orders them to find the latest: step, time, value. */
function byStep(a: RawPoint, b: RawPoint): number {
  return a.step - b.step || a.atMs - b.atMs || a.value - b.value || 0;
}

function readDatasets(run: StoreRun | null, problems: ProblemList): DatasetDigest[] {
  const place = run?.place ?? '';
  const fit = (run?.datasets ?? []).flatMap(({ name, role, digest, source }) => {
    if (name.trim() === '' || digest === '') {
      problems.add(place, 'a dataset without a name or a digest; left out');
      return [];
    }
    return [
      {
        name: cut(name.trim(), 500),
        role,
        digest: cut(digest, 200),
        source: fitted(source, 2000, problems, place, `the source of dataset "${name}"`),
      },
    ];
  });
  if (fit.length > MAX_DATASETS)
    problems.add(place, 'more than 1,000 datasets; the rest is left out');
  return fit.slice(0, MAX_DATASETS).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
}

/** Entries whose names can be names here, in order; others are listed. */
function named<V>(
  entries: ReadonlyMap<string, V>,
  problems: ProblemList,
  place: string,
  what: string,
  maxLength = 250,
): [string, V][] {
  const kept = new Map<string, V>();
  for (const [raw, value] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = raw.trim();
    // A record of this name cannot be told from the prototype of an object.
    const isNameable =
      name !== '' && name.length <= maxLength && name !== '__proto__' && name.isWellFormed();
    if (isNameable && !kept.has(name)) kept.set(name, value);
    else problems.add(place, `${what} "${name.slice(0, 80)}" cannot have this name here; left out`);
  }
  return [...kept];
}

function fitted(
  text: string,
  maxLength: number,
  problems: ProblemList,
  place: string,
  what: string,
): string {
  if (text.length > maxLength)
    problems.add(place, `${what} is longer than ${maxLength} characters; cut there`);
  return cut(text, maxLength);
}

function cut(text: string, maxLength: number): string {
  return text.slice(0, maxLength).toWellFormed();
}

function millis(ms: number): number | null {
  return ms > 0 && ms < 253_402_300_800_000 ? Math.floor(ms) : null;
}

function toInstant(ms: number | null): UtcInstant | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** The name that a model has here: one line, at most 120 characters. */
export function nameHere(name: string, problems: ProblemList, place: string): string {
  const clean = name
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, 120)
    .toWellFormed()
    .trim();
  if (clean !== name)
    problems.add(place, `the name cannot be a name here; "${clean}" stands for it`);
  return clean === '' ? 'Unnamed' : clean;
}
