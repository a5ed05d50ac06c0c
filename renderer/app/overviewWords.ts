import type { DriftReportHead } from '../../shared/drift/driftReport';
import { waitingOf, type Alert } from '../../shared/incident/alert';
import type { Model } from '../../shared/registry/model';
import { formatCount, formatNoun } from '../ui/formatNumber';

/** How the workspace stands, in one sentence: models, open alerts, the last batch. */
export function overviewSentence(
  models: readonly Model[],
  alerts: readonly Alert[],
  heads: readonly DriftReportHead[],
): string {
  const nOpen = waitingOf(alerts).length;
  const count = `${formatNoun(models.length, 'model')}, ${nOpen === 0 ? 'no open alert' : formatNoun(nOpen, 'open alert')}.`;
  const last = latest(heads);
  if (last === null) return `${count} No live batch was compared yet.`;
  const model = models.find(({ id }) => id === last.modelId);
  return `${count} The last batch, ${last.label}${model === undefined ? '' : ` of ${model.name}`}: ${last.summary.sentence}`;
}

export function latest(heads: readonly DriftReportHead[]): DriftReportHead | null {
  return heads.toSorted((a, b) => b.computedAtUtc.localeCompare(a.computedAtUtc))[0] ?? null;
}

/** Something worth doing next, and where. */
export interface NextStep {
  readonly title: string;
  readonly why: string;
  readonly path: string;
  /** The model whose page is to open at its monitoring. */
  readonly monitoringOf: string | null;
}

const MAX_STEPS = 4;

/** What to do next, most urgent first, from what the records show. */
export function nextSteps(models: readonly Model[], alerts: readonly Alert[]): readonly NextStep[] {
  const open = waitingOf(alerts);
  const steps: NextStep[] = [];
  if (open.length > 0) {
    steps.push({
      title: `Look at ${open.length === 1 ? 'the open alert' : `${formatCount(open.length)} open alerts`}`,
      why: 'See what moved and acknowledge it with a reason.',
      path: '/alerts',
      monitoringOf: null,
    });
  }
  for (const { id, name } of models.filter(({ nVersions }) => nVersions === 0)) {
    steps.push({
      title: `Register a version of ${name}`,
      why: 'It has none: freeze what was trained, on which data, and sign it.',
      path: `/models/${id}`,
      monitoringOf: null,
    });
  }
  for (const model of models.filter((it) => it.nVersions > 0 && it.nBatches === 0)) {
    steps.push({
      title: `Start to monitor ${model.name}`,
      why: 'Freeze its reference profile and import the first live batch.',
      path: `/models/${model.id}`,
      monitoringOf: model.id,
    });
  }
  if (models.some(({ nBatches }) => nBatches > 0)) {
    steps.push(IMPORT_NEXT, EXPORT_PACKAGE);
  }
  return steps.slice(0, MAX_STEPS);
}

const IMPORT_NEXT: NextStep = {
  title: 'Import the next live batch',
  why: 'By button or drag and drop: CSV, Parquet or Arrow.',
  path: '/monitoring',
  monitoringOf: null,
};

const EXPORT_PACKAGE: NextStep = {
  title: 'Export an audit package',
  why: 'Signed evidence that can be checked without Assay.',
  path: '/audit',
  monitoringOf: null,
};
