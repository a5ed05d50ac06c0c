import type { HandoffPacketId, ModelId, PersonId } from '../../shared/base/ids';
import type { loopChannels } from '../../shared/handoff/loopChannels';
import {
  judgeRetraining,
  RetrainingPolicy,
  RetrainingRules,
  retrainingWords,
  type RetrainingFacts,
  type RetrainingRule,
  type RuleStanding,
} from '../../shared/handoff/retrainingRules';
import type { PacketEvidence } from '../../shared/handoff/packet';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { ModelVersion } from '../../shared/registry/model';
import type { AppContext } from '../app/context';
import { lastEventAbout } from '../audit/logService';
import type { Db } from '../db/openDatabase';
import { findNewestRevision, insertRevision } from '../db/policyRevision';
import { getReport, listReports } from '../drift/driftService';
import { overview } from '../performance/performanceService';
import { liveAt } from '../registry/historyService';
import { requireModel, requireVersion, wholeVersions } from '../registry/registryService';
import { listPackets } from './packetService';
import { findFirings, insertFiring, modelsWithRules } from './retrainingRepo';
import { draftByRule } from './ruleDraft';

type Input<K extends keyof typeof loopChannels> = InputOf<(typeof loopChannels)[K]>;

function findRules(db: Db, modelId: ModelId) {
  const saved = findNewestRevision(db, 'retraining_policy', modelId);
  const none = { revision: 0, policy: { rules: [] }, reason: '', setAtUtc: null, setBy: null };
  const { policy, ...facts } = saved ?? none;
  return { ...facts, policy: RetrainingPolicy.parse(policy) };
}

/** When a model shall be trained anew, and how far each rule is from firing. @throws AppFailure NOT_FOUND */
export function getRules(ctx: AppContext, { modelId }: Input<'handoff.getRules'>): RetrainingRules {
  requireModel(ctx, modelId);
  const { policy, ...saved } = findRules(ctx.db, modelId);
  const facts = policy.rules.length === 0 ? null : factsOf(ctx, modelId).facts;
  const firings = findFirings(ctx.db, modelId);
  return RetrainingRules.parse({
    ...saved,
    rules: policy.rules.map((rule) => {
      const last = firings.find(({ ruleId }) => ruleId === rule.id);
      const { cause: _cause, ...standing } = judgeRetraining(rule, facts ?? noFacts(ctx));
      const lastFired =
        last === undefined
          ? null
          : { atUtc: last.firedAtUtc, packetId: last.packetId, finding: last.finding };
      return { rule, ...standing, lastFired };
    }),
  });
}

function noFacts(ctx: AppContext): RetrainingFacts {
  return { nowUtc: ctx.nowUtc(), newest: null, report: null, window: null, nLabelled: 0 };
}

/**
 * Says when a model shall be trained anew, and looks at once whether a rule fires.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (somebody was first; `current` is what holds now)
 */
export function setRules(
  ctx: AppContext,
  { modelId, policy, reason, revision }: Input<'handoff.setRules'>,
): RetrainingRules {
  const before = getRules(ctx, { modelId });
  const detail = { before: before.rules.map(({ rule }) => rule), after: policy, reason };
  ctx.write('handoff.rulesSet', modelId, detail, (db) => {
    if (findRules(db, modelId).revision !== revision) {
      throw new AppFailure(
        'CONFLICT',
        'The retraining rules were changed since you opened them. Nothing was changed.',
        { current: before },
      );
    }
    insertRevision(db, 'retraining_policy', modelId, {
      revision: revision + 1,
      policy,
      reason,
      setAtUtc: ctx.nowUtc(),
      setBy: ctx.actor.printedName,
    });
  });
  ctx.hooks.evidenceChanged(ctx);
  return getRules(ctx, { modelId });
}

/**
 * Lets every rule fire whose condition holds, each once per cause; the first drafts a packet, and others join
 * it while it is open.
 *
 * @returns how many fired
 */
export function fireRules(ctx: AppContext): number {
  return modelsWithRules(ctx.db).reduce((sum, modelId) => sum + fireRulesOf(ctx, modelId), 0);
}

function fireRulesOf(ctx: AppContext, modelId: ModelId): number {
  const { policy, revision } = findRules(ctx.db, modelId);
  const setById = lastEventAbout(ctx.db, 'handoff.rulesSet', modelId)?.actorId ?? null;
  const rules = policy.rules.filter(({ isEnabled }) => isEnabled);
  if (rules.length === 0 || setById === null) return 0;
  const { facts, subject } = factsOf(ctx, modelId);
  if (subject === null) return 0;
  const fired = findFirings(ctx.db, modelId);
  let nFired = 0;
  for (const rule of rules) {
    const standing = judgeRetraining(rule, facts);
    const { cause } = standing;
    if (cause === null || fired.some((one) => one.ruleId === rule.id && one.cause === cause))
      continue;
    fire(ctx, { modelId, rule, revision, setById, standing, cause, facts, subject });
    nFired += 1;
  }
  return nFired;
}

