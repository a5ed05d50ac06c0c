import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { z } from 'zod';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const SAMPLE_DIR = join(ROOT, 'resources', 'sample');

const SampleFile = z.object({
  file: z.string(),
  format: z.enum(['csv', 'parquet', 'arrow']),
  sha256: z.string(),
  sizeBytes: z.number(),
  rows: z.number(),
  firstSourceRow: z.number(),
  lastSourceRow: z.number(),
  firstContactMonth: z.string(),
  lastContactMonth: z.string(),
});
export type SampleFile = z.infer<typeof SampleFile>;

const Manifest = z.object({
  columns: z.array(z.object({ name: z.string(), role: z.string(), isDerived: z.boolean() })),
  reference: SampleFile,
  live: z.array(SampleFile),
  scored: z.array(
    z.object({
      file: z.string(),
      holds: z.enum(['log', 'labelledLog', 'outcomes', 'control', 'candidate']),
      window: z.number(),
      version: z.enum(['v1', 'v2', 'v3']).nullable(),
      pair: z.string().nullable(),
      sha256: z.string(),
      sizeBytes: z.number(),
      rows: z.number(),
    }),
  ),
});

const Metrics = z.object({
  n: z.number(),
  positiveRate: z.number(),
  meanPrediction: z.number(),
  predictedPositiveRate: z.number(),
  accuracy: z.number(),
  auc: z.number(),
  logLoss: z.number(),
  brierScore: z.number(),
});

const Input = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('numeric'),
    column: z.string(),
    mean: z.number(),
    standardDeviation: z.number(),
  }),
  z.object({
    kind: z.literal('categorical'),
    column: z.string(),
    droppedLevel: z.string(),
    levels: z.array(z.string()),
  }),
]);

const Fit = z.object({
  hyperparameters: z.object({ ridge: z.number() }),
  trainingData: z.object({ file: z.string(), sha256: z.string(), rows: z.number() }),
  inputs: z.array(Input),
  excludedColumns: z.array(z.object({ column: z.string() })),
  intercept: z.number(),
  coefficients: z.array(z.object({ term: z.string(), value: z.number() })),
  metrics: z.object({
    inSample: Metrics,
    holdOut: Metrics.extend({ nTraining: z.number() }),
  }),
  liveMetrics: z.array(Metrics.extend({ file: z.string() })),
});
export type SampleFit = z.infer<typeof Fit>;

export type SampleRows = readonly Readonly<Record<string, string>>[];

export const manifest = Manifest.parse(readJson('sample.json'));
export const model = Fit.parse(readJson('model.json'));
export const [first, retrained] = z.tuple([Fit, Fit]).parse(readJson('scorecards.json'));
export const allFiles = [manifest.reference, ...manifest.live];

/** Every cell of a sample file as text, whatever its format, without the code that wrote it. */
export async function readSampleRows({
  file,
  format,
}: Pick<SampleFile, 'file' | 'format'>): Promise<SampleRows> {
  const path = join(SAMPLE_DIR, file);
  if (format === 'csv') return csvRows(readFileSync(path, 'utf8'));
  return format === 'arrow' ? arrowRows(path) : parquetRows(path);
}

/** The rows of a file without quotes, which the test of the CSV files checks first. */
function csvRows(text: string): SampleRows {
  const [header = '', ...lines] = text.trimEnd().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

function arrowRows(path: string): SampleRows {
  const table = tableFromIPC(readFileSync(path));
  const names = table.schema.fields.map((field) => field.name);
  return table.toArray().map((row) =>
    Object.fromEntries(
      names.map((name) => {
        const value: unknown = row[name];
        const isDate = name === 'contact_month' && typeof value === 'number';
        return [name, isDate ? new Date(value).toISOString().slice(0, 10) : String(value)];
      }),
    ),
  );
}

async function parquetRows(path: string): Promise<SampleRows> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll('SELECT * FROM read_parquet($path)', { path });
  const rows = reader
    .getRowObjects()
    .map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
    );
  connection.closeSync();
  instance.closeSync();
  return rows;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(SAMPLE_DIR, file), 'utf8'));
}
