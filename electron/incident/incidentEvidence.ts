import { PredictionLogId, type ModelId, type ModelVersionId } from '../../shared/base/ids';
import type { UtcInstant } from '../../shared/base/time';
import type { CanaryHead } from '../../shared/canary/channels';
import type { DriftReportHead } from '../../shared/drift/driftReport';
import { lastOccurrence, type Alert, type AlertSource } from '../../shared/incident/alert';
import type {
  Evidence,
  IncidentEntry,
  OfferedEntry,
  RestorationChoice,
  ShownEvidence,
} from '../../shared/incident/incident';
import type { PerformanceWindow } from '../../shared/performance/channels';
import { AppFailure } from '../../shared/ipc/errors';
import type { StageChange } from '../../shared/registry/lifecycleChannels';
import type { AppContext } from '../app/context';
import { list as listCanaries } from '../canary/canaryService';
import { listReports } from '../drift/driftService';
import { overview } from '../performance/performanceService';
import { history, liveAt } from '../registry/historyService';
import { requireVersion, wholeVersions } from '../registry/registryService';
import { findEvent, findSignatureFacts } from './incidentRepo';

type Shown = Pick<ShownEvidence, 'title' | 'atUtc'>;
type Reader<K extends Evidence['kind']> = (
  ctx: AppContext,
  modelId: ModelId,
  evidence: Extract<Evidence, { kind: K }>,
) => Shown | null;

/** How each kind of evidence is found in a model's records; null when there is none. */
const READERS: { readonly [K in Evidence['kind']]: Reader<K> } = {
  driftReport(ctx, modelId, { reportId }) {
    const report = listReports(ctx, modelId).find(({ id }) => id === reportId);
    return report === undefined ? null : showReport(report);
  },
  performance(ctx, modelId, { logId }) {
    const window = overview(ctx, { modelId }).windows.find(({ log }) => log.id === logId);
    return window === undefined ? null : showWindow(window);
  },
  canary(ctx, modelId, { canaryId }) {
    const found = listCanaries(ctx, { modelId }).find(({ id }) => id === canaryId);
    return found === undefined ? null : showCanary(found);
  },
  stageChange(ctx, modelId, { ordinal }) {
    const change = history(ctx, { modelId }).changes.find((one) => one.ordinal === ordinal);
    return change === undefined ? null : showChange(change);
  },
  version(ctx, modelId, { versionId }) {
    const { snapshot } = requireVersion(ctx, versionId);
    if (snapshot.modelId !== modelId) return null;
    return { title: `Version ${snapshot.version} registered`, atUtc: snapshot.registeredAtUtc };
  },
  signature({ db }, _modelId, { signatureId }) {
    const found = findSignatureFacts(db, signatureId);
    if (found === null) return null;
    const { printedName, meaning, recordType, atUtc } = found;
    return { title: `Signature of ${printedName} (${meaning}) under ${recordType}`, atUtc };
  },
  auditEvent({ db }, _modelId, { seq }) {
    const event = findEvent(db, seq);
    return event === null ? null : { title: `Event ${seq}: ${event.action}`, atUtc: event.atUtc };
  },
};

function showReport({ label, version, summary, computedAtUtc }: DriftReportHead): Shown {
  const moved = summary.nDrifted === 0 ? 'no feature moved' : `${summary.nDrifted} moved`;
  return { title: `Drift report ${label}, version ${version}: ${moved}`, atUtc: computedAtUtc };
}

function showWindow({ log, report }: PerformanceWindow): Shown {
  const nBroken = report.findings.filter(({ verdict }) => verdict === 'broken').length;
  const found = nBroken === 0 ? 'no rule broken' : `${nBroken} broken`;
  return {
    title: `Performance in ${log.label}, version ${log.version}: ${found}`,
    atUtc: report.computedAtUtc,
  };
}

const SAID = { promote: 'promote', hold: 'hold', rollBack: 'roll back' } as const;

