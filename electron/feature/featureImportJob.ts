import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { FileFingerprint } from '../../shared/base/files';
import { EMPTY_DEFINITION, FeatureName, type ValueType } from '../../shared/feature/feature';
import {
  proposeSensitivity,
  VALUE_PATTERNS,
  type PatternShares,
  type SensitivityProposal,
} from '../../shared/feature/proposeSensitivity';
import type { ColumnKind } from '../../shared/drift/column';
import { badData, stopIfCancelled } from '../io/badData';
import { inspectTable } from '../io/inspectTable';
import { openSource } from '../io/tableReader';
import type { JobScope } from '../workers/jobRunner';
import { isFeastDump, readFeastDump, type FoundDefinition } from './feastDump';

/** A feature found in a file, with what it seems to say about people. */
export interface ProposedFeature extends FoundDefinition {
  readonly proposal: SensitivityProposal | null;
}

/** What a file holds of features. */
export interface ReadFeatures {
  readonly file: FileFingerprint;
  readonly origin: 'table' | 'feast';
  readonly features: readonly ProposedFeature[];
  readonly warnings: readonly string[];
}

const MAX_JSON_BYTES = 64 * 2 ** 20;

/**
 * Reads the features of a data file (its columns) or of a Feast registry dump (job `feature.read`).
 *
 * Values are only matched against patterns here; no value leaves the job.
 *
 * @throws AppFailure BAD_DATA (no table and no dump that can be read), CANCELLED
 */
export async function readFeatures(
  { path }: { readonly path: string },
  scope: JobScope,
): Promise<ReadFeatures> {
  return extname(path).toLowerCase() === '.json' ? readDump(path, scope) : readTable(path, scope);
}

async function readDump(path: string, scope: JobScope): Promise<ReadFeatures> {
  const name = basename(path);
  const { size } = await stat(path);
  if (size > MAX_JSON_BYTES) throw badData(name, 'It is larger than 64 MiB.');
  const bytes = await readFile(path);
  stopIfCancelled(scope.signal);
  const value = jsonOf(name, bytes);
  if (!isFeastDump(value))
    throw badData(name, 'It is no registry dump of Feast: it has no "featureViews".');
  try {
    const found = readFeastDump(value);
    return {
      file: {
        fileName: name,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        sizeBytes: bytes.length,
      },
      origin: 'feast',
      features: found.map((one) => ({
        ...one,
        proposal: proposeSensitivity(one.definition.columnNames[0] ?? one.name),
      })),
      warnings: found.length === 0 ? ['No view of this registry has a feature.'] : [],
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    throw badData(name, `It is no registry dump of Feast: ${reason}.`);
  }
}

function jsonOf(name: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw badData(name, 'It is no JSON in UTF-8.');
  }
}

const VALUE_TYPES: Readonly<Record<ColumnKind, ValueType>> = {
  numeric: 'number',
  categorical: 'category',
  boolean: 'boolean',
  datetime: 'time',
};

async function readTable(path: string, scope: JobScope): Promise<ReadFeatures> {
  const { file, columns, warnings } = await inspectTable({ path }, scope);
  const shares = await patternShares(path, scope);
  const named = columns.filter(({ name }) => FeatureName.safeParse(name).success);
  const nUnnamed = columns.length - named.length;
  return {
    file,
    origin: 'table',
    features: named.map(({ name, kind }) => ({
      name,
      definition: {
        ...EMPTY_DEFINITION,
        valueType: VALUE_TYPES[kind],
        source: file.fileName.slice(0, 500),
      },
      proposal: proposeSensitivity(name, shares.get(name)),
    })),
    warnings:
      nUnnamed === 0
        ? warnings
        : [
            ...warnings,
            `${nUnnamed} columns are left out: their names are longer than 500 characters or hold characters that are not shown.`,
          ],
  };
}

async function patternShares(
  path: string,
  scope: JobScope,
): Promise<ReadonlyMap<string, PatternShares>> {
  const source = await openSource(path, { signal: scope.signal, progress: () => undefined });
  try {
    const shares = new Map<string, PatternShares>();
    for (const column of source.columns) {
      stopIfCancelled(scope.signal);
      if (column.holds !== 'text') continue;
      const { sample } = await source.countTexts(column);
      shares.set(column.name, sharesOf(sample));
    }
    return shares;
  } finally {
    source.close();
  }
}

function sharesOf(sample: readonly string[]): PatternShares {
  if (sample.length === 0) return {};
  return Object.fromEntries(
    Object.entries(VALUE_PATTERNS).map(([kind, { pattern }]) => [
      kind,
      sample.filter((value) => pattern.test(value.trim())).length / sample.length,
    ]),
  );
}
