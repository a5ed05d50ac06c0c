import { List, SimpleGrid, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import type { PerformanceDetail, PerformanceWindow } from '../../shared/performance/channels';
import { windowSentence } from '../../shared/performance/performanceSummary';
import { ErrorPanel } from '../ui/ErrorPanel';
import { Section } from '../ui/Section';
import { Sentence } from '../ui/Sentence';
import { Waiting } from '../ui/Waiting';
import { CalibrationChart } from './CalibrationChart';
import { ClassTable } from './ClassTable';
import { MetricTable } from './MetricTable';
import { usePerformanceStore } from './performanceStore';
import { SegmentTable } from './SegmentTable';
import { ThresholdChart } from './ThresholdChart';
import { WindowFacts } from './WindowFacts';

/** One window: what it is worth, how sure that is, where it is weak, and where its rows went. */
export function WindowPanel({ window }: { readonly window: PerformanceWindow }) {
  const { log, report } = window;
  const { warnings } = report.measurement;
  return (
    <Section title={`Window: ${log.label}`}>
      <Stack gap="md">
        <Text maw="86ch" className="assay-figures">
          <Sentence text={windowSentence(window)} />
        </Text>
        {warnings.length > 0 && (
          <List size="sm">
            {warnings.map((warning) => (
              <List.Item key={warning}>
                <Sentence text={warning} />
              </List.Item>
            ))}
          </List>
        )}
        <MetricTable window={window} />
        <Findings window={window} />
        <Detail logId={log.id} />
        <WindowFacts window={window} />
      </Stack>
    </Section>
  );
}

function Findings({ window }: { readonly window: PerformanceWindow }) {
  const told = window.report.findings.filter(
    ({ verdict }) => verdict !== 'holds' && verdict !== 'notAssessed',
  );
  if (told.length === 0) return null;
  return (
    <List size="sm">
      {told.map(({ ruleId, sentence }) => (
        <List.Item key={ruleId}>
          <Sentence text={sentence} />
        </List.Item>
      ))}
    </List>
  );
}

function Detail({ logId }: { readonly logId: string }) {
  const detail = usePerformanceStore((state) => state.detailByLog[logId]);
  const error = usePerformanceStore((state) => state.errors[`report:${logId}`]);
  const getReport = usePerformanceStore((state) => state.getReport);
  useEffect(() => void getReport(logId), [getReport, logId]);
  if (error !== undefined)
    return <ErrorPanel error={error} onRetry={() => void getReport(logId)} />;
  return detail === undefined ? <Waiting /> : <Pictures detail={detail} />;
}

function Pictures({ detail }: { readonly detail: PerformanceDetail }) {
  const { calibration, thresholds, classes, segments } = detail.report.measurement;
  return (
    <>
      {calibration.length > 0 && (
        <SimpleGrid cols={{ base: 1, lg: 2 }}>
          <CalibrationChart bins={calibration} />
          {thresholds.length > 0 && (
            <ThresholdChart points={thresholds} chosen={detail.log.task.threshold} />
          )}
        </SimpleGrid>
      )}
      {classes.length > 0 && <ClassTable classes={classes} />}
      {segments.length > 0 && <SegmentTable detail={detail} />}
    </>
  );
}