function showCanary({ candidate, control, verdict, judgedAtUtc, createdAtUtc }: CanaryHead): Shown {
  const said = verdict === null ? 'not judged yet' : SAID[verdict];
  return {
    title: `Canary of version ${candidate} against ${control}: ${said}`,
    atUtc: judgedAtUtc ?? createdAtUtc,
  };
}

function showChange({ version, fromStage, toStage, kind, atUtc }: StageChange): Shown {
  return { title: `Version ${version}: ${fromStage} to ${toStage} (${kind})`, atUtc };
}

/** @throws AppFailure NOT_FOUND when the model has no such record */
export function showEvidence(ctx: AppContext, modelId: ModelId, evidence: Evidence): ShownEvidence {
  const found = readEvidence(ctx, modelId, evidence);
  if (found === null) {
    throw new AppFailure(
      'NOT_FOUND',
      'This model has no such record to point to. Nothing was changed.',
      { evidence },
    );
  }
  return { evidence, ...found };
}

/** The record that a broken rule was found in; null for a figure of no single record. */
export function showSource(
  ctx: AppContext,
  modelId: ModelId,
  source: AlertSource,
): ShownEvidence | null {
  if (source.kind === 'drift')
    return showEvidence(ctx, modelId, { kind: 'driftReport', reportId: source.reportId });
  if (source.kind === 'canary')
    return showEvidence(ctx, modelId, { kind: 'canary', canaryId: source.canaryId });
  if (source.kind !== 'performance' || source.windowId === null) return null;
  const logId = PredictionLogId.parse(source.windowId);
  return showEvidence(ctx, modelId, { kind: 'performance', logId });
}

function readEvidence<K extends Evidence['kind']>(
  ctx: AppContext,
  modelId: ModelId,
  evidence: Extract<Evidence, { kind: K }>,
): Shown | null {
  const reader: Reader<K> = READERS[evidence.kind];
  return reader(ctx, modelId, evidence);
}

/** What the model's records say happened since an instant and a timeline does not have yet, oldest first. */
export function offerEntries(
  ctx: AppContext,
  modelId: ModelId,
  {
    sinceUtc,
    entries,
  }: { readonly sinceUtc: UtcInstant; readonly entries: readonly IncidentEntry[] },
): OfferedEntry[] {
  const told = new Set(entries.map(({ evidence }) => JSON.stringify(evidence?.evidence ?? null)));
  const steps = history(ctx, { modelId }).changes.map((change) => ({
    kind: change.kind === 'rollback' ? ('rollback' as const) : ('decision' as const),
    text: change.reason,
    evidence: { kind: 'stageChange' as const, ordinal: change.ordinal },
    shown: showChange(change),
  }));
  const versions = wholeVersions(ctx.db, modelId).map(({ id, snapshot }) => ({
    kind: 'retraining' as const,
    text:
      snapshot.fromPacket === undefined
        ? snapshot.description
        : `From hand-off packet ${snapshot.fromPacket.number}. ${snapshot.description}`,
    evidence: { kind: 'version' as const, versionId: id },
    shown: { title: `Version ${snapshot.version} registered`, atUtc: snapshot.registeredAtUtc },
  }));
  return [...steps, ...versions]
    .filter(({ evidence, shown }) => shown.atUtc >= sinceUtc && !told.has(JSON.stringify(evidence)))
    .map(({ kind, text, evidence, shown }) => ({
      kind,
      text,
      atUtc: shown.atUtc,
      evidence: { evidence, ...shown },
    }))
    .sort((a, b) => a.atUtc.localeCompare(b.atUtc));
}

/** What an incident must be restored from. */
export interface Restored {
  readonly modelId: ModelId;
  readonly alerts: readonly Alert[];
  /** Since when evidence counts: the last time that a rule was broken, or the incident was reopened. */
  readonly sinceUtc: UtcInstant;
}

