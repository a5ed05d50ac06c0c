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
  scored: z.array(
    z.object({
      file: z.string(),
      holds: z.enum(['log', 'labelledLog', 'outcomes', 'control', 'candidate']),
      /** Number of the live window, from 1. */
      window: z.number(),
      pair: z.string().nullable(),
    }),
  ),
});
type Manifest = z.infer<typeof Manifest>;

const Fitted = z.object({
  trainingData: z.object({ file: z.string() }),
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

const SampleModel = Fitted.extend({
  name: z.string(),
  algorithm: z.string(),
  purpose: z.string(),
  prediction: z.object({ decisionThreshold: z.number() }),
});

const OtherVersions = z.tuple([
  Fitted.extend({ version: z.literal(1), summary: z.string() }),
  Fitted.extend({ version: z.literal(3), summary: z.string() }),
]);

/** What is recorded about one version of the sample's model. */
export type SampleVersion = z.infer<typeof Fitted>;

/** Both arms of a canary on one window. */
export interface SamplePair {
  readonly control: string;
  readonly candidate: string;
}

/** What ships as the sample: real data with its origin and licence, and the versions fitted on it. */
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
    /** Predictions of the version that was live then; null: a canary ran. */
    readonly log: { readonly path: string; readonly isLabelled: boolean } | null;
    /** What came of the calls, where it comes in a file of its own. */
    readonly outcomes: string | null;
  }[];
  readonly pairs: Readonly<Record<'hold' | 'rollback' | 'promote', SamplePair>>;
  /** Version 2. */
  readonly model: z.infer<typeof SampleModel>;
  /** Version 1. */
  readonly first: SampleVersion & { readonly summary: string };
  /** Version 3. */
  readonly retrained: SampleVersion & { readonly summary: string };
}

export function readSample(resourcesFolder: string): Sample {
  const path = (file: string): string => join(resourcesFolder, 'sample', file);
  const read = (file: string): unknown => JSON.parse(readFileSync(path(file), 'utf8'));
  const manifest = Manifest.parse(read('sample.json'));
  const [first, retrained] = OtherVersions.parse(read('scorecards.json'));
  const scored = (number: number, holds: readonly string[]) =>
    manifest.scored.find((one) => one.window === number && holds.includes(one.holds)) ?? null;
  const logOf = (number: number): Sample['live'][number]['log'] => {
    const found = scored(number, ['log', 'labelledLog']);
    return found && { path: path(found.file), isLabelled: found.holds === 'labelledLog' };
  };
  const outcomesOf = (number: number): string | null => {
    const found = scored(number, ['outcomes']);
    return found && path(found.file);
  };
  const pairOf = (name: string): SamplePair => ({
    control: path(armFile(manifest, name, 'control')),
    candidate: path(armFile(manifest, name, 'candidate')),
  });
  return {
    citation: manifest.citation,
    licence: manifest.licence,
    reference: path(manifest.reference.file),
    columns: manifest.columns.map(({ name, role }) => ({ name, ...COLUMN_ROLES[role] })),
    live: manifest.live.map((window, i) => ({
      path: path(window.file),
      label: `Window ${i + 1}: ${describePeriod(window)}`,
      periodStart: window.firstContactMonth,
      periodEnd: lastDayOfMonth(window.lastContactMonth),
      log: logOf(i + 1),
      outcomes: outcomesOf(i + 1),
    })),
    pairs: { hold: pairOf('hold'), rollback: pairOf('rollback'), promote: pairOf('promote') },
    model: SampleModel.parse(read('model.json')),
    first,
    retrained,
  };
}

function armFile({ scored }: Manifest, pair: string, arm: 'control' | 'candidate'): string {
  const found = scored.find((one) => one.pair === pair && one.holds === arm);
  if (found === undefined) throw new Error(`the sample has no ${arm} of the canary ${pair}`);
  return found.file;
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
