import { isLookedAtTogether } from '../../shared/drift/column';
import type { ReconstructionDrift, ReferenceStructure } from '../../shared/drift/multivariate';
import {
  isNumericProfile,
  type ColumnProfile,
  type ReferenceProfile,
} from '../../shared/drift/referenceProfile';
import { runTask } from '../workers/pool';
import type { ChunkPlan } from './chunkPlan';
import { encodeColumn, type RowSampler } from './rowSample';

/** The structure of a reference whose columns have been profiled and sampled. */
export function structureOf(
  columns: readonly ColumnProfile[],
  sampler: RowSampler,
  { chunkOf, nChunks }: ChunkPlan,
): Promise<ReferenceStructure> {
  const encoded = columns.flatMap((profile) => {
    const column = isLookedAtTogether(profile) ? sampler.find(profile.name) : undefined;
    return column === undefined ? [] : [{ name: profile.name, values: encode(profile, column) }];
  });
  return runTask('structure.fit', {
    rows: {
      names: encoded.map(({ name }) => name),
      columns: encoded.map(({ values }) => values),
    },
    chunkOf: Uint16Array.from(sampler.rows, (row) => chunkOf[row]!),
    nChunks,
  });
}

function encode(
  profile: ColumnProfile,
  column: NonNullable<ReturnType<RowSampler['find']>>,
): Float64Array {
  return encodeColumn(column, isNumericProfile(profile) ? null : profile);
}

/** How well the sampled rows of a batch are reproduced by the components of its reference. */
export async function reconstruct(
  { structure, columns }: ReferenceProfile,
  sampler: RowSampler | null,
): Promise<ReconstructionDrift> {
  if (structure === null) {
    return {
      status: 'notAssessed',
      reason: 'This reference was frozen without looking at its features together.',
    };
  }
  if (structure.status !== 'measured') return structure;
  const encoded = structure.columns.map((name) => {
    const profile = columns.find((one) => one.name === name);
    const column = sampler?.find(name);
    return profile === undefined || column === undefined ? name : encode(profile, column);
  });
  const missing = encoded.find((one) => typeof one === 'string');
  if (missing !== undefined) {
    return {
      status: 'notAssessed',
      reason: `The live batch has no readable column ${missing}.`,
    };
  }
  return runTask('structure.score', {
    columns: encoded.filter((one) => typeof one !== 'string'),
    structure,
  });
}
