import { Button, Grid, Group, Kbd, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { DriftReport, FeatureDetail, FeatureDrift } from '../../shared/drift/driftReport';
import { ErrorPanel } from '../ui/ErrorPanel';
import { featurePath } from '../ui/featurePath';
import { formatCount } from '../ui/formatNumber';
import { PageHeader } from '../ui/PageHeader';
import { Sentence } from '../ui/Sentence';
import { VerdictBadge } from '../ui/StateBadge';
import { Trail } from '../ui/Trail';
import { Waiting } from '../ui/Waiting';
import { CategoryChanges } from './CategoryChanges';
import { CategoryChart } from './CategoryChart';
import { featureKey, useDriftStore } from './driftStore';
import { EcdfChart } from './EcdfChart';
import { neighbours } from './featureRanking';
import { featureSentence } from './featureSentence';
import { HistogramChart } from './HistogramChart';
import { MissingTable } from './MissingTable';
import { QuantileTable } from './QuantileTable';
import { Section } from '../ui/Section';
import { StatisticsTable } from './StatisticsTable';
import { useReportTrail } from './useReportTrail';

export interface FeaturePageProps {
  readonly reportId: string;
  readonly name: string;
}

/** One feature of a report: what moved, how far, how sure, and the pictures of it. */
export function FeaturePage({ reportId, name }: FeaturePageProps) {
  const key = featureKey(reportId, name);
  const report = useDriftStore((state) => state.reportById[reportId]);
  const found = useDriftStore((state) => state.featureByKey[key]);
  const error = useDriftStore(
    ({ errors }) => errors[`feature:${key}`] ?? errors[`report:${reportId}`],
  );
  const getReport = useDriftStore((state) => state.getReport);
  const getFeature = useDriftStore((state) => state.getFeature);
  const isReportKnown = report !== undefined;
  useEffect(() => {
    if (!isReportKnown) void getReport(reportId);
  }, [isReportKnown, getReport, reportId]);
  useEffect(() => void getFeature(reportId, name), [getFeature, reportId, name]);

  if (report === undefined || found === undefined) {
    return (
      <>
        <PageHeader
          title={name}
          context={<Trail steps={[{ to: `/reports/${reportId}`, label: 'Drift report' }]} />}
        />
        {error === undefined ? (
          <Waiting label="Reading the feature" />
        ) : (
          <ErrorPanel error={error} onRetry={() => void getFeature(reportId, name)} />
        )}
      </>
    );
  }
  return <FeatureView report={report} {...found} />;
}

interface FeatureViewProps {
  readonly report: DriftReport;
  readonly feature: FeatureDrift;
  readonly detail: FeatureDetail;
}

function FeatureView({ report, feature, detail }: FeatureViewProps) {
  const trail = useReportTrail(report);
  const { previous, next, rank } = neighbours(report.features, feature.name);
  return (
    <>
      <PageHeader
        title={feature.name}
        context={<Trail steps={[...trail, { to: `/reports/${report.id}`, label: report.label }]} />}
        sentence={<Sentence text={featureSentence(feature, report.policy)} />}
        actions={<StepButtons reportId={report.id} previous={previous} next={next} />}
      />
      <Stack gap="md">
        <Group gap="sm">
          <VerdictBadge verdict={feature.verdict} />
          <Text style={{ overflowWrap: 'anywhere' }}>{feature.reason}</Text>
          <Text c="dimmed">
            Rank {formatCount(rank)} of {formatCount(report.features.length)}
          </Text>
        </Group>
        <Pictures feature={feature} detail={detail} />
        <Grid gap="md">
          <Grid.Col span={{ base: 12, lg: 7 }}>
            <StatisticsTable feature={feature} policy={report.policy} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <Stack gap="md">
              {detail.quantiles.length > 0 && (
                <QuantileTable quantiles={detail.quantiles} kind={feature.kind} />
              )}
              <MissingTable feature={feature} />
            </Stack>
          </Grid.Col>
        </Grid>
      </Stack>
    </>
  );
}

function Pictures({ feature, detail }: Omit<FeatureViewProps, 'report'>) {
  const { picture } = feature;
  if (picture === null) return null;
  if (picture.type === 'categories') {
    return (
      <Section title="Distributions">
        <Stack gap="xs">
          <CategoryChart feature={feature} picture={picture} detail={detail} />
          <CategoryChanges feature={feature} detail={detail} />
        </Stack>
      </Section>
    );
  }
  return (
    <Section title="Distributions">
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <HistogramChart feature={feature} picture={picture} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <EcdfChart feature={feature} ecdf={detail.ecdf} />
        </Grid.Col>
      </Grid>
    </Section>
  );
}

interface StepButtonsProps {
  readonly reportId: string;
  readonly previous: string | null;
  readonly next: string | null;
}

/** To the features before and after in the ranking, also with the keys `[` and `]`. */
function StepButtons({ reportId, previous, next }: StepButtonsProps) {
  const [, navigate] = useLocation();
  function go(name: string | null): void {
    if (name !== null) navigate(featurePath(reportId, name), { replace: true });
  }
  useHotkeys([
    ['[', () => go(previous)],
    [']', () => go(next)],
  ]);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconChevronLeft size={16} aria-hidden />}
        rightSection={<Kbd size="xs">[</Kbd>}
        disabled={previous === null}
        title={previous ?? undefined}
        onClick={() => go(previous)}
      >
        Previous
      </Button>
      <Button
        variant="default"
        leftSection={<Kbd size="xs">]</Kbd>}
        rightSection={<IconChevronRight size={16} aria-hidden />}
        disabled={next === null}
        title={next ?? undefined}
        onClick={() => go(next)}
      >
        Next
      </Button>
    </>
  );
}
