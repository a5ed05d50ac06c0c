import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ModelId } from '../../shared/base/ids';
import type { loopChannels, Outbox } from '../../shared/handoff/loopChannels';
import type { RollbackManifest } from '../../shared/handoff/manifestSchemas';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import { writeFileAtomically } from '../io/atomicWrite';
import { pickSourceFolder } from '../io/pickSource';
import { listAlerts } from '../incident/alertService';
import {
  countWritten,
  findFolder,
  findWaiting,
  insertDelivery,
  insertFolder,
  insertManifest,
  type QueuedManifest,
} from './outboxRepo';
import { kubernetesName } from './packetFacts';
import type { RolledBack } from '../app/context';

type Input<K extends keyof typeof loopChannels> = InputOf<(typeof loopChannels)[K]>;

/** Read by the account that serves, which is not the one that writes. */
const MANIFEST_MODE = 0o644;
const RULE = 'outbox';

/** The folder that serving pipelines watch, and what waits for it. */
export function getOutbox({ db }: AppContext): Outbox {
  return { ...findFolder(db), nWaiting: findWaiting(db).length, nWritten: countWritten(db) };
}

/**
 * Chooses the outbox folder, or none, and writes what waits for it.
 *
 * @throws AppFailure CANCELLED, NOT_FOUND (token), CONFLICT (somebody was first)
 */
export async function setOutbox(
  ctx: AppContext,
  { source, reason, revision }: Input<'handoff.setOutbox'>,
): Promise<Outbox> {
  const path = source === null ? null : await pickSourceFolder(ctx, source, 'Outbox folder');
  const before = findFolder(ctx.db);
  if (before.revision !== revision) {
    throw new AppFailure(
      'CONFLICT',
      'The outbox was changed since you opened it. Nothing was changed.',
      { current: getOutbox(ctx) },
    );
  }
  const nameOf = (one: string | null): string | null => (one === null ? null : basename(one));
  const detail = {
    before: { folder: nameOf(before.path) },
    after: { folder: nameOf(path) },
    reason,
  };
  ctx.write('handoff.outboxSet', ctx.workspace.id, detail, (db) =>
    insertFolder(db, {
      revision: revision + 1,
      path,
      reason,
      setAtUtc: ctx.nowUtc(),
      setBy: ctx.actor.id,
    }),
  );
  deliverOutbox(ctx);
  return getOutbox(ctx);
}

/**
 * Queues the manifest of a rollback, in the write that records the step, so that neither is without the
 * other. A person's rollback is queued only where an outbox is chosen: then who serves follows the registry.
 */
export function queueRollback(db: AppContext['db'], step: RolledBack): void {
  if (step.policy === null && findFolder(db).path === null) return;
  const { modelId, modelName, restore, retire, stageChange, atUtc, by, reason, policy } = step;
  const content: RollbackManifest = {
    schema: 'tag:assay,2026:rollback/v1',
    state: 'done',
    modelId,
    modelName,
    restore,
    retire,
    decision: { atUtc, reason, by, stageChange, policy },
  };
  const number = String(stageChange).padStart(6, '0');
  const fileName = `${kubernetesName(`rollback-${number}-${modelName}`, `v${restore.version}`)}.json`;
  insertManifest(db, {
    stageOrdinal: stageChange,
    modelId,
    fileName,
    content,
    createdAtUtc: atUtc,
  });
}

/**
 * Writes every manifest that waits into the outbox, each whole or not at all, oldest first.
 *
 * What cannot be written waits for the next time; an alert says so until somebody closes it.
 *
 * @returns how many were written
 */
export function deliverOutbox(ctx: AppContext): number {
  const waiting = findWaiting(ctx.db);
  if (waiting.length === 0) return 0;
  const { path } = findFolder(ctx.db);
  let nWritten = 0;
  for (const manifest of waiting) {
    const obstacle = tryWrite(path, manifest);
    if (obstacle !== null) {
      alertOnce(ctx, manifest, obstacle);
      break;
    }
    const sha256 = createHash('sha256').update(manifest.content).digest('hex');
    const after = { modelId: manifest.modelId, fileName: manifest.fileName, sha256 };
    ctx.write('handoff.manifestWritten', manifest.modelId, { after }, (db) =>
      insertDelivery(db, manifest.stageOrdinal, {
        writtenAtUtc: ctx.nowUtc(),
        writtenBy: ctx.actor.id,
      }),
    );
    nWritten += 1;
  }
  return nWritten;
}

/** Why it could not be written, or null. */
function tryWrite(folder: string | null, { fileName, content }: QueuedManifest): string | null {
  if (folder === null) return 'no outbox folder is chosen';
  try {
    if (!statSync(folder).isDirectory()) return `${basename(folder)} is not a folder`;
    writeFileAtomically(join(folder, fileName), content, MANIFEST_MODE);
    return null;
  } catch (error) {
    return error instanceof AppFailure
      ? error.message
      : `the outbox folder ${basename(folder)} is not there or cannot be written to`;
  }
}

function alertOnce(ctx: AppContext, { modelId, fileName }: QueuedManifest, obstacle: string): void {
  const isKnown = listAlerts(ctx, { modelId }).some(
    ({ rule, state }) => rule === RULE && state !== 'closed',
  );
  if (isKnown) return;
  const message = `The rollback manifest ${fileName} waits: ${obstacle}. It is kept and written once the outbox can be; until then tell whoever serves the model.`;
  ctx.write('handoff.outboxBlocked', modelId, { after: { fileName, obstacle } }, (db) =>
    ctx.hooks.ruleBroken(db, {
      modelId: modelId satisfies ModelId,
      versionId: null,
      segment: null,
      rule: RULE,
      source: { kind: 'outbox', fileName },
      label: 'Outbox',
      severity: 'critical',
      message,
      atUtc: ctx.nowUtc(),
    }),
  );
}
