import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classifyDomain } from '../../electron/drift/domainTask';
import { fitStructure, scoreStructure } from '../../electron/drift/structureTask';
import {
  judgeDomain,
  judgeReconstruction,
  multivariateSentences,
  type ReferenceStructure,
} from '../../shared/drift/multivariate';
import { mulberry32 } from '../../shared/stats/seededSample';
import { nextVersion } from '../support/lifecycle';
import {
  createTestModel,
  csvFile,
  evenly,
  colours,
  okValue,
  type TestModel,
} from '../support/testModel';

/** Two numbers that go together (or not), and one of their own. */
function columns(seed: number, n: number, together: number): Float64Array[] {
  const random = mulberry32(seed);
  const draw = () => Float64Array.from({ length: n }, () => random() + random() + random() - 1.5);
  const [a, noise, own] = [draw(), draw(), draw()];
  const share = Math.sqrt(1 - together ** 2);
  return [a, a.map((value, i) => together * value + share * noise[i]!), own];
}

function structureOf(parts: readonly Float64Array[]): ReferenceStructure {
  const n = parts[0]!.length;
  return fitStructure({
    rows: { names: ['a', 'b', 'c'], columns: parts },
    chunkOf: Uint16Array.from({ length: n }, (_none, row) => Math.floor((row * 10) / n)),
    nChunks: 10,
  });
}

describe('reconstruction error', () => {
  const structure = structureOf(columns(1, 4000, 0.9));

  it('stays within the chunks of the reference when nothing moved', () => {
    if (structure.status !== 'measured') throw new Error(structure.reason);
    expect(scoreStructure({ columns: columns(2, 2000, 0.9), structure })).toMatchObject({
      status: 'measured',
      verdict: 'stable',
      nRows: 2000,
      nColumns: 3,
      nChunks: 10,
    });
  });

  it('finds that two features no longer go together though neither has moved', () => {
    if (structure.status !== 'measured') throw new Error(structure.reason);
    const found = scoreStructure({ columns: columns(3, 2000, -0.9), structure });
    expect(found).toMatchObject({ verdict: 'drifted' });
  });

  it('leaves out what does not vary, takes missing values at the mean and needs two features', () => {
    const [a, b] = columns(4, 1000, 0.8);
    const flat = new Float64Array(1000).fill(7);
    const found = structureOf([a!, b!.map((value, i) => (i % 5 === 0 ? NaN : value)), flat]);
    expect(found).toMatchObject({ status: 'measured', columns: ['a', 'b'] });
    expect(structureOf([a!, flat, flat])).toEqual({
      status: 'notAssessed',
      reason: 'At least two features that vary are needed.',
    });
  });

  it('is inconclusive when only its mean lies outside', () => {
    if (structure.status !== 'measured') throw new Error(structure.reason);
    const { mean, sd } = structure.chunks;
    const error = mean + 3.1 * sd;
    const wide = judgeReconstruction({ error, standardError: sd, nRows: 30 }, structure);
    const narrow = judgeReconstruction({ error, standardError: sd / 100, nRows: 30 }, structure);
    expect([wide, narrow].map((one) => 'verdict' in one && one.verdict)).toEqual([
      'inconclusive',
      'drifted',
    ]);
  });
});

function pairs(reference: readonly Float64Array[], live: readonly Float64Array[]) {
  return reference.map((numbers, i) => ({
    reference: { name: `x${i}`, numbers },
    live: { name: `x${i}`, numbers: live[i]! },
  }));
}

describe('the domain classifier', () => {
  it('is at chance when nothing moved', () => {
    const found = classifyDomain({ pairs: pairs(columns(5, 1500, 0.5), columns(6, 1500, 0.5)) });
    if (found.status !== 'measured') throw new Error(found.reason);
    expect(found.verdict).toBe('stable');
    expect(found.interval[0]).toBeLessThan(0.53);
    expect(found).toEqual(
      classifyDomain({ pairs: pairs(columns(5, 1500, 0.5), columns(6, 1500, 0.5)) }),
    );
  });

  it('sees a change of spread and of what goes together, which no mean shows', () => {
    const reference = columns(7, 1500, 0.9);
    const wider = columns(8, 1500, 0.9).map((column) => column.map((value) => 2 * value));
    const apart = columns(9, 1500, -0.9);
    for (const live of [wider, apart])
      expect(classifyDomain({ pairs: pairs(reference, live) })).toMatchObject({
        verdict: 'drifted',
      });
  });

  it('sees new categories and what is missing, and needs 100 rows a side', () => {
    const codes = (length: number, code: number) => new Int32Array(length).fill(code);
    const labels = ['red', 'blue'];
    const pair = (n: number) => ({
      reference: { name: 'c', codes: codes(n, 0), labels },
      live: { name: 'c', codes: codes(n, 1), labels },
    });
    expect(classifyDomain({ pairs: [pair(99)] })).toMatchObject({ status: 'notAssessed' });
    const numbers = Float64Array.from({ length: 400 }, (_none, i) => i % 7);
    const holes = numbers.map((value, i) => (i % 2 === 0 ? NaN : value));
    expect(classifyDomain({ pairs: pairs([numbers], [holes]) })).toMatchObject({
      verdict: 'drifted',
    });
  });

  it('needs an interval above chance beside the limit', () => {
    expect(judgeDomain(0.7, [0.6, 0.8])).toBe('drifted');
    expect(judgeDomain(0.7, [0.45, 0.9])).toBe('inconclusive');
    expect(judgeDomain(0.65, [0.6, 0.7])).toBe('stable');
  });
});

