import { List, Paper, Stack, Text } from '@mantine/core';
import type { DriftReport } from '../../shared/drift/driftReport';
import { formatBytes, formatCount, formatDuration, formatStatistic } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { METHOD_WORDS } from './methodWords';
import { policySentences } from './policySentences';
import { Section } from '../ui/Section';

const CONVENTIONS: readonly string[] = [
  'Missing values and NaN are dropped column by column and counted; infinite values are dropped and counted apart; -0 equals +0.',
  'Kolmogorov-Smirnov: two-sided, two samples. p-value exact up to 10,000 values a side, beyond that from the distribution of the one-sample statistic at n = mn / (m + n).',
  'Wasserstein-1 over the whole distributions, normalised by the population standard deviation of the reference.',
  'PSI over 10 bins at the deciles of the reference, right-closed, outer bins open; shares below 0.0001 are raised to that.',
  'Jensen-Shannon as a distance, logarithm to base 2.',
  "Categories: chi-square test of the contingency table without Yates' correction, with Cramér's V; total variation is half the sum of the differences in shares.",
  'By chance: D by its exact or limiting law; PSI and Jensen-Shannon by the chi-square law of their expansion with one degree of freedom less than bins; total variation and Wasserstein by the gamma law with the mean and variance of a sum of absolute Gaussians. Left out where bins are too small (under 5 expected rows in more than a fifth of them).',
  'Variability of the reference: it is cut into chunks that follow each other; each is compared with the rest, which leaves it out; the threshold is the mean plus 3 sample standard deviations. NannyML takes the same rule against the whole reference, chunk included, and the population standard deviation.',
  "Missing share: difference of two proportions with Newcombe's 95 % interval.",
];

/** How a report was computed: enough to do it again and come to the same figures. */
export function ReportMethod({ report }: { readonly report: DriftReport }) {
  const { policy, features } = report;
  const errorBound = Math.max(0, ...features.map(({ ks }) => ks?.dErrorBound ?? 0));
  return (
    <Section title="How this was computed">
      <Paper bg="var(--assay-surface)">
        <Stack gap="md">
          <Stack gap={4} maw="96ch">
            {policySentences(policy).map((sentence) => (
              <Text key={sentence}>{sentence}</Text>
            ))}
          </Stack>
          <List size="sm" maw="96ch" spacing={2}>
            {CONVENTIONS.map((convention) => (
              <List.Item key={convention}>{convention}</List.Item>
            ))}
          </List>
          <KeyValue
            items={[
              {
                label: 'Primary statistic',
                value: `${METHOD_WORDS[policy.numericMethod].name} for numbers and dates, ${METHOD_WORDS[policy.categoricalMethod].name} for categories`,
              },
              {
                label: 'Error of D',
                value:
                  errorBound === 0
                    ? '0: the reference profile keeps every distinct value'
                    : `at most ${formatStatistic(errorBound)}: the profile of a column with very many distinct values is a quantile grid`,
              },
              {
                label: 'Reference',
                value: <FileFacts file={report.referenceFile} nRows={report.nReferenceRows} />,
              },
              {
                label: 'Live batch',
                value: <FileFacts file={report.file} nRows={report.nRows} />,
              },
              { label: 'Policy', value: `revision ${report.policyRevision}` },
              { label: 'Time taken', value: formatDuration(report.durationMs) },
              { label: 'Computed by', value: `Assay ${report.appVersion}` },
            ]}
          />
        </Stack>
      </Paper>
    </Section>
  );
}

interface FileFactsProps {
  readonly file: DriftReport['file'];
  readonly nRows: number;
}

function FileFacts({ file, nRows }: FileFactsProps) {
  return (
    <span style={{ overflowWrap: 'anywhere' }}>
      {file.fileName}, {formatCount(nRows)} rows, {formatBytes(file.sizeBytes)}, SHA-256{' '}
      <HashText hash={file.sha256} of={file.fileName} />
    </span>
  );
}
