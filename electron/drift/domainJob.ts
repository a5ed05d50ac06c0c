import { isLookedAtTogether, type ColumnSpec } from '../../shared/drift/column';
import { DOMAIN_ROWS, type DomainDrift } from '../../shared/drift/multivariate';
import { AppFailure } from '../../shared/ipc/errors';
import { openTable } from '../io/tableReader';
import { scaleProgress } from '../io/scaleProgress';
import type { JobScope } from '../workers/jobRunner';
import { runTask } from '../workers/pool';
import { RowSampler } from './rowSample';
import { requireUnchanged } from './unchangedFile';

interface Side {
  readonly path: string;
  readonly expectedSha256: string;
}

/**
 * Tells the rows of a batch from those of its reference file (job `drift.domain`).
 *
 * Needs both files: the rows of the reference are in no profile. Up to 10,000 rows a side are drawn with a
 * fixed seed.
 *
 * @param input.path the live batch, with `expectedSha256` as it was looked at
 * @param input.columns columns of the reference; its features are used, without dates
 * @returns not assessed when the two have no feature in common that can be read
 * @throws AppFailure BAD_DATA (unreadable, or not the file that the reference was frozen from), CANCELLED
 */
export async function compareDomains(
  input: Side & {
    readonly reference: Side;
    readonly columns: readonly ColumnSpec[];
  },
  scope: JobScope,
): Promise<DomainDrift> {
  const features = input.columns.filter(isLookedAtTogether);
  const reference = await sampleSide(input.reference, features, part(scope, 0, 0.45));
  const live = await sampleSide(input, features, part(scope, 0.45, 0.9));
  scope.progress({ fraction: 0.9, activity: 'Telling live rows from reference rows' });
  const pairs = features.flatMap(({ name }) => {
    const [one, other] = [reference.find(name), live.find(name)];
    const isPair =
      one !== undefined && other !== undefined && 'numbers' in one === 'numbers' in other;
    return isPair ? [{ reference: one, live: other }] : [];
  });
  if (pairs.length === 0)
    return { status: 'notAssessed', reason: 'The two files have no feature in common.' };
  return runTask('domain.classify', { pairs });
}

async function sampleSide(
  { path, expectedSha256 }: Side,
  features: readonly ColumnSpec[],
  scope: JobScope,
): Promise<RowSampler> {
  const table = await openTable(path, scope);
  try {
    requireUnchanged(table, expectedSha256);
    const sampler = new RowSampler(table.nRows, DOMAIN_ROWS);
    const there = new Set(table.columns.map(({ name }) => name));
    for (const [i, { name, kind }] of features.entries()) {
      if (!there.has(name)) continue;
      scope.progress({ fraction: i / features.length, activity: `Reading ${name}` });
      await takeReadable(() => table.readColumn(name, kind), sampler);
    }
    return sampler;
  } finally {
    table.close();
  }
}

/** A column that changed its type is left out; the report says so of the feature already. */
async function takeReadable(
  read: () => ReturnType<Awaited<ReturnType<typeof openTable>>['readColumn']>,
  sampler: RowSampler,
): Promise<void> {
  try {
    sampler.take(await read());
  } catch (error) {
    if (!(error instanceof AppFailure) || error.code !== 'BAD_DATA') throw error;
  }
}

function part(scope: JobScope, from: number, to: number): JobScope {
  return { signal: scope.signal, progress: scaleProgress(scope.progress, from, to) };
}
