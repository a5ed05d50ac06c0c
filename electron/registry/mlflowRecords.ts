import type { DatasetDigest, SchemaColumn } from '../../shared/registry/model';
import type { ReadNote } from './storeFiles';

/** One value of a metric as it was recorded; NaN and infinities are possible. */
export interface RawPoint {
  readonly step: number;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

/** A run of MLflow, whatever it was read from. */
export interface StoreRun {
  /** Where it lies, for people: a path, or a place in a database. */
  readonly place: string;
  readonly runId: string;
  readonly experiment: string | null;
  readonly name: string | null;
  readonly startedAtMs: number | null;
  readonly params: ReadonlyMap<string, string>;
  readonly metrics: ReadonlyMap<string, readonly RawPoint[]>;
  readonly tags: ReadonlyMap<string, string>;
  readonly datasets: readonly DatasetDigest[];
  readonly reads: readonly ReadNote[];
}

/** A registered model version of MLflow. */
export interface StoreVersion {
  readonly place: string;
  readonly modelName: string;
  readonly modelDescription: string | null;
  readonly version: string;
  readonly description: string | null;
  readonly stage: string | null;
  readonly aliases: readonly string[];
  readonly tags: ReadonlyMap<string, string>;
  readonly runId: string | null;
  readonly runLink: string | null;
  /** Where its artefacts lay: a path, an address, or `models:/<id>`. */
  readonly source: string | null;
  readonly createdAtMs: number | null;
  readonly reads: readonly ReadNote[];
}

/** Where a candidate's artefacts lie in the store, and the schema that its MLmodel gives. */
export interface FoundArtefacts {
  /** Path inside the store; null when they are not there. */
  readonly folder: string | null;
  readonly schema: readonly SchemaColumn[];
  readonly reads: readonly ReadNote[];
}

/** What a reader finds in a store, one at a time. */
export interface StoreReader {
  readonly versions: readonly StoreVersion[];
  /** Reads run after run; what was read of one is forgotten before the next. */
  runs(): Iterable<StoreRun>;
  readonly nRuns: number;
  readonly nExperiments: number;
  /** Runs and versions that were deleted there. */
  readonly nDeleted: number;
  artefactsOf(run: StoreRun | null, version: StoreVersion | null): FoundArtefacts;
}

/** A version that says so is a prompt: MLflow keeps prompts among its models. */
export function isPrompt(tags: ReadonlyMap<string, string>): boolean {
  return tags.get('mlflow.prompt.is_prompt')?.toLowerCase() === 'true';
}

/** What MLflow calls a version that was deleted but whose number must not be given again. */
export const DELETED_STAGE = 'Deleted_Internal';

/** Which part a dataset played, by the context that the run gave it. */
export function datasetRole(context: string | null): DatasetDigest['role'] {
  const word = context?.toLowerCase() ?? '';
  if (word.startsWith('train')) return 'training';
  if (word.startsWith('valid')) return 'validation';
  return word.startsWith('test') ? 'test' : 'other';
}

/** A whole number of milliseconds since 1970, e.g. of `meta.yaml`; null when it is none. */
export function millisOf(value: string | number | bigint | null | undefined): number | null {
  if (value === null || value === undefined || value === '') return null;
  const ms = Number(value);
  return Number.isFinite(ms) && ms >= 0 && ms < 253_402_300_800_000 ? Math.floor(ms) : null;
}
