import { Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { chunkSizeWarning } from '../../shared/drift/chunkSizeWarning';
import type { DriftReport } from '../../shared/drift/driftReport';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PageHeader } from '../ui/PageHeader';
import { Sentence } from '../ui/Sentence';
import { TimeText } from '../ui/TimeText';
import { Trail } from '../ui/Trail';
import { Waiting } from '../ui/Waiting';
import { BatchMatch } from './BatchMatch';
import { useDriftStore } from './driftStore';
import { hasMatchProblem } from './matchSentences';
import { MultivariateSection } from './MultivariateSection';
import { ReportFeatures } from './ReportFeatures';
import { ReportMethod } from './ReportMethod';
import { ReportOutputs } from './ReportOutputs';
import { ReportSummary } from './ReportSummary';
import { useReportTrail } from './useReportTrail';
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
          context={<Trail steps={[{ to: '/monitoring', label: 'Monitoring' }]} />}
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
  const warning = chunkSizeWarning(report);
  return (
    <>
      <PageHeader
        title={label}
        context={<Trail steps={useReportTrail(report)} />}
        sentence={<Sentence text={summary.sentence} />}
      />
      <Stack gap="lg">
        <Stack gap="sm">
          <ReportSummary report={report} />
          {warning !== null && <Text maw="96ch">{warning}</Text>}
          {hasMatchProblem(report.match) && <BatchMatch match={report.match} />}
        </Stack>
        <ReportFeatures report={report} />
        <ReportOutputs report={report} />
        {report.multivariate !== null && <MultivariateSection drift={report.multivariate} />}
        <VerdictLegend policy={report.policy} />
        <ReportMethod report={report} />
        <Text c="dimmed">
          Computed <TimeText instant={computedAtUtc} />
          {periodStart !== null &&
            `; the batch covers ${periodStart} to ${periodEnd ?? periodStart}`}
          .
        </Text>
      </Stack>
    </>
  );
}
