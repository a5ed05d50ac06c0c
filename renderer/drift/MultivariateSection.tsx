import { List, Stack, Text } from '@mantine/core';
import { EXPLAINED_SHARE, multivariateSentences } from '../../shared/drift/multivariate';
import type { MultivariateDrift } from '../../shared/drift/multivariate';
import { DataTable } from '../ui/DataTable';
import { formatCount, formatShare, formatStatistic, NO_VALUE } from '../ui/formatNumber';
import { Section } from '../ui/Section';
import { VerdictBadge } from '../ui/StateBadge';
import type { Verdict } from '../../shared/drift/driftReport';

interface MethodRow {
  readonly method: string;
  readonly verdict: Verdict;
  readonly value: string;
  readonly interval: string;
  readonly limit: string;
  readonly n: string;
}

/** All features together: what no single one need show. */
export function MultivariateSection({ drift }: { readonly drift: MultivariateDrift }) {
  return (
    <Section title="All features together">
      <Stack gap="sm">
        {multivariateSentences(drift).map((sentence) => (
          <Text key={sentence} maw="96ch" className="assay-figures">
            {sentence}
          </Text>
        ))}
        <DataTable
          caption="Multivariate drift"
          rows={[reconstructionRow(drift), domainRow(drift)]}
          rowKey={({ method }) => method}
          columns={[
            { key: 'method', header: 'Method', render: ({ method }) => method },
            {
              key: 'verdict',
              header: 'Verdict',
              width: '148px',
              render: ({ verdict }) => <VerdictBadge verdict={verdict} />,
            },
            { key: 'value', header: 'Value', align: 'right', render: ({ value }) => value },
            {
              key: 'interval',
              header: '95 % interval',
              align: 'right',
              render: ({ interval }) => interval,
            },
            { key: 'limit', header: 'Expected', align: 'right', render: ({ limit }) => limit },
            { key: 'n', header: 'n', align: 'right', render: ({ n }) => n },
          ]}
        />
        <List size="sm" maw="96ch" spacing={2}>
          <List.Item>{reconstructionMethod(drift)}</List.Item>
          <List.Item>{domainMethod(drift)}</List.Item>
        </List>
      </Stack>
    </Section>
  );
}

const NOT_ASSESSED = {
  verdict: 'notAssessed',
  value: NO_VALUE,
  interval: NO_VALUE,
  limit: NO_VALUE,
  n: NO_VALUE,
} as const;

function between([low, high]: readonly [number, number]): string {
  return `${formatStatistic(low)} to ${formatStatistic(high)}`;
}

function reconstructionRow({ reconstruction: found }: MultivariateDrift): MethodRow {
  const method = 'Reconstruction error';
  if (found.status === 'notAssessed') return { method, ...NOT_ASSESSED };
  return {
    method,
    verdict: found.verdict,
    value: formatStatistic(found.error),
    interval: between(found.interval),
    limit: between([found.lower, found.upper]),
    n: formatCount(found.nRows),
  };
}

function domainRow({ domain: found }: MultivariateDrift): MethodRow {
  const method = 'Domain classifier, AUC';
  if (found.status === 'notAssessed') return { method, ...NOT_ASSESSED };
  return {
    method,
    verdict: found.verdict,
    value: formatStatistic(found.auc),
    interval: between(found.interval),
    limit: `at most ${formatStatistic(found.limit)}`,
    n: `${formatCount(found.nReference)} / ${formatCount(found.nLive)}`,
  };
}

function reconstructionMethod({ reconstruction: found }: MultivariateDrift): string {
  const base = `Reconstruction error: features standardised by the reference (a category stands as the share of rows in more frequent ones plus half its own, a missing value at the mean), the fewest principal components that explain ${formatShare(EXPLAINED_SHARE)} of the variance, and the mean length of what they do not reproduce. Expected: mean of the reference's chunks, each by the components of the rest, -+ 3 standard deviations.`;
  return found.status === 'notAssessed'
    ? base
    : `${base} Here ${formatCount(found.nComponents)} components of ${formatCount(found.nColumns)} explain ${formatShare(found.shareExplained)}.`;
}

function domainMethod({ domain: found }: MultivariateDrift): string {
  const base =
    "Domain classifier: linear discriminant (ridge) on numbers, their squares, products of two (up to 16 numbers), single categories and what is missing; five folds; AUC of the out-of-fold scores with DeLong's interval, which takes the discriminants as given.";
  return found.status === 'notAssessed'
    ? base
    : `${base} Up to 10,000 rows a side, drawn with seed ${found.seed}; the same files give the same figure.`;
}
