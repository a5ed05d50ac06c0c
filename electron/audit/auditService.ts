import { basename } from 'node:path';
import type { auditChannels, ChainVerification, EventPage } from '../../shared/audit/channels';
import type { VerificationResult } from '../../shared/audit/auditPackage';
import type { InputOf } from '../../shared/ipc/channel';
import type { AppContext, CoreContext } from '../app/context';
import { pickSourceFile } from '../io/pickSource';
import { sweepLog } from '../vault/vaultService';
import { listEvents as findEventPage } from './auditRepo';

export { exportPackage, previewPackage } from './exportPackage';
export { importTimestamp, listTimestamps, requestTimestamp } from './timestampService';

type Input<K extends keyof typeof auditChannels> = InputOf<(typeof auditChannels)[K]>;

/** One page of the log, newest first. */
export function listEvents(ctx: AppContext, input: Input<'audit.listEvents'>): Promise<EventPage> {
  return findEventPage(ctx.db, input);
}

/**
 * Checks every event of the log and compares it with the heads kept outside the database.
 *
 * @throws AppFailure CANCELLED
 */
export async function verifyChain(ctx: AppContext): Promise<ChainVerification> {
  const { size, rootSha256, broken } = await sweepLog(ctx);
  return {
    nEvents: size,
    isIntact: broken === null,
    rootSha256,
    verifiedAtUtc: ctx.nowUtc(),
    broken,
  };
}

/**
 * Checks any package step by step, in a job process; works without a workspace.
 *
 * @throws AppFailure NOT_FOUND (token), BAD_DATA (the file cannot be read), CANCELLED
 */
export async function verifyPackage(
  ctx: CoreContext,
  input: Input<'audit.verifyPackage'>,
): Promise<{ readonly fileName: string; readonly verification: VerificationResult }> {
  const path = await pickSourceFile(ctx, input.source, {
    title: 'Audit package',
    extensions: ['zip'],
  });
  const { trusted, revoked } = input;
  const verification = await ctx.jobs.run('audit.verifyPackage', { path, trusted, revoked }, ctx);
  return { fileName: basename(path), verification };
}
