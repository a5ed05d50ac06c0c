import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ThresholdOrigin } from '../../shared/drift/driftPolicy';
import type { FeatureDrift } from '../../shared/drift/driftReport';
import type { DriftComparison } from '../../shared/drift/channels';
import { METHOD_NAMES } from '../../shared/drift/driftVerdict';
import { multivariateSentences } from '../../shared/drift/multivariate';
import { toDriftJson } from '../../shared/drift/driftJson';
import { formatCount, formatPValue, formatStatistic } from '../../shared/base/formatNumber';
import { valueOf } from '../app/answer';
import { withCliCore } from './cliCore';
import { EXIT } from './exitCode';
import { formatTable } from './formatTable';

interface DriftOptions {
  readonly reference: string;
  readonly live: string;
  readonly json: boolean;
  readonly thresholdFrom: ThresholdOrigin;
  readonly multivariate: boolean;
}

/** `assay drift --reference F --live F [--threshold-from reference] [--multivariate] [--json]` */
export function addDriftCommand(program: Command): void {
  program
    .command('drift')
    .description(
      'Compare a live file with a reference file (CSV, Parquet, Arrow IPC); nothing is stored.',
    )
    .requiredOption('--reference <file>', 'the file that says what is normal')
    .requiredOption('--live <file>', 'the file to compare with it')
    .option(
      '--threshold-from <origin>',
      "fixed: 0.1; reference: mean + 3 sd of the reference's own chunks (ten, in the order of its first date column or of its rows)",
      'fixed',
    )
    .option(
      '--multivariate',
      'also compare all features together: reconstruction error and domain classifier',
      false,
    )
    .option('--json', 'print one JSON object (docs/drift-json.schema.json) and nothing else', false)
    .addHelpText('after', '\nExit codes: 0 no drift found; 1 drift found; 2 could not be done.')
    .action(({ reference, live, json, thresholdFrom, multivariate }: DriftOptions) =>
      withCliCore({}, async ({ call, tokens }) => {
        const paths = { reference: resolve(reference), live: resolve(live) };
        const comparison = valueOf<'drift.compareFiles'>(
          await call('drift.compareFiles', {
            reference: { token: tokens.tokenFor(paths.reference) },
            live: { token: tokens.tokenFor(paths.live) },
            thresholdFrom,
            isMultivariate: multivariate,
          }),
        );
        const text = json
          ? JSON.stringify(toDriftJson(comparison, paths), null, 2)
          : toText(comparison);
        process.stdout.write(`${text}\n`);
        const isFound = comparison.features.some(({ verdict }) => verdict === 'drifted');
        process.exitCode = isFound ? EXIT.found : EXIT.done;
      }),
    );
}

function toText({ summary, features, multivariate, ignored }: DriftComparison): string {
  const rows = features.map((feature) => [
    feature.name,
    feature.verdict,
    feature.primaryValue === null
      ? ''
      : `${METHOD_NAMES[feature.primary]} ${formatStatistic(feature.primaryValue)}`,
    formatStatistic(feature.threshold),
    chanceWords(feature),
    feature.adjustedPValue === null ? '' : `p ${formatPValue(feature.adjustedPValue)}`,
    `${formatCount(feature.nReference)} / ${formatCount(feature.nLive)}`,
    feature.verdict === 'notAssessed' ? feature.reason : '',
  ]);
  const left = ignored.map(({ name, reason }) => `  ${name}: ${reason}`);
  const table = formatTable(
    [
      'feature',
      'verdict',
      'statistic',
      'threshold',
      'by chance to',
      'corrected p',
      'n reference / live',
      '',
    ],
    rows,
  );
  return [
    summary.sentence,
    ...summary.outputs.map(({ sentence }) => sentence),
    ...(multivariate === null ? [] : multivariateSentences(multivariate)),
    '',
    table,
    ...(left.length === 0 ? [] : ['', 'Not compared:', ...left]),
  ].join('\n');
}

function chanceWords({ primary, chanceLimits }: FeatureDrift): string {
  const limit = chanceLimits[primary];
  return limit === undefined ? '' : formatStatistic(limit);
}
