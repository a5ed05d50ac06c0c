import { Group, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import type { DriftReport } from '../../shared/drift/driftReport';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PageHeader } from '../ui/PageHeader';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { BatchMatch } from './BatchMatch';
import { useDriftStore } from './driftStore';
import { hasMatchProblem } from './matchSentences';
import { ReportFeatures } from './ReportFeatures';
import { ReportMethod } from './ReportMethod';
import { ReportSummary } from './ReportSummary';
import { VerdictLegend } from './VerdictLegend';

/** One live batch against its reference: the finding, every feature, and how it was computed. */
export function ReportPage({ reportId }: { readonly reportId: string }) {
  const report = useDriftStore((state) => state.reportById[reportId]);
  const error = useDriftStore((state) => state.errors[`report:${reportId}`]);
  const getReport = useDriftStore((state) => state.getReport);
  useEffect(() => void getReport(reportId), [getReport, reportId]);
  if (report === undefined) {
    return (
      <>
        <PageHeader
          title="Drift report"
          context={<TextLink to="/monitoring">Monitoring</TextLink>}
        />
        {error === undefined ? (
          <Waiting label="Reading the report" />
        ) : (
          <ErrorPanel error={error} onRetry={() => void getReport(reportId)} />
        )}
      </>
    );
  }
  return <Report report={report} />;
}

function Report({ report }: { readonly report: DriftReport }) {
  const { summary, label, periodStart, periodEnd, computedAtUtc } = report;
  return (
    <>
      <PageHeader
        title={label}
        context={<ReportContext report={report} />}
        sentence={summary.sentence}
      />
      <Stack gap="lg">
        <Stack gap="sm">
          <ReportSummary report={report} />
          {hasMatchProblem(report.match) && <BatchMatch match={report.match} />}
        </Stack>
        <ReportFeatures report={report} />
        <VerdictLegend policy={report.policy} />
        <ReportMethod report={report} />
        <Text c="dimmed">
          Computed <TimeText instant={computedAtUtc} />
          {periodStart !== null && `; the batch covers ${periodStart} to ${periodEnd ?? periodStart}`}
          .
        </Text>
      </Stack>
    </>
  );
}

/** Where a report belongs: its model and version. */
export function ReportContext({ report }: { readonly report: DriftReport }) {
  const found = useDriftStore((state) => state.modelById[report.modelId]);
  const getModel = useDriftStore((state) => state.getModel);
  const isKnown = found !== undefined;
  useEffect(() => {
    if (!isKnown) void getModel(report.modelId);
  }, [isKnown, getModel, report.modelId]);
  return (
    <Group gap={6}>
      <TextLink to="/monitoring">Monitoring</TextLink>
      <Text c="dimmed" aria-hidden>
        /
      </Text>
      <TextLink to={`/models/${report.modelId}`}>{found?.model.name ?? 'Model'}</TextLink>
      <Text c="dimmed" aria-hidden>
        /
      </Text>
      <TextLink to={`/models/${report.modelId}/versions/${report.versionId}`}>
        version {report.version}
      </TextLink>
    </Group>
  );
}