describe('a date among the features', () => {
  const DAY_MS = 86_400_000;
  const dates = (first: number) =>
    evenly(0).map((_none, i) => new Date(first + i * DAY_MS).toISOString().slice(0, 10));
  const START = Date.UTC(2020, 0, 1);

  it('moves on with every batch, and so takes no part', async () => {
    const test = await createTestModel();
    const { call, token } = test;
    const files = [START, START + 2000 * DAY_MS].map((first) =>
      csvFile({ day: dates(first), size: evenly(0), weight: evenly(0).toReversed() }),
    );
    const [reference, batch] = files as [string, string];
    const versionId = await nextVersion(test);
    const source = { source: { token: token(reference) }, versionId };
    const { stageId } = okValue<'drift.inspectReference'>(
      await call('drift.inspectReference', source),
    );
    okValue<'drift.freezeReference'>(
      await call('drift.freezeReference', {
        versionId,
        stageId,
        columns: [
          { name: 'day', kind: 'datetime', role: 'feature' },
          { name: 'size', kind: 'numeric', role: 'feature' },
          { name: 'weight', kind: 'numeric', role: 'feature' },
        ],
      }),
    );
    const staged = okValue<'drift.inspectBatch'>(
      await call('drift.inspectBatch', { versionId, source: { token: token(batch) } }),
    );
    const { multivariate } = okValue<'drift.importBatch'>(
      await call('drift.importBatch', {
        versionId,
        stageId: staged.stageId,
        label: 'Later',
        periodStart: null,
        periodEnd: null,
        referenceFile: { token: token(reference) },
      }),
    );
    expect(multivariate).toMatchObject({
      reconstruction: { nColumns: 2 },
      domain: { nColumns: 2, verdict: 'stable' },
    });
    test.close();
  });
});

describe('a batch with all its features together', () => {
  let model: TestModel;
  beforeAll(async () => {
    model = await createTestModel();
  });
  afterAll(() => model.close());

  const reference = () => csvFile({ size: evenly(0), colour: colours(0.5) }, 'reference.csv');

  async function importWith(path: string, referencePath: string | null) {
    const { versionId, call, token } = model;
    const { stageId } = okValue<'drift.inspectBatch'>(
      await call('drift.inspectBatch', { versionId, source: { token: token(path) } }),
    );
    return call('drift.importBatch', {
      versionId,
      stageId,
      label: 'Batch',
      periodStart: null,
      periodEnd: null,
      ...(referencePath === null ? {} : { referenceFile: { token: token(referencePath) } }),
    });
  }

  it('is told from the reference when its file comes with the batch, and can be read again', async () => {
    const path = csvFile({ size: evenly(0.5), colour: colours(0.5) });
    const report = okValue<'drift.importBatch'>(await importWith(path, reference()));
    expect(report.multivariate).toMatchObject({
      reconstruction: { status: 'measured', nColumns: 2 },
      domain: { status: 'measured', verdict: 'drifted', nReference: 512, nLive: 512 },
    });
    expect(await model.call('drift.getReport', { reportId: report.id })).toEqual({
      ok: true,
      value: report,
    });
  });

  it('says that the reference file is needed when it does not come', async () => {
    const path = csvFile({ size: evenly(0), colour: colours(0.5) });
    const report = okValue<'drift.importBatch'>(await importWith(path, null));
    expect(report.multivariate!.domain).toEqual({
      status: 'notAssessed',
      reason:
        'It needs the rows of the reference file (reference.csv), which are not kept: bring the file with the batch.',
    });
    expect(multivariateSentences(report.multivariate!)[1]).toContain('was not run');
  });

  it('refuses another file as the reference and records nothing', async () => {
    const path = csvFile({ size: evenly(0), colour: colours(0.5) });
    const other = csvFile({ size: evenly(1), colour: colours(0.5) }, 'other.csv');
    expect(await importWith(path, other)).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', details: { file: 'other.csv' } },
    });
  });
});
