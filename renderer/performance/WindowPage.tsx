import { useEffect } from 'react';
import { windowSentence } from '../../shared/performance/performanceSummary';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PageHeader } from '../ui/PageHeader';
import { Trail } from '../ui/Trail';
import { Waiting } from '../ui/Waiting';
import { usePerformanceStore } from './performanceStore';
import { WindowPanel } from './WindowPanel';

/** One window of predictions by itself: where an alert leads to. */
export function WindowPage({ logId }: { readonly logId: string }) {
  const detail = usePerformanceStore((state) => state.detailByLog[logId]);
  const error = usePerformanceStore((state) => state.errors[`report:${logId}`]);
  const getReport = usePerformanceStore((state) => state.getReport);
  useEffect(() => void getReport(logId), [getReport, logId]);
  if (detail === undefined) {
    return (
      <>
        <PageHeader title="Window of predictions" />
        {error === undefined ? (
          <Waiting />
        ) : (
          <ErrorPanel error={error} onRetry={() => void getReport(logId)} />
        )}
      </>
    );
  }
  const { log } = detail;
  return (
    <>
      <PageHeader
        title={log.label}
        context={
          <Trail
            steps={[
              { to: '/models', label: 'Models' },
              { to: `/models/${log.modelId}`, label: `version ${log.version}` },
            ]}
          />
        }
        sentence={windowSentence(detail).replaceAll('`', '')}
      />
      <WindowPanel window={detail} />
    </>
  );
}
