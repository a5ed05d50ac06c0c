import type { AppContext } from '../app/context';
import { REVOKED_KEYS_PATH, type RevokedKey } from '../../shared/audit/auditPackage';
import type { PackageScope } from '../../shared/audit/channels';
import type { CanaryId } from '../../shared/base/ids';
import type { Canary } from '../../shared/canary/channels';
import { canonicalJson } from '../../shared/base/canonicalJson';
import type { PolicyRevision, Reference } from '../../shared/drift/channels';
import type { DriftReport, DriftReportHead, FeatureDrift } from '../../shared/drift/driftReport';
import type { Alert } from '../../shared/incident/alert';
import type { HandoffPacket } from '../../shared/handoff/packet';
import { closingIds } from '../../shared/incident/closing';
import type { Incident } from '../../shared/incident/incident';
import type {
  LifecyclePolicyRevision,
  ModelHistory,
} from '../../shared/registry/lifecycleChannels';
import type { Model, ModelVersion } from '../../shared/registry/model';
import { cardForPackage, type PackagedCard } from '../card/cardExportService';
import { get as getCanary, list as listCanaries } from '../canary/canaryService';
import { getPolicy, getReference, getReport, listReports } from '../drift/driftService';
import { wholePackets } from '../handoff/packetService';
import { listAlerts } from '../incident/alertService';
import { wholeIncidents } from '../incident/incidentService';
import { getLifecyclePolicy, history } from '../registry/historyService';
import { requireModel, wholeVersions } from '../registry/registryService';
import { recordSignatures, revokedKeys, type RecordSignature } from '../vault/signingService';
import type { z } from 'zod';
import { TIMESTAMP_FOLDER } from './packageLayout';
import { findStampedCheckpoints, type StampedCheckpoint } from './timestampRepo';

/** What a package is about: one model, from a day to a day or without limit. */
export type Scope = z.infer<typeof PackageScope>;

/** Everything the workspace knows within a scope. */
export interface ScopedRecords {
  readonly model: Model;
  readonly versions: readonly ModelVersion[];
  /** The model cards of the versions that have one. */
  readonly cards: readonly PackagedCard[];
  readonly references: readonly Reference[];
  readonly policy: PolicyRevision;
  readonly reports: readonly DriftReport[];
  readonly alerts: readonly Alert[];
  /** Those that an alert of this package belongs to. */
  readonly incidents: readonly Incident[];
  readonly lifecycle: Lifecycle;
  readonly canaries: readonly PackedCanary[];
  readonly packets: readonly HandoffPacket[];
  /** Every signature under a version, a request for promotion, a card, a verdict, a packet, the closing of an incident and the policy, with the exact bytes that were signed. */
  readonly signatures: readonly RecordSignature[];
  readonly revokedKeys: readonly RevokedKey[];
  /** Of the whole log, whatever the scope: each shows how old the events before it are at least. */
  readonly timestamps: readonly StampedCheckpoint[];
}

/** A canary without what is derived from it; looks without their evidence. */
type PackedCanary = Omit<Canary, 'judgement' | 'picture'>;

/** How versions came to their stages: steps, requests, aliases, and the gates as they are now. */
export interface Lifecycle extends ModelHistory {
  readonly gates: LifecyclePolicyRevision;
}

export interface PackageRecord {
  readonly path: string;
  readonly title: string;
  readonly bytes: Uint8Array;
}

/** Groups smaller than this are merged before a record leaves the workspace. */
const MIN_GROUP = 5;

