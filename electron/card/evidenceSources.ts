import type { EvidenceChoice, EvidenceFound, EvidenceRef } from '../../shared/card/evidence';
import type { DriftReport } from '../../shared/drift/driftReport';
import { METHOD_NAMES } from '../../shared/drift/driftVerdict';
import type { Reference } from '../../shared/drift/channels';
import { formatCount } from '../../shared/base/formatNumber';
import type { PerformanceWindow } from '../../shared/performance/channels';
import { METRIC_FACTS } from '../../shared/performance/metric';
import type { ModelVersion } from '../../shared/registry/model';
import type { AppContext } from '../app/context';
import { newestSignedVerdict, VERDICT_WORDS, type SignedVerdict } from '../canary/verdictService';
import { getReference, getReport, listReports } from '../drift/driftService';
import { listAlerts } from '../incident/alertService';
import { overview } from '../performance/performanceService';

/** What the evidence of one version's card lies in; each part is read once, and only when it is needed. */
export interface Evidence {
  readonly version: ModelVersion;
  newestReport(): DriftReport | null;
  reference(): Reference | null;
  newestWindow(): PerformanceWindow | null;
  signedVerdict(): SignedVerdict | null;
  openAlerts(): EvidenceFound;
}

type Kind = EvidenceRef['kind'];
type RefOf<K extends Kind> = Extract<EvidenceRef, { kind: K }>;

interface Source<K extends Kind> {
  /** Null when there is no such figure (any more). */
  find(evidence: Evidence, ref: RefOf<K>): EvidenceFound | null;
  /** Every figure of this kind that a card can point at. */
  list(evidence: Evidence): readonly { readonly ref: RefOf<K>; readonly name: string }[];
}

/** Where each kind of evidence is looked up. */
const SOURCES: { readonly [K in Kind]: Source<K> } = {
  metric: {
    find: ({ version }, { name }) => {
      const value = version.snapshot.metrics[name];
      return value === undefined ? null : snapshotFigure(version, String(value), `metric ${name}`);
    },
    list: ({ version }) =>
      Object.keys(version.snapshot.metrics).map((name) => ({
        ref: { kind: 'metric', name },
        name,
      })),
  },
  dataset: {
    find: ({ version }, { name }) => {
      const found = digests(version).find((dataset) => dataset.name === name);
      return found === undefined
        ? null
        : snapshotFigure(version, found.digest, `digest of ${name}`);
    },
    list: ({ version }) =>
      digests(version).map(({ name }) => ({
        ref: { kind: 'dataset', name },
        name: `Digest of ${name}`,
      })),
  },
  reference: {
    find: (evidence, { figure }) => {
      const reference = evidence.reference();
      if (reference === null) return null;
      const { nRows, file, frozenAtUtc } = reference;
      const value = figure === 'rows' ? String(nRows) : `sha256:${file.sha256}`;
      return plain(value, frozenAtUtc, `Reference profile of ${file.fileName}`);
    },
    list: (evidence) =>
      evidence.reference() === null
        ? []
        : [
            { ref: { kind: 'reference', figure: 'rows' }, name: 'Reference rows' },
            { ref: { kind: 'reference', figure: 'digest' }, name: 'Digest of the reference' },
          ],
  },
  driftReport: {
    find: (evidence, { figure }) => {
      const report = evidence.newestReport();
      if (report === null) return null;
      const { nDrifted, nAssessed, topFeature } = report.summary;
      const values = {
        drifted: `${nDrifted} of ${nAssessed}`,
        assessed: String(nAssessed),
        topFeature: topFeature ?? 'none',
      };
      return ofReport(report, values[figure]);
    },
    list: (evidence) =>
      evidence.newestReport() === null
        ? []
        : [
            { ref: { kind: 'driftReport', figure: 'drifted' }, name: 'Features that drifted' },
            { ref: { kind: 'driftReport', figure: 'assessed' }, name: 'Features assessed' },
            { ref: { kind: 'driftReport', figure: 'topFeature' }, name: 'Feature that moved most' },
          ],
  },
  driftFeature: {
    find: (evidence, { feature }) => {
      const report = evidence.newestReport();
      const found = report?.features.find(({ name }) => name === feature);
      if (report === null || found === undefined || found.primaryValue === null) return null;
      return ofReport(report, String(found.primaryValue), `, ${METHOD_NAMES[found.primary]}`);
    },
    list: (evidence) =>
      (evidence.newestReport()?.features ?? []).flatMap(({ name, primaryValue }) =>
        primaryValue === null
          ? []
          : [{ ref: { kind: 'driftFeature', feature: name }, name: `Drift of ${name}` }],
      ),
  },
  performance: {
    find: (evidence, { metric }) => {
      const window = evidence.newestWindow();
      const found = window?.report.measurement.metrics.find((one) => one.metric === metric);
      if (window === null || found === undefined || found.value === null) return null;
      return {
        value: String(found.value),
        ...endsOf(found.interval),
        asOfUtc: window.report.computedAtUtc,
        source: `Performance in ${window.log.label}, n = ${formatCount(found.n)}`,
      };
    },
    list: (evidence) =>
      (evidence.newestWindow()?.report.measurement.metrics ?? []).flatMap(({ metric, value }) =>
        value === null
          ? []
          : [{ ref: { kind: 'performance', metric }, name: `Live ${METRIC_FACTS[metric].label}` }],
      ),
  },
  canaryVerdict: {
    find: (evidence, { figure }) => {
      const signed = evidence.signedVerdict();
      if (signed === null) return null;
      const { judgement, judgedAtUtc, nLooks } = signed.verdict;
      const { interval, difference, method } = judgement.primary;
      const source = `Canary verdict after ${formatCount(nLooks)} ${nLooks === 1 ? 'look' : 'looks'}, signed by ${signed.signedBy.join(', ')}`;
      if (figure === 'verdict') return plain(VERDICT_WORDS[judgement.verdict], judgedAtUtc, source);
      if (difference === null) return null;
      return {
        value: String(difference),
        ...endsOf(interval),
        asOfUtc: judgedAtUtc,
        source: `${source}; candidate minus control, ${method}`,
      };
    },
    list: () => [
      { ref: { kind: 'canaryVerdict', figure: 'verdict' }, name: 'Canary verdict' },
      { ref: { kind: 'canaryVerdict', figure: 'difference' }, name: 'Canary difference' },
    ],
  },
  openAlerts: {
    find: (evidence) => evidence.openAlerts(),
    list: () => [{ ref: { kind: 'openAlerts' }, name: 'Open alerts' }],
  },
};

