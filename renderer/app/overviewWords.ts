import { waitingOf, type Alert } from '../../shared/incident/alert';
import { formatCount, formatNoun } from '../ui/formatNumber';
import type { ModelOverview } from './overviewStore';

/** How the workspace stands, in one sentence: models, open alerts, the last batch. */
export function overviewSentence(
  { nModels, latest, lastReports }: Pick<ModelOverview, 'nModels' | 'latest' | 'lastReports'>,
  alerts: readonly Alert[],
): string {
  const nOpen = waitingOf(alerts).length;
  const count = `${formatNoun(nModels, 'model')}, ${nOpen === 0 ? 'no open alert' : formatNoun(nOpen, 'open alert')}.`;
  const last = latest === null ? undefined : lastReports.get(latest.id);
  if (latest === null || last === undefined) return `${count} No live batch was compared yet.`;
  return `${count} The last batch, ${last.label} of ${latest.name}: ${last.summary.sentence}`;
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
export function nextSteps(
  { nMonitored, unfinished }: Pick<ModelOverview, 'nMonitored' | 'unfinished'>,
  alerts: readonly Alert[],
): readonly NextStep[] {
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
  for (const { id, name } of unfinished.filter(({ nVersions }) => nVersions === 0)) {
    steps.push({
      title: `Register a version of ${name}`,
      why: 'It has none: freeze what was trained, on which data, and sign it.',
      path: `/models/${id}`,
      monitoringOf: null,
    });
  }
  for (const model of unfinished.filter(({ nVersions }) => nVersions > 0)) {
    steps.push({
      title: `Start to monitor ${model.name}`,
      why: 'Freeze its reference profile and import the first live batch.',
      path: `/models/${model.id}`,
      monitoringOf: model.id,
    });
  }
  if (nMonitored > 0) steps.push(IMPORT_NEXT, EXPORT_PACKAGE);
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
