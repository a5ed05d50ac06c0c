import { Chip, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import {
  VERDICTS,
  type DriftReport,
  type FeatureDrift,
  type Verdict,
} from '../../shared/drift/driftReport';
import { DataTable } from '../ui/DataTable';
import { featurePath } from '../ui/featurePath';
import { formatCount } from '../ui/formatNumber';
import { VERDICT_LOOK } from '../ui/StateBadge';
import { FEATURE_COLUMNS } from './featureColumns';
import { countVerdicts, filterFeatures } from './featureRanking';
import { Section } from '../ui/Section';

/** Every feature of a report, what asks for attention first. */
export function ReportFeatures({ report }: { readonly report: DriftReport }) {
  const [text, setText] = useState('');
  const [verdicts, setVerdicts] = useState<ReadonlySet<Verdict>>(new Set());
  const [, navigate] = useLocation();
  const { features: all } = report;
  const features = useMemo(() => all.filter(isFeature), [all]);
  const counts = useMemo(() => countVerdicts(features), [features]);
  const shown = useMemo(() => filterFeatures(features, text, verdicts), [features, text, verdicts]);
  return (
    <Section title={`Features (${formatCount(features.length)})`}>
      <Stack gap="sm">
        <Group gap="sm">
          <TextInput
            aria-label="Search features"
            placeholder="Search features"
            leftSection={<IconSearch size={16} aria-hidden />}
            w={260}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Chip.Group
            multiple
            value={[...verdicts]}
            onChange={(values) =>
              setVerdicts(new Set(VERDICTS.filter((known) => values.includes(known))))
            }
          >
            <Group gap={6} role="group" aria-label="Show only these verdicts">
              {VERDICTS.map((verdict) => (
                <Chip
                  key={verdict}
                  value={verdict}
                  size="xs"
                  variant="outline"
                  disabled={counts[verdict] === 0}
                >
                  {VERDICT_LOOK[verdict].label} ({formatCount(counts[verdict])})
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <Text c="dimmed" role="status" aria-live="polite">
            {shown.length === features.length
              ? ''
              : `${formatCount(shown.length)} of ${formatCount(features.length)} shown`}
          </Text>
        </Group>
        {shown.length === 0 ? (
          <Text>No feature matches. Clear the search or choose another verdict.</Text>
        ) : (
          <DataTable
            caption={`Features of ${report.label}, ranked by verdict and distance from the threshold`}
            columns={FEATURE_COLUMNS}
            rows={shown}
            rowKey={({ name }) => name}
            onActivate={({ name }) => navigate(featurePath(report.id, name))}
          />
        )}
      </Stack>
    </Section>
  );
}

/** Predictions and labels have a section of their own. */
function isFeature({ role }: FeatureDrift): boolean {
  return role === 'feature';
}