/** The evidence that the card of a version can rest on, as it is now. */
export function evidenceOf(ctx: AppContext, version: ModelVersion): Evidence {
  const { modelId } = version.snapshot;
  const newestReport = once(() => {
    const head = listReports(ctx, modelId).find(({ versionId }) => versionId === version.id);
    return head === undefined ? null : getReport(ctx, { reportId: head.id });
  });
  return {
    version,
    newestReport,
    newestWindow: once(
      () =>
        overview(ctx, { modelId }).windows.findLast(({ log }) => log.versionId === version.id) ??
        null,
    ),
    signedVerdict: once(() => newestSignedVerdict(ctx, version.id)),
    reference: once(() => getReference(ctx, { versionId: version.id })),
    openAlerts: once(() => {
      const alerts = listAlerts(ctx, { modelId });
      const open = alerts.filter(({ state }) => state === 'new');
      const newest = alerts
        .map(({ raisedAtUtc, steps }) => steps.at(-1)?.atUtc ?? raisedAtUtc)
        .sort()
        .at(-1);
      return plain(
        String(open.length),
        newest ?? version.snapshot.registeredAtUtc,
        'Alerts of the model',
      );
    }),
  };
}

/** What a reference to evidence says now; null when there is no such figure. */
export function findEvidence(evidence: Evidence, ref: EvidenceRef): EvidenceFound | null {
  return find(evidence, ref.kind, ref);
}

function find<K extends Kind>(evidence: Evidence, kind: K, ref: RefOf<K>): EvidenceFound | null {
  const source: Source<K> = SOURCES[kind];
  return source.find(evidence, ref);
}

/** Every figure that a card can point at, as it is now. */
export function listEvidence(evidence: Evidence): EvidenceChoice[] {
  return Object.values(SOURCES)
    .flatMap((source) => [...source.list(evidence)])
    .flatMap(({ ref, name }) => {
      const found = findEvidence(evidence, ref);
      return found === null ? [] : [{ ref, name, found }];
    });
}

function plain(value: string, asOfUtc: string, source: string): EvidenceFound {
  return { value, low: '', high: '', asOfUtc, source };
}

function endsOf(interval: readonly [number, number] | null): Pick<EvidenceFound, 'low' | 'high'> {
  const [low = '', high = ''] = interval ?? [];
  return { low: String(low), high: String(high) };
}

function snapshotFigure({ snapshot }: ModelVersion, value: string, what: string): EvidenceFound {
  return plain(value, snapshot.registeredAtUtc, `Snapshot of version ${snapshot.version}, ${what}`);
}

function ofReport({ label, computedAtUtc }: DriftReport, value: string, more = ''): EvidenceFound {
  return plain(value, computedAtUtc, `Drift report of ${label}${more}`);
}

function digests({ snapshot }: ModelVersion): { readonly name: string; readonly digest: string }[] {
  const { trainingData, datasets = [] } = snapshot;
  const training =
    trainingData === null
      ? []
      : [{ name: trainingData.fileName, digest: `sha256:${trainingData.sha256}` }];
  return [...training, ...datasets];
}

function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => (kept ??= { value: read() }).value;
}
