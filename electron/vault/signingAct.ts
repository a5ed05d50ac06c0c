import type { KeyObject } from 'node:crypto';
import type { SigningAct } from '../../shared/audit/signature';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, Signer } from '../app/context';
import { openSlot } from './keySlot';
import { deriveMasterKey } from './passphraseKey';
import { unwrapPersonKey, type PersonKey } from './personKeys';
import { createSigner } from './recordSignature';
import type { SessionParts } from './session';
import { findActiveKey } from './vaultRepo';
import { tooSoon, wrongPassphrase } from './wrongPassphrase';

export interface Signing extends SessionParts {
  readonly write: AppContext['write'];
  isOpen(): boolean;
}

/**
 * Unwraps the person's signing key with the passphrase typed for this act, and forgets it after.
 *
 * @throws AppFailure FORBIDDEN when the passphrase is wrong, LOCKED when the session ended meanwhile
 */
export async function signOnce<T>(
  signing: Signing,
  act: SigningAct,
  use: (signer: Signer) => T,
): Promise<T> {
  const { attempts, workspace, actor: person, nowMs } = signing;
  const retryAfterMs = attempts.retryAfterMs(nowMs());
  if (retryAfterMs > 0) throw tooSoon(retryAfterMs);
  const { privateKey, key } = await unwrapSigningKey(signing, act.passphrase);
  if (!workspace.isReadOnly) attempts.clear();
  const parts = { workspaceId: workspace.id, person, key, privateKey, act, nowMs };
  const { signer, end } = createSigner(parts);
  try {
    const result = use(signer);
    if (result instanceof Promise) throw new TypeError('a signing act must not wait');
    return result;
  } finally {
    end();
  }
}

/**
 * Unwraps the workspace's key with the passphrase typed for this act, and wipes it after.
 *
 * @throws AppFailure FORBIDDEN when the passphrase is wrong, LOCKED when the session ended meanwhile
 */
export async function useDataKeyOnce<T>(
  signing: Signing,
  passphrase: string,
  use: (dataKey: Buffer) => T | Promise<T>,
): Promise<T> {
  const { attempts, workspace, slot, nowMs } = signing;
  const retryAfterMs = attempts.retryAfterMs(nowMs());
  if (retryAfterMs > 0) throw tooSoon(retryAfterMs);
  requireOpen(signing);
  const masterKey = await deriveMasterKey(passphrase, slot.kdf);
  const dataKey = openSlot(workspace.id, slot, masterKey);
  masterKey.fill(0);
  requireOpen(signing);
  if (dataKey === null) throw refuseSigning(signing);
  if (!workspace.isReadOnly) attempts.clear();
  try {
    return await use(dataKey);
  } finally {
    dataKey.fill(0);
  }
}

async function unwrapSigningKey(
  signing: Signing,
  passphrase: string,
): Promise<{ readonly privateKey: KeyObject; readonly key: PersonKey }> {
  const { db, actor, workspace, slot } = signing;
  requireOpen(signing);
  const key = findActiveKey(db, actor.id, 'sign');
  if (key === null) throw new Error('the person has no signing key');
  const masterKey = await deriveMasterKey(passphrase, slot.kdf);
  const owner = { workspaceId: workspace.id, personId: actor.id };
  const privateKey = unwrapPersonKey(key, owner, masterKey);
  masterKey.fill(0);
  requireOpen(signing);
  if (privateKey === null) throw refuseSigning(signing);
  return { privateKey, key };
}

function refuseSigning({ actor, attempts, write, workspace, nowMs }: Signing): AppFailure {
  const atMs = nowMs();
  attempts.record({ atUtc: new Date(atMs).toISOString(), personId: actor.id, act: 'sign' });
  const nAttempts = attempts.failed().filter(({ act }) => act === 'sign').length;
  if (!workspace.isReadOnly) {
    write('vault.signingRefused', actor.id, { after: { nAttempts } }, () => undefined);
  }
  return wrongPassphrase(attempts.retryAfterMs(atMs));
}

function requireOpen({ isOpen }: Signing): void {
  if (!isOpen()) throw new AppFailure('LOCKED', 'The workspace is locked. Sign in to go on.');
}
