import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const SampleFile = z.object({
  file: z.string(),
  rows: z.number(),
  firstContactMonth: z.iso.date(),
  lastContactMonth: z.iso.date(),
});
type SampleFile = z.infer<typeof SampleFile>;

const COLUMN_ROLES = {
  numeric: { kind: 'numeric', role: 'feature' },
  categorical: { kind: 'categorical', role: 'feature' },
  boolean: { kind: 'boolean', role: 'feature' },
  // When a call was made orders the rows; it moves by its nature and is no finding.
  date: { kind: 'datetime', role: 'ignored' },
  prediction: { kind: 'numeric', role: 'prediction' },
  label: { kind: 'boolean', role: 'label' },
  id: { kind: 'categorical', role: 'id' },
  ignored: { kind: 'categorical', role: 'ignored' },
} as const;

const Manifest = z.object({
  title: z.string(),
  citation: z.string(),
  licence: z.object({ name: z.string(), spdxId: z.string(), url: z.string() }),
  columns: z.array(
    z.object({
      name: z.string(),
      role: z.enum([
        'numeric',
        'categorical',
        'boolean',
        'date',
        'prediction',
        'label',
        'id',
        'ignored',
      ]),
    }),
  ),
  reference: SampleFile,
  live: z.array(SampleFile),
});

const SampleModel = z.object({
  name: z.string(),
  algorithm: z.string(),
  purpose: z.string(),
  hyperparameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  intercept: z.number(),
  coefficients: z.array(z.object({ term: z.string(), value: z.number() })),
  excludedColumns: z.array(z.object({ column: z.string(), reason: z.string() })),
  limits: z.array(z.string()),
  metrics: z.object({
    inSample: z.record(z.string(), z.number()),
    holdOut: z
      .object({ rule: z.string(), n: z.number(), nTraining: z.number() })
      .catchall(z.number()),
  }),
});

/** What ships as the sample: real data with its origin and licence, and the model fitted on it. */
export interface Sample {
  readonly citation: string;
  readonly licence: z.infer<typeof Manifest>['licence'];
  readonly reference: string;
  readonly columns: readonly {
    readonly name: string;
    readonly kind: 'numeric' | 'categorical' | 'boolean' | 'datetime';
    readonly role: 'feature' | 'prediction' | 'label' | 'id' | 'ignored';
  }[];
  readonly live: readonly {
    readonly path: string;
    readonly label: string;
    readonly periodStart: string;
    readonly periodEnd: string;
  }[];
  readonly model: z.infer<typeof SampleModel>;
}

export function readSample(resourcesFolder: string): Sample {
  const folder = join(resourcesFolder, 'sample');
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, 'sample.json'), 'utf8')));
  return {
    citation: manifest.citation,
    licence: manifest.licence,
    reference: join(folder, manifest.reference.file),
    columns: manifest.columns.map(({ name, role }) => ({ name, ...COLUMN_ROLES[role] })),
    live: manifest.live.map((window, i) => ({
      path: join(folder, window.file),
      label: `Window ${i + 1}: ${describePeriod(window)}`,
      periodStart: window.firstContactMonth,
      periodEnd: lastDayOfMonth(window.lastContactMonth),
    })),
    model: SampleModel.parse(JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'))),
  };
}

function describePeriod({ firstContactMonth, lastContactMonth }: SampleFile): string {
  const [first, last] = [monthName(firstContactMonth), monthName(lastContactMonth)];
  return first === last ? first : `${first} to ${last}`;
}

function monthName(day: string): string {
  return new Date(day).toLocaleDateString('en-GB', {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

function lastDayOfMonth(day: string): string {
  const date = new Date(day);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0))
    .toISOString()
    .slice(0, 10);
}