/** @throws AppFailure NOT_FOUND when there is no such model */
export function collectRecords(ctx: AppContext, scope: Scope): ScopedRecords {
  const model = requireModel(ctx, scope.modelId);
  const versions = wholeVersions(ctx.db, model.id);
  const { id: modelId } = model;
  const cards = versions.flatMap(({ id }) => cardForPackage(ctx, id) ?? []);
  const lifecycle = { ...history(ctx, { modelId }), gates: getLifecyclePolicy(ctx, { modelId }) };
  const heads = listReports(ctx, scope.modelId).filter((head) => isInPeriod(head, scope));
  const canaries = listCanaries(ctx, { modelId }).map(({ id }) => packCanary(ctx, id));
  const packets = wholePackets(ctx, modelId);
  const verdicts = canaries.flatMap((canary) => canary.verdicts);
  const reportIds = new Set(heads.map(({ id }) => id));
  const alerts = listAlerts(ctx, { modelId }).filter(({ occurrences }) =>
    occurrences.some(({ source, atUtc }) =>
      source.kind === 'drift' ? reportIds.has(source.reportId) : isDayInPeriod(atUtc, scope),
    ),
  );
  const incidentIds = new Set(alerts.map(({ incidentId }) => incidentId));
  const incidents = wholeIncidents(ctx, modelId).filter(({ id }) => incidentIds.has(id));
  return {
    model,
    versions,
    cards,
    references: versions.flatMap(({ id }) => getReference(ctx, { versionId: id }) ?? []),
    policy: getPolicy(ctx, { modelId: scope.modelId }),
    reports: heads.map(({ id }) => withoutSmallGroups(getReport(ctx, { reportId: id }))),
    alerts,
    incidents,
    lifecycle,
    canaries,
    packets,
    signatures: [
      ...versions.flatMap(({ id }) => recordSignatures(ctx, 'registry.version', id)),
      ...lifecycle.requests.flatMap(({ id }) => recordSignatures(ctx, 'registry.promotion', id)),
      ...cards.flatMap(({ card }) => card.signatures),
      ...canaries.flatMap(({ id }) => recordSignatures(ctx, 'canary.plan', id)),
      ...verdicts.flatMap(({ id }) => recordSignatures(ctx, 'canary.verdict', id)),
      ...packets.flatMap(({ id }) => recordSignatures(ctx, 'handoff.packet', id)),
      ...incidents
        .flatMap((incident) => closingIds(incident))
        .flatMap((id) => recordSignatures(ctx, 'incident.closing', id)),
      ...recordSignatures(ctx, 'drift.policy', scope.modelId),
    ],
    revokedKeys: revokedKeys(ctx),
    timestamps: findStampedCheckpoints(ctx.db),
  };
}

function packCanary(ctx: AppContext, canaryId: CanaryId): PackedCanary {
  const { judgement: _now, picture: _picture, ...canary } = getCanary(ctx, { canaryId });
  return canary;
}

/** A batch belongs to a period when its own period, or else its computation, overlaps it. */
function isInPeriod(head: DriftReportHead, { periodStart, periodEnd }: Scope): boolean {
  const computed = head.computedAtUtc.slice(0, 10);
  const start = head.periodStart ?? computed;
  const end = head.periodEnd ?? computed;
  return (periodEnd === null || start <= periodEnd) && (periodStart === null || end >= periodStart);
}

function isDayInPeriod(atUtc: string, { periodStart, periodEnd }: Scope): boolean {
  const day = atUtc.slice(0, 10);
  return (periodStart === null || day >= periodStart) && (periodEnd === null || day <= periodEnd);
}

/** Profiles, not rows: a category that only a few rows have could point at a person. */
function withoutSmallGroups(report: DriftReport): DriftReport {
  return { ...report, features: report.features.map(mergeSmallCategories) };
}

