import { noteCardApproval, signableCard } from '../card/cardSigning';
import { signablePlan, signableVerdict } from '../canary/canaryService';
import { signableLetter } from '../explanation/letterRecordService';
import { noteMapApproval, signableFlowMap } from '../dataflow/mapSigning';
import { signablePolicy } from '../drift/driftService';
import { settleQuietly } from '../handoff/loopService';
import { queueRollback } from '../handoff/outboxService';
import { signablePacket } from '../handoff/packetService';
import { noteAction } from '../handoff/ruleActionService';
import { raiseAlert, raiseAlertForReport } from '../incident/alertService';
import { signableClosing } from '../incident/closingService';
import { signablePerformancePolicy } from '../performance/performancePolicyService';
import { closeRejected, signablePromotion } from '../registry/promotionSigning';
import { signableVersion } from '../registry/registryService';
import { hasDeviceSlot } from '../vault/deviceSlot';
import type { KdfCost } from '../vault/passphraseKey';
import { signableAccountability, signableKey } from '../vault/signingService';
import { createVaultHolder, type Session } from '../vault/vaultHolder';
import { UtcInstant } from '../../shared/base/time';
import type { JobRunner } from '../workers/jobRunner';
import type {
  AppContext,
  CallScope,
  CoreContext,
  DomainHooks,
  Ports,
  Signables,
  WriteRider,
} from './context';
import type { Log } from './log';
import { createStageStore } from './stageStore';
import { withRider } from './writeRider';

/** One running core: everything that outlives a call. */
export interface Core {
  readonly context: Omit<CoreContext, keyof CallScope | 'call'>;
}

/** What differs between the desktop, the command line and the tests. */
export interface CoreOptions {
  readonly ports: Ports;
  readonly log: Log;
  readonly jobs: JobRunner;
  /** Wall clock in milliseconds since 1970; tests set it. */
  readonly nowMs?: () => number;
  /** What one guess of a new passphrase costs; tests take the floor. */
  readonly kdf?: KdfCost | undefined;
  /** Told which workspace folder is open. */
  readonly onFolder?: (folder: string | null) => void;
}

const hooks: DomainHooks = {
  driftReported: raiseAlertForReport,
  ruleBroken(db, broken, due) {
    const alertId = raiseAlert(db, broken);
    if (due !== undefined) noteAction(db, alertId, due);
    return alertId;
  },
  rolledBack: queueRollback,
  evidenceChanged: settleQuietly,
  recordSigned(db, signed) {
    closeRejected(db, signed);
    noteCardApproval(db, signed);
    noteMapApproval(db, signed);
  },
};

const signables: Signables = {
  'registry.version': signableVersion,
  'registry.promotion': signablePromotion,
  'card.revision': signableCard,
  'canary.plan': signablePlan,
  'canary.verdict': signableVerdict,
  'explanation.letter': signableLetter,
  'handoff.packet': signablePacket,
  'dataflow.map': signableFlowMap,
  'incident.closing': signableClosing,
  'drift.policy': signablePolicy,
  'performance.policy': signablePerformancePolicy,
  'vault.key': signableKey,
  'vault.accountability': signableAccountability,
};

/** Puts core together; the one place that knows every part. */
export function createCore({ ports, log, jobs, nowMs = Date.now, ...vault }: CoreOptions): Core {
  return {
    context: {
      ports,
      log,
      jobs,
      vault: createVaultHolder({
        ...vault,
        nowMs,
        log,
        appVersion: ports.appVersion,
        hasDeviceSlot: (owner) => hasDeviceSlot(ports.userDataFolder, owner),
      }),
      stages: createStageStore(),
      nowUtc: () => UtcInstant.parse(new Date(nowMs()).toISOString()),
    },
  };
}

/** The context of one call of a signed-in person. */
export function createAppContext(
  context: CoreContext,
  session: Session,
  rider?: WriteRider,
): AppContext {
  const own: AppContext = {
    ...context,
    db: session.db,
    actor: session.actor,
    workspace: session.workspace,
    hooks,
    signables,
    logSigner: session.logSigner,
    write: session.write,
    withSigningKey: session.withSigningKey,
    withSlotKeys: session.withSlotKeys,
  };
  if (rider === undefined) return own;
  return {
    ...own,
    write: withRider(session.write, rider),
    // What follows from the evidence is writes of their own, which the rider does not belong to.
    hooks: { ...hooks, evidenceChanged: () => hooks.evidenceChanged(own) },
  };
}
