import type { KeyObject } from 'node:crypto';
import type { SigningAct } from '../../shared/audit/signature';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, Signer } from '../app/context';
import { isClockBehind } from '../audit/logService';
import { findSigningKey, isKeyConfirmed } from './keyConfirmation';
import { unwrapKeys, wipe } from './openWorkspace';
import { findActiveKey, foldName } from './peopleRepo';
import { unwrapPersonKey, type PersonKey } from './personKeys';
import { createSigner } from './recordSignature';
import type { SessionParts } from './session';
import { findSlot } from './vaultStore';
import type { SlotKeys } from './keySlot';
import { tooSoon, wrongPassphrase, type TypedSecret } from './signInFailures';

/** After this long without a signature, the name is asked for again beside the passphrase. */
export const NAME_AGAIN_AFTER_MS = 15 * 60_000;

export interface Signing extends SessionParts {
  readonly write: AppContext['write'];
  /** When this session last signed; null before its first signature. */
  readonly lastSigned: { atMs: number | null };
  isOpen(): boolean;
}

/**
 * Unwraps the person's signing key with what was typed for this act, and forgets it after.
 *
 * The first signature of a session, and one after a long pause, needs name and passphrase; others need
 * the passphrase (21 CFR 11.200(a)(1)). A clock that stands behind the log must be confirmed.
 *
 * @throws AppFailure FORBIDDEN when name or passphrase is wrong, CONFLICT when the clock is behind,
 *   LOCKED when the session ended meanwhile
 */
export async function signOnce<T>(
  signing: Signing,
  act: SigningAct,
  use: (signer: Signer) => T | Promise<T>,
): Promise<T> {
  const { db, workspace, actor: person, lastSigned, nowMs } = signing;
  requireOpen(signing);
  requireConfirmedClock(signing, act);
  requireName(signing, act);
  const key = findActiveKey(db, person.id, 'sign');
  const known = findSigningKey(db, person.id);
  if (key === null || known === null) throw new Error('the person has no signing key');
  const keys = await openOwnSlot(signing, act.passphrase, typedSecret(act));
  const privateKey = unwrapSigningKey(signing, key, keys);
  const isConfirmed = isKeyConfirmed(db, known);
  const { id: workspaceId } = workspace;
  const parts = { workspaceId, person, key, privateKey, isKeyConfirmed: isConfirmed, act, nowMs };
  const { signer, end } = createSigner(parts);
  try {
    const result = await use(signer);
    lastSigned.atMs = nowMs();
    return result;
  } finally {
    end();
  }
}

/**
 * Unwraps the person's slot with the passphrase typed for this act, and wipes its keys after.
 *
 * @throws AppFailure FORBIDDEN when the passphrase is wrong, LOCKED when the session ended meanwhile
 */
export async function useSlotKeysOnce<T>(
  signing: Signing,
  passphrase: string,
  use: (keys: SlotKeys) => T | Promise<T>,
): Promise<T> {
  const keys = await openOwnSlot(signing, passphrase, 'The passphrase');
  try {
    return await use(keys);
  } finally {
    wipe(keys);
  }
}

/** True while the next signature needs the name too. */
export function needsName({ lastSigned, nowMs }: Pick<Signing, 'lastSigned' | 'nowMs'>): boolean {
  return lastSigned.atMs === null || nowMs() - lastSigned.atMs > NAME_AGAIN_AFTER_MS;
}

async function openOwnSlot(
  signing: Signing,
  passphrase: string,
  what: TypedSecret,
): Promise<SlotKeys> {
  const { attempts, actor, workspace, store, nowMs } = signing;
  requireOpen(signing);
  const retryAfterMs = attempts.retryAfterMs(nowMs());
  if (retryAfterMs > 0) throw tooSoon(retryAfterMs);
  const vault = store.current();
  const slot = findSlot(vault, actor.id);
  if (slot === null) throw new AppFailure('LOCKED', 'You have no key slot any more.');
  const keys = await unwrapKeys(vault, slot, passphrase);
  if (keys === null) {
    requireOpen(signing);
    throw refuse(signing, what);
  }
  if (!signing.isOpen()) wipe(keys);
  requireOpen(signing);
  if (!workspace.isReadOnly) attempts.clear();
  return keys;
}

function unwrapSigningKey(
  { actor, workspace }: Signing,
  key: PersonKey,
  keys: SlotKeys,
): KeyObject {
  const owner = { workspaceId: workspace.id, personId: actor.id };
  const privateKey = unwrapPersonKey(key, owner, keys.personKek);
  wipe(keys);
  if (privateKey !== null) return privateKey;
  throw new AppFailure('INTEGRITY', 'Your signing key was altered outside Assay.', {
    step: 'signingKey',
  });
}

function requireName(signing: Signing, act: SigningAct): void {
  const { printedName } = act;
  const { actor, attempts, nowMs } = signing;
  const retryAfterMs = attempts.retryAfterMs(nowMs());
  if (retryAfterMs > 0) throw tooSoon(retryAfterMs);
  if (printedName === null) {
    if (!needsName(signing)) return;
    throw new AppFailure(
      'INVALID_INPUT',
      'The first signature of a session needs your name and your passphrase. Nothing was signed. Type your name as it is printed with your signatures.',
      { needs: 'printedName' },
    );
  }
  if (foldName(printedName) !== foldName(actor.printedName))
    throw refuse(signing, typedSecret(act));
}

function requireConfirmedClock({ db, nowMs }: Signing, { isClockConfirmed }: SigningAct): void {
  if (isClockConfirmed || !isClockBehind(db, nowMs())) return;
  throw new AppFailure(
    'CONFLICT',
    'The clock of this machine stands before the last recorded event. Nothing was signed. Set the clock right, or confirm that this is the time to sign with; the signature will say so.',
    { needs: 'clock' },
  );
}

/** Where a name was typed too, nobody is told which of the two was wrong. */
function typedSecret({ printedName }: SigningAct): TypedSecret {
  return printedName === null ? 'The passphrase' : 'The name or the passphrase';
}

function refuse(
  { actor, attempts, write, workspace, nowMs }: Signing,
  what: TypedSecret,
): AppFailure {
  const atMs = nowMs();
  attempts.record({ atUtc: new Date(atMs).toISOString(), personId: actor.id, act: 'sign' });
  const nAttempts = attempts.failed().filter(({ act }) => act === 'sign').length;
  if (!workspace.isReadOnly) {
    write('vault.signingRefused', actor.id, { after: { nAttempts } }, () => undefined);
  }
  return wrongPassphrase(attempts.retryAfterMs(atMs), what);
}

function requireOpen({ isOpen }: Signing): void {
  if (!isOpen()) throw new AppFailure('LOCKED', 'The workspace is locked. Sign in to go on.');
}
