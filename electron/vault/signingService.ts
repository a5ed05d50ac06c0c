import { createHash } from 'node:crypto';
import type { RevokedKey } from '../../shared/audit/auditPackage';
import type { Signature } from '../../shared/audit/signature';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { PersonId } from '../../shared/base/ids';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import {
  ACCOUNTABILITY_STATEMENT,
  meaningChoices,
  signingObstacle,
  type ShownSignature,
  type SignableRef,
  type SignableType,
  type SignedRecord,
  type SigningPreview,
  type SigningState,
} from '../../shared/vault/signable';
import type { signingChannels } from '../../shared/vault/signingChannels';
import type { AppContext, SignableRecord, StageKind } from '../app/context';
import { isClockBehind, lastEventTime } from '../audit/logService';
import { authorsOfKey, findSigningKey, isKeyConfirmed, keyRecord } from './keyConfirmation';
import { findPerson, listKeys } from './peopleRepo';
import { toSignature, unconfirmedKey } from './recordSignature';
import { findSignatures } from './vaultRepo';

type Input<K extends keyof typeof signingChannels> = InputOf<(typeof signingChannels)[K]>;

/** A record that was shown for signing, as it was then. */
const SHOWN_RECORD: StageKind<SignableRef & { readonly recordSha256: string }> = {
  name: 'vault.signing',
};

/** What the next signature of this session needs. */
export function signingState(
  ctx: AppContext,
  { recordType }: Input<'vault.signingState'>,
): SigningState {
  const { db, actor, vault } = ctx;
  const nowUtc = ctx.nowUtc();
  const key = findSigningKey(db, actor.id);
  const needsConfirmedKey = recordType !== 'vault.accountability';
  const isUsable = key !== null && (!needsConfirmedKey || isKeyConfirmed(db, key));
  return {
    needsName: vault.session()?.needsName() ?? true,
    isClockBehind: isClockBehind(db, Date.parse(nowUtc)),
    lastEventAtUtc: lastEventTime(db) ?? nowUtc,
    nowUtc,
    obstacle: isUsable ? null : unconfirmedKey().message,
  };
}

/** The signatures under a record, and whether each is of the record as it is. @throws AppFailure NOT_FOUND */
export function listSignatures(ctx: AppContext, ref: SignableRef): SignedRecord {
  const { recordSha256 } = requireRecord(ctx, ref);
  const show = shownBy(ctx, recordSha256);
  return {
    recordSha256,
    signatures: findSignatures(ctx.db, ref.recordType, ref.recordId).map(show),
  };
}

/**
 * Renders a record for signing and holds it ready.
 *
 * @throws AppFailure NOT_FOUND
 */
export function previewSigning(ctx: AppContext, ref: SignableRef): SigningPreview {
  const { record, recordJson, recordSha256, signed } = requireRecord(ctx, ref);
  const { title, facts, meanings, authors } = record;
  return {
    stageId: ctx.stages.put(SHOWN_RECORD, { ...ref, recordSha256 }),
    title,
    facts,
    recordJson,
    recordSha256,
    meanings: meaningChoices(meanings, ctx.actor.id, { authors, signed }),
  };
}

/** Signs somebody else's record. @throws AppFailure as {@link sign} */
export function signRecord(
  ctx: AppContext,
  input: Input<'vault.signRecord'>,
): Promise<ShownSignature> {
  return sign(
    ctx,
    input,
    [
      'registry.version',
      'registry.promotion',
      'card.revision',
      'canary.plan',
      'canary.verdict',
      'explanation.letter',
      'handoff.packet',
      'dataflow.map',
      'incident.closing',
      'drift.policy',
      'performance.policy',
    ],
    'vault.recordSigned',
  );
}

/** Confirms that a signing key is its owner's. @throws AppFailure as {@link sign} */
export function confirmKey(
  ctx: AppContext,
  input: Input<'vault.confirmKey'>,
): Promise<ShownSignature> {
  return sign(ctx, input, ['vault.key'], 'vault.keyConfirmed');
}

/** Signs one's own statement of accountability. @throws AppFailure as {@link sign} */
export function signAccountability(
  ctx: AppContext,
  input: Input<'vault.signAccountability'>,
): Promise<ShownSignature> {
  return sign(ctx, input, ['vault.accountability'], 'vault.accountabilitySigned');
}

/**
 * Puts the person's signature under a record that they were shown.
 *
 * @throws AppFailure NOT_FOUND (the preview has expired), CONFLICT (the record changed since, or the clock
 *   is behind), FORBIDDEN (their own work, signed already, key not confirmed, wrong passphrase),
 *   INVALID_INPUT (the name is missing)
 */
