import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { formatCount, formatPValue, formatStatistic } from '../../shared/base/formatNumber';
import { toCanaryJson } from '../../shared/canary/canaryJson';
import type { CanaryFileComparison } from '../../shared/canary/channels';
import { valueOf } from '../app/answer';
import { withCliCore } from './cliCore';
import { EXIT } from './exitCode';
import { formatTable } from './formatTable';

interface CanaryOptions {
  readonly control: string;
  readonly candidate: string;
  readonly metric: string;
  readonly kind: 'binary' | 'continuous';
  readonly margin: number;
  readonly absolute: boolean;
  readonly lowerIsBetter: boolean;
  readonly share?: number;
  readonly json: boolean;
}

/** `assay canary --control F --candidate F --metric COLUMN --kind binary|continuous [--margin 0.02] [--json]` */
export function addCanaryCommand(program: Command): void {
  program
    .command('canary')
    .description(
      'Judge a candidate against a control from two files (CSV, Parquet, Arrow IPC; a row per request or a summary); nothing is stored.',
    )
    .requiredOption('--control <file>', 'rows of the version that is live')
    .requiredOption('--candidate <file>', 'rows of the version on trial, from the same window')
    .requiredOption('--metric <column>', 'the column that decides')
    .addOption(
      new Option('--kind <kind>', 'yes or no, or a number')
        .choices(['binary', 'continuous'])
        .makeOptionMandatory(),
    )
    .option('--margin <share>', 'how much worse is still acceptable', parsePositive, 0.02)
    .option('--absolute', 'the margin is in the unit of the metric, not a share of it', false)
    .option('--lower-is-better', 'e.g. for an error or a latency', false)
    .option('--share <share>', 'planned share of the candidate: checks the split', parsePositive)
    .option(
      '--json',
      'print one JSON object (docs/canary-json.schema.json) and nothing else',
      false,
    )
    .addHelpText('after', '\nExit codes: 0 promote; 1 hold or roll back; 2 could not be done.')
    .action((options: CanaryOptions) => runCanary(options));
}

function parsePositive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < Infinity)) throw new InvalidArgumentError('It must be above 0.');
  return value;
}

function runCanary(options: CanaryOptions): Promise<void> {
  return withCliCore({}, async ({ call, tokens }) => {
    const paths = { control: resolve(options.control), candidate: resolve(options.candidate) };
    const comparison = valueOf<'canary.compareFiles'>(
      await call('canary.compareFiles', {
        control: { token: tokens.tokenFor(paths.control) },
        candidate: { token: tokens.tokenFor(paths.candidate) },
        column: options.metric,
        kind: options.kind,
        direction: options.lowerIsBetter ? 'lowerIsBetter' : 'higherIsBetter',
        margin: { value: options.margin, scale: options.absolute ? 'absolute' : 'relative' },
        candidateShare: options.share ?? null,
      }),
    );
    const text = options.json
      ? JSON.stringify(toCanaryJson(comparison, paths), null, 2)
      : toText(comparison);
    process.stdout.write(`${text}\n`);
    process.exitCode = comparison.judgement.verdict === 'promote' ? EXIT.done : EXIT.found;
  });
}

function toText({ judgement }: CanaryFileComparison): string {
  const { sentence, reasons, tests, rows } = judgement;
  const late = rows.control.notMatured + rows.candidate.notMatured;
  const table = formatTable(
    ['test', 'estimate', 'interval', 'p', ''],
    tests.map((test) => [
      test.isDeciding ? `${test.name} (decides)` : test.name,
      test.estimateValue === null ? '' : `${test.estimate} ${formatStatistic(test.estimateValue)}`,
      test.interval === null ? '' : test.interval.map(formatStatistic).join(' to '),
      test.pValue === null ? '' : `p ${formatPValue(test.pValue)}`,
      test.statistic,
    ]),
  );
  return [
    sentence,
    '',
    ...reasons.map((reason) => `- ${reason.sentence}`),
    ...(late === 0 ? [] : [`- ${formatCount(late)} rows have no outcome yet; they were left out.`]),
    '',
    table,
  ].join('\n');
}
