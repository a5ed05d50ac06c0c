import { List, Text } from '@mantine/core';
import type {
  CanaryJudgement,
  CanaryTest,
  GuardrailFinding,
} from '../../shared/canary/canaryJudgement';
import type { CanaryPlan } from '../../shared/canary/canaryPlan';
import { DataTable, type Column } from '../ui/DataTable';
import {
  formatCount,
  formatPValue,
  formatShare,
  formatStatistic,
  NO_VALUE,
} from '../ui/formatNumber';
import { KeyValue } from '../ui/KeyValue';
import { Sentence } from '../ui/Sentence';
import { StateBadge } from '../ui/StateBadge';
import { GUARDRAIL_LOOKS } from './verdictWords';

function ends(interval: readonly [number, number] | null): string {
  return interval === null ? NO_VALUE : interval.map(formatStatistic).join(' to ');
}

/** Why the verdict is what it is: one sentence per reason. */
export function ReasonList({ reasons }: Pick<CanaryJudgement, 'reasons'>) {
  return (
    <List size="sm" spacing={6} maw="96ch" className="assay-figures">
      {reasons.map(({ about, sentence }, i) => (
        // Reasons have an order and no identity of their own.
        <List.Item key={`${i} ${about}`}>
          <Sentence text={sentence} />
        </List.Item>
      ))}
    </List>
  );
}

const TEST_COLUMNS: readonly Column<CanaryTest>[] = [
  {
    key: 'name',
    header: 'Test',
    width: '26%',
    render: ({ name, isDeciding }) => (
      <Text fw={isDeciding ? 600 : 400}>
        {name}
        {isDeciding && ' (decides)'}
      </Text>
    ),
  },
  { key: 'statistic', header: 'Statistic', render: ({ statistic }) => statistic },
  {
    key: 'estimate',
    header: 'Estimate',
    render: ({ estimate, estimateValue }) => `${estimate} ${formatStatistic(estimateValue)}`,
  },
  { key: 'interval', header: 'Interval', align: 'right', render: ({ interval }) => ends(interval) },
  { key: 'p', header: 'p', align: 'right', render: ({ pValue }) => formatPValue(pValue) },
  { key: 'note', header: 'When it holds', render: ({ note }) => <Text c="dimmed">{note}</Text> },
];

/** Every test that fits the metric, side by side. */
export function TestTable({ tests }: Pick<CanaryJudgement, 'tests'>) {
  return (
    <DataTable
      caption="Tests side by side"
      columns={TEST_COLUMNS}
      rows={tests}
      rowKey={({ name }) => name}
    />
  );
}

const GUARDRAIL_COLUMNS: readonly Column<GuardrailFinding>[] = [
  {
    key: 'column',
    header: 'Guardrail',
    render: ({ column, measure, isCritical }) =>
      `${column} (${measure})${isCritical ? ', critical' : ''}`,
  },
  {
    key: 'state',
    header: 'State',
    render: ({ state }) => <StateBadge {...GUARDRAIL_LOOKS[state]} />,
  },
  {
    key: 'control',
    header: 'Control',
    align: 'right',
    render: ({ control }) => formatStatistic(control),
  },
  {
    key: 'candidate',
    header: 'Candidate',
    align: 'right',
    render: ({ candidate }) => formatStatistic(candidate),
  },
  {
    key: 'allowed',
    header: 'Allowed',
    align: 'right',
    hint: 'How much worse than the control, or the limit itself.',
    render: ({ allowed }) => formatStatistic(allowed),
  },
  { key: 'interval', header: 'Interval', align: 'right', render: ({ interval }) => ends(interval) },
  {
    key: 'p',
    header: 'p (Holm)',
    align: 'right',
    hint: 'One-sided for harm, valid at every look, corrected over the guardrails.',
    render: ({ pValue }) => formatPValue(pValue),
  },
];

/** What must not get worse beside the metric. */
export function GuardrailTable({ guardrails }: Pick<CanaryJudgement, 'guardrails'>) {
  if (guardrails.length === 0) return <Text c="dimmed">The plan has no guardrail.</Text>;
  return (
    <DataTable
      caption="Guardrails"
      columns={GUARDRAIL_COLUMNS}
      rows={guardrails}
      rowKey={({ column, measure }) => `${column} ${measure}`}
    />
  );
}

interface MethodProps {
  readonly judgement: CanaryJudgement;
  readonly plan: CanaryPlan;
}

/** How the figures came about, and what was done with rows that do not count. */
export function Method({ judgement, plan }: MethodProps) {
  const { rows, sampleRatio, policyVersion } = judgement;
  const arm = ({
    rows: all,
    notMatured,
    repeated,
    inBothArms,
    infinite,
    winsorised,
  }: typeof rows.control) =>
    `${formatCount(all)} rows; ${formatCount(notMatured)} without an outcome yet, ${formatCount(repeated)} repeated, ${formatCount(inBothArms)} seen in both arms, ${formatCount(infinite)} infinite, ${formatCount(winsorised)} outliers set in`;
  return (
    <KeyValue
      items={[
        { label: 'Decides', value: judgement.primary.method },
        {
          label: 'Error',
          value: `${formatShare(plan.alpha)} one-sided, whatever the number of looks the method allows`,
        },
        { label: 'Control', value: arm(rows.control) },
        { label: 'Candidate', value: arm(rows.candidate) },
        {
          label: 'Missing values',
          value: 'left out of the metric, counted for the split; infinite values are left out',
        },
        {
          label: 'Outliers',
          value:
            plan.winsorisedShare === 0
              ? 'kept as they are'
              : `beyond ${formatShare(plan.winsorisedShare)} at either end of both arms together, set to that quantile`,
        },
        {
          label: 'Split',
          value: `${formatShare(sampleRatio.observed)} of rows, ${formatShare(sampleRatio.planned)} planned; chi-square ${formatStatistic(sampleRatio.chiSquare)}, p ${formatPValue(sampleRatio.pValue)}; at any look p ${formatPValue(sampleRatio.alwaysValidPValue)}`,
        },
        { label: 'Policy', value: `version ${policyVersion}` },
      ]}
    />
  );
}