/**
 * The records since then that could end an incident, newest first, each with whether it does.
 *
 * An alert about drift ends with a later report of the version that is live now (of any version where none
 * is) in which no feature moved; one about performance with a later window of it that keeps its rule; one about a canary with a later change of stage, which decides the canary.
 */
export function restorationChoices(ctx: AppContext, restored: Restored): RestorationChoice[] {
  const { modelId, sinceUtc } = restored;
  const live = liveAt(ctx, { modelId, atUtc: ctx.nowUtc() }).live?.change.versionId ?? null;
  const reports = listReports(ctx, modelId)
    .filter(({ computedAtUtc }) => computedAtUtc > sinceUtc)
    .map((report) => ({
      shown: {
        evidence: { kind: 'driftReport' as const, reportId: report.id },
        ...showReport(report),
      },
      ...judgeReport(report, live, restored),
    }));
  const steps = history(ctx, { modelId })
    .changes.filter(({ atUtc }) => atUtc > sinceUtc)
    .map((change) => ({
      shown: {
        evidence: { kind: 'stageChange' as const, ordinal: change.ordinal },
        ...showChange(change),
      },
      ...judge(kindOf(restored) === 'canary', 'The canary is decided.', NOT_ABOUT_IT),
    }));
  const windows = overview(ctx, { modelId })
    // A measurement of an older window that is made anew says nothing about the time since.
    .windows.filter(({ log }) => log.importedAtUtc > sinceUtc)
    .map((window) => ({
      shown: {
        evidence: { kind: 'performance' as const, logId: window.log.id },
        ...showWindow(window),
      },
      ...judgeWindow(window, live, restored),
    }));
  return [...reports, ...windows, ...steps].sort((a, b) =>
    b.shown.atUtc.localeCompare(a.shown.atUtc),
  );
}

const NOT_ABOUT_IT = 'It says nothing about the rule that was broken.';

function judgeReport(
  report: DriftReportHead,
  live: ModelVersionId | null,
  restored: Restored,
): Pick<RestorationChoice, 'isRestored' | 'finding'> {
  if (kindOf(restored) !== 'drift') return judge(false, '', NOT_ABOUT_IT);
  if (live !== null && report.versionId !== live)
    return judge(false, '', `Version ${report.version} is not live, so this does not count.`);
  const { nDrifted } = report.summary;
  return judge(
    nDrifted === 0,
    'No feature moved: back within policy.',
    `${nDrifted} of its features moved: not within policy.`,
  );
}

function judgeWindow(
  { log, report }: PerformanceWindow,
  live: ModelVersionId | null,
  restored: Restored,
): Pick<RestorationChoice, 'isRestored' | 'finding'> {
  if (kindOf(restored) !== 'performance') return judge(false, '', NOT_ABOUT_IT);
  if (live !== null && log.versionId !== live)
    return judge(false, '', `Version ${log.version} is not live, so this does not count.`);
  const rules = restored.alerts
    .filter((alert) => lastOccurrence(alert).source.kind === 'performance')
    .map(({ rule }) => rule);
  const findings = report.findings.filter(({ ruleId }) => rules.includes(ruleId));
  const isKept = rules.every((rule) =>
    findings.some(({ ruleId, verdict }) => ruleId === rule && verdict === 'holds'),
  );
  const sentences = findings.map(({ sentence }) => sentence).join(' ');
  return judge(
    isKept,
    `Back within policy: ${sentences}`,
    `Not shown to be within policy: ${sentences}`,
  );
}

/** Which kind of rule must be kept again: where several were broken, the one that says most about the model. */
function kindOf({ alerts }: Restored): AlertSource['kind'] {
  const kinds = alerts.map((alert) => lastOccurrence(alert).source.kind);
  return (
    (['performance', 'drift', 'canary'] as const).find((kind) => kinds.includes(kind)) ?? 'drift'
  );
}

function judge(isRestored: boolean, yes: string, no: string) {
  return { isRestored, finding: isRestored ? yes : no };
}