function mergeSmallCategories(feature: FeatureDrift): FeatureDrift {
  const { picture } = feature;
  if (picture?.type !== 'categories') return feature;
  const groups = picture.labels.map((label, i) => ({
    label,
    reference: picture.reference[i] ?? 0,
    live: picture.live[i] ?? 0,
  }));
  const kept = groups.filter(({ reference, live }) => Math.max(reference, live) >= MIN_GROUP);
  const small = groups.filter(({ reference, live }) => Math.max(reference, live) < MIN_GROUP);
  return {
    ...feature,
    picture: {
      ...picture,
      labels: kept.map(({ label }) => label),
      reference: kept.map(({ reference }) => reference),
      live: kept.map(({ live }) => live),
      otherReference: picture.otherReference + sum(small.map(({ reference }) => reference)),
      otherLive: picture.otherLive + sum(small.map(({ live }) => live)),
    },
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** The records as files of the package: canonical JSON, one file each; timestamps as they came. */
export function toFiles(records: ScopedRecords): PackageRecord[] {
  const { model, versions, cards, references, policy, reports, alerts, incidents } = records;
  const { lifecycle } = records;
  const { canaries, packets, signatures, revokedKeys, timestamps } = records;
  return [
    file('data/model.json', `Model ${model.name}`, model),
    ...versions.map((version) =>
      file(
        `data/versions/${version.id}.json`,
        `Version ${version.snapshot.version} with its signature`,
        version,
      ),
    ),
    ...cards.flatMap(cardFiles),
    ...references.map((reference) =>
      file(
        `data/references/${reference.id}.json`,
        `Reference ${reference.file.fileName}`,
        reference,
      ),
    ),
    file('data/lifecycle.json', `${lifecycle.changes.length} changes of stage`, lifecycle),
    file('data/canaries.json', `${canaries.length} canaries`, canaries),
    file('data/handoff.json', `${packets.length} hand-off packets`, packets),
    file('data/drift-policy.json', `Drift policy, revision ${policy.revision}`, policy),
    ...reports.map((report) =>
      file(`data/drift/${report.id}.json`, `Drift report ${report.label}`, report),
    ),
    file('data/alerts.json', `${alerts.length} alerts`, alerts),
    file('data/incidents.json', `${incidents.length} incidents with their timelines`, incidents),
    file('data/signatures.json', `${signatures.length} signatures under these records`, signatures),
    file(REVOKED_KEYS_PATH, `${revokedKeys.length} revoked keys`, revokedKeys),
    ...timestamps.flatMap(timestampFiles),
  ];
}

/** A card for machines and for people, side by side. */
function cardFiles({ card, html }: PackagedCard): PackageRecord[] {
  const path = `data/cards/${card.versionId}`;
  const title = `Model card of version ${card.version}, revision ${card.head.revision}`;
  return [
    file(`${path}.json`, title, card),
    { path: `${path}.html`, title: `${title}, for people`, bytes: new TextEncoder().encode(html) },
  ];
}

/** Response and checkpoint side by side: what `openssl ts -verify` takes. */
function timestampFiles(timestamp: StampedCheckpoint): PackageRecord[] {
  const { id, logSize, checkpoint, response, authority } = timestamp;
  const path = `${TIMESTAMP_FOLDER}${id}`;
  return [
    {
      path: `${path}.checkpoint.txt`,
      title: `Checkpoint of the log at ${logSize} events`,
      bytes: new TextEncoder().encode(checkpoint),
    },
    { path: `${path}.tsr`, title: `Its timestamp by ${authority}`, bytes: response },
  ];
}

function file(path: string, title: string, record: unknown): PackageRecord {
  return { path, title, bytes: new TextEncoder().encode(`${canonicalJson(record)}\n`) };
}

/** Identifiers of every record in scope: audit events about them belong to the package. */
export function subjectsOf({
  model,
  versions,
  references,
  reports,
  alerts,
  incidents,
  lifecycle,
  canaries,
  packets,
  timestamps,
}: ScopedRecords): ReadonlySet<string> {
  const ids: readonly (readonly { readonly id: string }[])[] = [
    [model],
    versions,
    references,
    reports,
    alerts,
    incidents,
    lifecycle.requests,
    canaries,
    canaries.flatMap(({ verdicts }) => verdicts),
    packets,
    timestamps,
  ];
  return new Set<string>(ids.flat().map(({ id }) => id));
}
