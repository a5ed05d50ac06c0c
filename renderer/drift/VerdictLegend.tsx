import { Stack, Text } from '@mantine/core';
import type { DriftPolicy } from '../../shared/drift/driftPolicy';
import { VERDICTS, type Verdict } from '../../shared/drift/driftReport';
import { formatNoun } from '../ui/formatNumber';
import { VerdictBadge } from '../ui/StateBadge';
import classes from './VerdictLegend.module.css';
import { chanceSentence, correctionWords } from './policySentences';
import { Section } from '../ui/Section';

function meaningOf(verdict: Verdict, policy: DriftPolicy): string {
  switch (verdict) {
    case 'drifted':
      return policy.rule === 'source'
        ? 'The statistic is above the threshold. This policy asks for nothing more, so chance alone may be the reason.'
        : `The statistic is above the threshold, and its p-value is at most ${policy.alpha} after ${correctionWords(policy)}.`;
    case 'inconclusive':
      return 'The statistic is above the threshold, but with so few values that happens by chance too often. It is neither an alarm nor an all-clear: bring more rows.';
    case 'stable':
      return 'The statistic is not above the threshold. A tiny change may still be there.';
    case 'notAssessed':
      return `No statistic is given: fewer than ${formatNoun(policy.minValues, 'usable value')} on a side, a constant reference, a column that the batch lacks, or a type without a test. The reason stands with the feature.`;
  }
}

/** What each verdict means under the policy of the report. */
export function VerdictLegend({ policy }: { readonly policy: DriftPolicy }) {
  return (
    <Section title="What the verdicts mean">
      <Stack gap="xs">
        <dl className={classes.list}>
          {VERDICTS.map((verdict) => (
            <div key={verdict} className={classes.line}>
              <dt>
                <VerdictBadge verdict={verdict} />
              </dt>
              <dd>
                <Text maw="86ch">{meaningOf(verdict, policy)}</Text>
              </dd>
            </div>
          ))}
        </dl>
        {policy.numericMethod === 'ks' && <Text c="dimmed">{chanceSentence(policy)}</Text>}
      </Stack>
    </Section>
  );
}
