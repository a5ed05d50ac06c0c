import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DriftReport } from '../../shared/drift/driftReport';
import { CORRECTION_WORDS } from '../../shared/drift/driftPolicy';
import { formatCount, formatShare, formatStatistic } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { formatThreshold } from './featureValue';
import classes from './ReportSummary.module.css';
import { METHOD_WORDS } from './methodWords';

/** The figures behind the sentence: how many rows, which policy, how sure. */
export function ReportSummary({ report }: { readonly report: DriftReport }) {
  const { summary, policy, nRows, nReferenceRows, policyRevision } = report;
  const critical = criticalRange(report);
  const own = policy.thresholdFrom === 'reference' ? 'mean + 3 sd of its chunks, ' : '';
  const numeric = METHOD_WORDS[policy.numericMethod].symbol;
  const categorical = METHOD_WORDS[policy.categoricalMethod].symbol;
  return (
    <Paper bg="var(--assay-surface)" p={0} className={classes.row}>
      <Fact
        label="Rows compared"
        figure={`${formatCount(nReferenceRows)} / ${formatCount(nRows)}`}
        note="reference / live"
      />
      <Fact
        label="Drifted"
        figure={`${formatCount(summary.nDrifted)} of ${formatCount(summary.nAssessed)}`}
        note={
          <>
            {formatShare(summary.shareDrifted)} of those assessed
            {summary.isDatasetDrift && (
              <>
                {' '}
                <StateBadge state="alert" label="Whole batch" />
              </>
            )}
          </>
        }
      />
      <Fact
        label="Inconclusive"
        figure={formatCount(summary.nInconclusive)}
        note="past the threshold, but chance could do it"
      />
      <Fact
        label="Policy"
        figure={`${numeric} or ${categorical} > ${policy.thresholdFrom === 'reference' ? 'reference' : formatThreshold(policy.threshold)}`}
        note={
          policy.rule === 'source'
            ? `${own}threshold alone, revision ${policyRevision}`
            : `${own}and p ≤ ${policy.alpha}, ${CORRECTION_WORDS[policy.correction]}, revision ${policyRevision}`
        }
      />
      <Fact
        label="Critical D"
        figure={critical ?? 'does not apply'}
        note={
          critical === null ? 'no numeric feature' : 'up to this, chance explains a D at these n'
        }
      />
    </Paper>
  );
}

/** The range of critical D over the features; null without numeric features. */
function criticalRange({ features }: DriftReport): string | null {
  const values = features.flatMap(({ ks }) => (ks === null ? [] : [ks.criticalD]));
  if (values.length === 0) return null;
  const low = formatStatistic(Math.min(...values));
  const high = formatStatistic(Math.max(...values));
  return low === high ? low : `${low} to ${high}`;
}

interface FactProps {
  readonly label: string;
  readonly figure: string;
  readonly note: ReactNode;
}

function Fact({ label, figure, note }: FactProps) {
  return (
    <div className={classes.fact}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="lg" fw={600} className="assay-figures">
        {figure}
      </Text>
      <Text size="xs" c="dimmed" component="div" className="assay-figures">
        {note}
      </Text>
    </div>
  );
}