interface Firing {
  readonly modelId: ModelId;
  readonly rule: RetrainingRule;
  readonly revision: number;
  readonly setById: PersonId;
  readonly standing: RuleStanding;
  readonly cause: string;
  readonly facts: RetrainingFacts;
  readonly subject: ModelVersion;
}

function fire(ctx: AppContext, firing: Firing): void {
  const { modelId, rule, revision, setById, standing, cause, subject } = firing;
  const finding = `${retrainingWords(rule)}: ${standing.sentence}`;
  const by = { firedAtUtc: ctx.nowUtc(), firedBy: ctx.actor.id };
  const row = { modelId, ruleId: rule.id, cause, policyRevision: revision, finding, ...by };
  const open = openPacket(ctx, firing);
  if (open !== null) {
    const after = { ruleId: rule.id, cause, packetId: open, finding };
    ctx.write('handoff.ruleFired', modelId, { after }, (db) =>
      insertFiring(db, { ...row, packetId: open }),
    );
    return;
  }
  draftByRule(ctx, modelId, {
    versionId: subject.id,
    evidence: evidenceOf(firing),
    cause: { policy: 'retraining', ruleId: rule.id, rulesRevision: revision, setById, finding },
    also(db, packetId) {
      insertFiring(db, { ...row, packetId });
      ctx.hooks.ruleBroken(db, {
        modelId,
        versionId: null,
        segment: null,
        rule: `retrain-${rule.id}`,
        source: { kind: 'packet', packetId },
        label: 'Retraining',
        severity: 'warning',
        message: `${finding} A hand-off packet waits for approval.`,
        atUtc: ctx.nowUtc(),
      });
    },
  });
}

/** A packet by a rule since the newest version that is still to be decided, or is approved. */
function openPacket(ctx: AppContext, { modelId, facts }: Firing): HandoffPacketId | null {
  const since = facts.newest?.registeredAtUtc ?? '';
  const open = listPackets(ctx, { modelId }).find(
    ({ isByRule, state, createdAtUtc }) =>
      isByRule && createdAtUtc >= since && (state === 'draft' || state === 'approved'),
  );
  return open?.id ?? null;
}

function evidenceOf({ rule, facts }: Firing): PacketEvidence[] {
  const { report, window } = facts;
  if ((rule.kind === 'driftShare' || rule.kind === 'driftFeature') && report !== null)
    return [{ kind: 'driftReport', reportId: report.id }];
  if (rule.kind === 'performance' && window !== null)
    return [{ kind: 'performance', logId: window.logId, reportId: window.reportId }];
  return [];
}

/** What the rules of a model look at, and which version would be trained anew. */
function factsOf(
  ctx: AppContext,
  modelId: ModelId,
): { readonly facts: RetrainingFacts; readonly subject: ModelVersion | null } {
  const nowUtc = ctx.nowUtc();
  const [newest] = wholeVersions(ctx.db, modelId);
  if (newest === undefined) return { facts: noFacts(ctx), subject: null };
  const { registeredAtUtc } = newest.snapshot;
  const liveId = liveAt(ctx, { modelId, atUtc: nowUtc }).live?.change.versionId;
  const subject = liveId === undefined ? newest : requireVersion(ctx, liveId);
  const windows = overview(ctx, { modelId }).windows.filter(
    ({ log }) => !log.isBaseline && log.importedAtUtc >= registeredAtUtc,
  );
  const facts = {
    nowUtc,
    newest: { id: newest.id, registeredAtUtc },
    report: newestReport(ctx, modelId, registeredAtUtc),
    window: newestWindow(windows),
    nLabelled: windows.reduce((sum, { report }) => sum + report.measurement.join.nLabelled, 0),
  };
  return { facts, subject };
}

function newestReport(
  ctx: AppContext,
  modelId: ModelId,
  sinceUtc: string,
): RetrainingFacts['report'] {
  const head = listReports(ctx, modelId)
    .filter(({ computedAtUtc }) => computedAtUtc >= sinceUtc)
    .reduce<{ readonly id: RetrainingReportId; readonly computedAtUtc: string } | null>(
      (last, one) => (last === null || one.computedAtUtc >= last.computedAtUtc ? one : last),
      null,
    );
  if (head === null) return null;
  const { id, label, features, summary } = getReport(ctx, { reportId: head.id });
  // Predictions and labels are compared, too; the summary counts features.
  const { nAssessed, nDrifted } = summary;
  return {
    id,
    label,
    nAssessed,
    nDrifted,
    values: Object.fromEntries(features.map(({ name, primaryValue }) => [name, primaryValue])),
  };
}

type RetrainingReportId = ReturnType<typeof listReports>[number]['id'];

function newestWindow(windows: ReturnType<typeof overview>['windows']): RetrainingFacts['window'] {
  const last = windows
    .toSorted((a, b) => a.report.computedAtUtc.localeCompare(b.report.computedAtUtc))
    .at(-1);
  if (last === undefined) return null;
  const { log, report } = last;
  return {
    logId: log.id,
    reportId: report.id,
    label: log.label,
    findings: report.findings.map(({ ruleId, verdict, sentence }) => ({
      ruleId,
      verdict,
      sentence,
    })),
  };
}
