import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import type { ModelId } from '../../shared/base/ids';
import type { CitedEvidence, PacketEvidence } from '../../shared/handoff/packet';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import { verdictsOf } from '../canary/canaryService';
import { getReport as getDriftReport, listReports } from '../drift/driftService';
import { getIncident, listIncidents } from '../incident/incidentService';
import { getReport as getMeasurement, overview } from '../performance/performanceService';

export type EvidenceChoice = Omit<CitedEvidence, 'sha256'>;

/** Every record of a model that a packet can cite, newest first. @throws AppFailure NOT_FOUND (model) */
export function evidenceChoices(ctx: AppContext, modelId: ModelId): EvidenceChoice[] {
  const reports = listReports(ctx, modelId).map(({ id, label, computedAtUtc, summary }) => ({
    evidence: { kind: 'driftReport' as const, reportId: id },
    title: `Drift report ${label}: ${summary.nDrifted} features moved`,
    atUtc: computedAtUtc,
  }));
  const windows = overview(ctx, { modelId }).windows.map(({ log, report }) => ({
    evidence: { kind: 'performance' as const, logId: log.id, reportId: report.id },
    title: `Performance of ${log.label}, version ${log.version}`,
    atUtc: report.computedAtUtc,
  }));
  const incidents = listIncidents(ctx, { modelId }).map(({ id, title, openedAtUtc }) => ({
    evidence: { kind: 'incident' as const, incidentId: id },
    title: `Incident ${title}`,
    atUtc: openedAtUtc,
  }));
  const verdicts = verdictsOf(ctx, modelId).map(({ id, judgement, judgedAtUtc }) => ({
    evidence: { kind: 'canaryVerdict' as const, verdictId: id },
    title: `Canary verdict: ${judgement.sentence}`,
    atUtc: judgedAtUtc,
  }));
  return [...reports, ...windows, ...incidents, ...verdicts].sort((a, b) =>
    b.atUtc.localeCompare(a.atUtc),
  );
}

/** What is hashed of a record; an incident's is what its people wrote, without what core offers them. */
function recordOf(ctx: AppContext, modelId: ModelId, evidence: PacketEvidence): unknown {
  switch (evidence.kind) {
    case 'driftReport':
      return getDriftReport(ctx, { reportId: evidence.reportId });
    case 'performance':
      return getMeasurement(ctx, evidence).report;
    case 'incident': {
      const incident = getIncident(ctx, { incidentId: evidence.incidentId });
      const { offered: _offered, restoration: _restoration, ...record } = incident;
      return record;
    }
    case 'canaryVerdict':
      return verdictsOf(ctx, modelId).find(({ id }) => id === evidence.verdictId);
  }
}

/** SHA-256 of a cited record as it is now. @throws AppFailure NOT_FOUND */
export function evidenceDigest(
  ctx: AppContext,
  modelId: ModelId,
  evidence: PacketEvidence,
): string {
  return createHash('sha256')
    .update(canonicalJson(recordOf(ctx, modelId, evidence)))
    .digest('hex');
}

/**
 * Cites records of a model, each with its digest as it is now.
 *
 * @throws AppFailure NOT_FOUND when one is not a record of this model
 */
export function citeEvidence(
  ctx: AppContext,
  modelId: ModelId,
  evidence: readonly PacketEvidence[],
): CitedEvidence[] {
  const choices = new Map(
    evidenceChoices(ctx, modelId).map((choice) => [keyOf(choice.evidence), choice]),
  );
  const wanted = new Map(evidence.map((one) => [keyOf(one), one]));
  return [...wanted].map(([key, one]) => {
    const choice = choices.get(key);
    if (choice === undefined)
      throw new AppFailure(
        'NOT_FOUND',
        'One of the cited records is not of this model. Nothing was recorded. Choose the evidence again.',
        { evidence: one },
      );
    return { ...choice, sha256: evidenceDigest(ctx, modelId, one) };
  });
}

function keyOf(evidence: PacketEvidence): string {
  return canonicalJson(evidence);
}
