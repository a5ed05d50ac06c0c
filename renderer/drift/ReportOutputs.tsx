import { Group, Stack, Text } from '@mantine/core';
import { useLocation } from 'wouter';
import type { DriftReport } from '../../shared/drift/driftReport';
import { DataTable } from '../ui/DataTable';
import { featurePath } from '../ui/featurePath';
import { Section } from '../ui/Section';
import { Sentence } from '../ui/Sentence';
import { VerdictBadge } from '../ui/StateBadge';
import { FEATURE_COLUMNS } from './featureColumns';

/** What the model says and what came true: compared like features, told apart from them. */
export function ReportOutputs({ report }: { readonly report: DriftReport }) {
  const [, navigate] = useLocation();
  const { outputs } = report.summary;
  const rows = report.features.filter(({ role }) => role === 'prediction' || role === 'label');
  if (rows.length === 0) return null;
  return (
    <Section title="Predictions and labels">
      <Stack gap="sm">
        {outputs.map(({ name, verdict, sentence }) => (
          <Group key={name} gap="xs" wrap="nowrap" align="flex-start">
            <VerdictBadge verdict={verdict} />
            <Text maw="96ch" className="assay-figures">
              <Sentence text={sentence} />
            </Text>
          </Group>
        ))}
        <DataTable
          caption={`Predictions and labels of ${report.label}`}
          columns={FEATURE_COLUMNS}
          rows={rows}
          rowKey={({ name }) => name}
          onActivate={({ name }) => navigate(featurePath(report.id, name))}
        />
      </Stack>
    </Section>
  );
}
