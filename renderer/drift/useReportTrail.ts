import { useEffect } from 'react';
import type { DriftReport } from '../../shared/drift/driftReport';
import type { TrailProps } from '../ui/Trail';
import { useDriftStore } from './driftStore';

/** Where a report belongs: monitoring, its model, its version. */
export function useReportTrail(report: DriftReport): TrailProps['steps'] {
  const { modelId, versionId, version } = report;
  const found = useDriftStore((state) => state.modelById[modelId]);
  const getModel = useDriftStore((state) => state.getModel);
  const isKnown = found !== undefined;
  useEffect(() => {
    if (!isKnown) void getModel(modelId);
  }, [isKnown, getModel, modelId]);
  return [
    { to: '/monitoring', label: 'Monitoring' },
    { to: `/models/${modelId}`, label: found?.model.name ?? 'Model' },
    { to: `/models/${modelId}/versions/${versionId}`, label: `version ${version}` },
  ];
}