async function sign(
  ctx: AppContext,
  { stageId, signing }: Input<'vault.signRecord'>,
  types: readonly SignableType[],
  action: string,
): Promise<ShownSignature> {
  const { recordSha256: shownSha256, ...ref } = ctx.stages.get(SHOWN_RECORD, stageId);
  if (!types.includes(ref.recordType)) throw notOfThisKind();
  const { recordType, recordId } = ref;
  const { record, recordSha256, signed } = requireRecord(ctx, ref);
  if (recordSha256 !== shownSha256) throw changedSincePreview();
  const { meaning, reason } = signing;
  const obstacle = record.meanings.includes(meaning)
    ? signingObstacle(meaning, ctx.actor.id, { authors: record.authors, signed })
    : 'This meaning is not for this record.';
  if (obstacle !== null) throw new AppFailure('FORBIDDEN', obstacle, { meaning });
  const signature = await ctx.withSigningKey(signing, (signer) =>
    ctx.write(action, recordId, { after: { recordType, recordSha256, meaning }, reason }, (db) => {
      const signed = signer.signRecord(db, recordType, recordId, record.record);
      ctx.hooks.recordSigned(db, { ...ref, signature: signed });
      return signed;
    }),
  );
  ctx.stages.drop(stageId);
  return shownBy(ctx, recordSha256)(signature);
}

function requireRecord(ctx: AppContext, { recordType, recordId }: SignableRef) {
  const record = ctx.signables[recordType](ctx, recordId);
  if (record === null) {
    throw new AppFailure('NOT_FOUND', 'There is no such record to sign.', { recordType, recordId });
  }
  const recordJson = canonicalJson(record.record);
  const recordSha256 = createHash('sha256').update(recordJson).digest('hex');
  const signatures = findSignatures(ctx.db, recordType, recordId);
  const signed = signatures.filter((one) => one.recordSha256 === recordSha256);
  return { record, recordJson, recordSha256, signed };
}

/** Adds to a signature what only the present can tell: is it of this record, is its key still valid. */
function shownBy(ctx: AppContext, recordSha256: string): (stored: Signature) => ShownSignature {
  const keys = new Map(listKeys(ctx.db).map((key) => [key.keyId, key]));
  return (stored) => {
    const signature = toSignature(stored);
    return {
      ...signature,
      isCurrent: signature.recordSha256 === recordSha256,
      keyRevokedAtUtc: keys.get(signature.keyId)?.retiredAtUtc ?? null,
    };
  };
}

/** A signature as it leaves the workspace: with the exact bytes that were signed. */
export interface RecordSignature extends ShownSignature {
  readonly recordType: SignableType;
  readonly recordId: string;
  readonly statementBase64: string;
}

/** The signatures under a record for an outsider, who can check each with the key that it names. */
export function recordSignatures(
  ctx: AppContext,
  recordType: SignableType,
  recordId: string,
): RecordSignature[] {
  const show = shownBy(ctx, requireRecord(ctx, { recordType, recordId }).recordSha256);
  return findSignatures(ctx.db, recordType, recordId).map((stored) => ({
    ...show(stored),
    recordType,
    recordId,
    statementBase64: Buffer.from(stored.statement).toString('base64'),
  }));
}

/** Every key that is not valid any more, in the order in which they ended. */
export function revokedKeys({ db }: AppContext): RevokedKey[] {
  return listKeys(db)
    .flatMap(({ keyId, printedName, purpose, retiredAtUtc, retiredReason }) =>
      retiredAtUtc === null || retiredReason === null
        ? []
        : [
            {
              keySha256Hex: keyId,
              printedName,
              purpose,
              reason: retiredReason,
              revokedAtUtc: retiredAtUtc,
            },
          ],
    )
    .sort((a, b) => (a.revokedAtUtc < b.revokedAtUtc ? -1 : 1));
}

/** A new signing key, which a second person confirms by approving it. */
export function signableKey({ db }: AppContext, keyId: string): SignableRecord | null {
  const key = listKeys(db).find((one) => one.keyId === keyId && one.purpose === 'sign');
  if (key === undefined || key.isRetired) return null;
  const authorisedBy = key.authorisedBy === null ? null : findPerson(db, key.authorisedBy);
  return {
    title: `Signing key of ${key.printedName}`,
    facts: [
      { label: 'Person', value: key.printedName },
      { label: 'Fingerprint', value: key.keyId.match(/.{16}/gu)?.join(' ') ?? key.keyId },
      { label: 'How it came', value: key.origin },
      { label: 'Access given by', value: authorisedBy?.printedName ?? 'nobody else' },
      { label: 'Made at (UTC)', value: key.createdAtUtc },
    ],
    record: keyRecord(key),
    authors: authorsOfKey(key),
    meanings: ['approval'],
  };
}

/** A person's statement that they answer for what is done under their name. */
export function signableAccountability(
  { db, actor }: AppContext,
  id: string,
): SignableRecord | null {
  const personId = PersonId.safeParse(id);
  const person = personId.success ? findPerson(db, personId.data) : null;
  // Nobody makes this statement for somebody else.
  if (person === null || person.id !== actor.id) return null;
  const { printedName } = person;
  return {
    title: `Statement of accountability of ${printedName}`,
    facts: [
      { label: 'Person', value: printedName },
      { label: 'Statement', value: ACCOUNTABILITY_STATEMENT },
    ],
    record: { v: 1, personId: person.id, printedName, statement: ACCOUNTABILITY_STATEMENT },
    authors: [person.id],
    meanings: ['responsibility'],
  };
}

function notOfThisKind(): AppFailure {
  return new AppFailure('NOT_FOUND', 'This kind of record is not signed here. Nothing was signed.');
}

function changedSincePreview(): AppFailure {
  return new AppFailure(
    'CONFLICT',
    'The record changed since it was shown to you. Nothing was signed. Look at it again.',
  );
}
