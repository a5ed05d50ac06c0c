import { randomUUID } from 'node:crypto';
import { RecoveryKitId } from '../../shared/base/ids';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { VaultStatus } from '../../shared/vault/channels';
import type { PassphraseStrength } from '../../shared/vault/passphraseStrength';
import type { RecoveryKit, peopleChannels } from '../../shared/vault/peopleChannels';
import type { AppContext, CoreContext } from '../app/context';
import { newKey, slotDigest } from './keySlot';
import { lockWithCode, lockWithPassphrase } from './passphraseSlot';
import { findPerson, setSlot } from './peopleRepo';
import { RECOVERY_CODE_BITS, randomCode } from './printedCode';
import { endRecoveryKit, findRecoveryKit, insertRecoveryKit } from './recoveryRepo';
import { saveRecorded, withSlot } from './vaultStore';

type Input<K extends keyof typeof peopleChannels> = InputOf<(typeof peopleChannels)[K]>;

/**
 * Replaces one's own passphrase: the slot in vault.json is made anew, in one step, and nothing else.
 *
 * The change is recorded first. When it is cut short the old passphrase goes on working, and the next
 * sign-in records that the slot is not the one last recorded.
 *
 * @throws AppFailure FORBIDDEN (wrong passphrase, or the sample), INVALID_INPUT (weak, or the same), STORAGE
 */
export async function changePassphrase(
  ctx: AppContext,
  { passphrase, newPassphrase }: Input<'vault.changePassphrase'>,
): Promise<Record<string, never>> {
  if (ctx.vault.session()?.isSample === true) throw sampleStaysOpen();
  await requireStrong(newPassphrase, [ctx.workspace.name, ctx.actor.printedName]);
  if (passphrase.normalize('NFKC') === newPassphrase.normalize('NFKC')) throw samePassphrase();
  return ctx.withSlotKeys(passphrase, async (keys) => {
    const { id: personId, printedName } = ctx.actor;
    const owner = { personId, printedName, isOneTime: false };
    const { id: workspaceId } = ctx.workspace;
    const slot = await lockWithPassphrase(
      workspaceId,
      owner,
      newPassphrase,
      keys,
      await ctx.vault.cost(),
    );
    const slotSha256 = slotDigest(slot);
    const before = { slotSha256: findPerson(ctx.db, personId)?.slotSha256 ?? null };
    const detail = { before, after: { slotSha256 } };
    ctx.write('vault.passphraseChanged', personId, detail, (db) =>
      setSlot(db, personId, slotSha256),
    );
    const store = ctx.vault.store();
    const meanwhile = 'Your old passphrase goes on working: change it again then.';
    saveRecorded(store, withSlot(store.current(), slot), meanwhile);
    return {};
  });
}

/** The recovery kit that is valid now, without its code; null when there is none. */
export function getRecoveryKit({
  db,
}: AppContext): Omit<RecoveryKit, 'code' | 'workspaceName'> | null {
  const kit = findRecoveryKit(db);
  if (kit === null) return null;
  const madeBy = findPerson(db, kit.madeBy)?.printedName ?? kit.madeBy;
  return { id: kit.id, madeBy, madeAtUtc: kit.madeAtUtc };
}

/**
 * Makes a recovery kit: a code that lets an administrator in who has lost their passphrase. It opens
 * the workspace and signs nothing; one made before stops working.
 *
 * @throws AppFailure FORBIDDEN (wrong passphrase), STORAGE
 */
export function makeRecoveryKit(
  ctx: AppContext,
  { passphrase }: Input<'vault.makeRecoveryKit'>,
): Promise<RecoveryKit> {
  return ctx.withSlotKeys(passphrase, async ({ dataKey }) => {
    const { workspace, actor, vault } = ctx;
    const id = RecoveryKitId.parse(randomUUID());
    const code = randomCode(RECOVERY_CODE_BITS);
    const keys = { personKek: newKey(), dataKey };
    const slot = await lockWithCode(workspace.id, id, code, keys, await vault.cost());
    keys.personKek.fill(0);
    const slotSha256 = slotDigest(slot);
    const madeAtUtc = ctx.nowUtc();
    ctx.write('vault.recoveryKitMade', id, { after: { slotSha256 } }, (db) => {
      endRecoveryKit(db, { endedAtUtc: madeAtUtc, endedBy: actor.id, wasUsed: false });
      insertRecoveryKit(db, { id, madeBy: actor.id, madeAtUtc, slotSha256 });
    });
    const store = vault.store();
    const meanwhile = 'There is no valid kit: make it again then.';
    saveRecorded(store, { ...store.current(), recovery: slot }, meanwhile);
    return { id, madeBy: actor.printedName, madeAtUtc, code, workspaceName: workspace.name };
  });
}

/**
 * Lets a person in for the first time, or after a reset.
 *
 * @throws AppFailure FORBIDDEN (`retryAfterMs`), INVALID_INPUT (weak passphrase), CONFLICT, INTEGRITY
 */
export async function firstSignIn(
  ctx: CoreContext,
  { personId, oneTimePassphrase, newPassphrase }: Input<'vault.firstSignIn'>,
): Promise<VaultStatus> {
  await requireStrong(newPassphrase, namesOf(ctx));
  await ctx.vault.firstSignIn(personId, oneTimePassphrase, newPassphrase);
  return ctx.vault.status();
}

/**
 * Lets an administrator in with the printed recovery kit, which is used up by it.
 *
 * @throws AppFailure FORBIDDEN (`retryAfterMs`, or no administrator), NOT_FOUND (no kit), INVALID_INPUT
 *   (weak passphrase), CONFLICT, INTEGRITY
 */
export async function recover(
  ctx: CoreContext,
  { personId, code, newPassphrase }: Input<'vault.recover'>,
): Promise<VaultStatus> {
  await requireStrong(newPassphrase, namesOf(ctx));
  await ctx.vault.recover(personId, code, newPassphrase);
  return ctx.vault.status();
}

/** What somebody would try first: the names on the sign-in page. */
function namesOf({ vault }: CoreContext): string[] {
  const status = vault.status();
  if (status.state !== 'locked') return [];
  return [status.workspaceName, ...status.people.map(({ printedName }) => printedName)];
}

/** @throws AppFailure INVALID_INPUT with advice */
export async function requireStrong(passphrase: string, context: readonly string[]): Promise<void> {
  // Loaded when first asked for: its word lists would delay every start.
  const { measurePassphrase } = await import('./passphraseStrength');
  const strength = measurePassphrase(passphrase, context);
  if (!strength.isAccepted) throw weakPassphrase(strength);
}

function weakPassphrase({ score, advice }: PassphraseStrength): AppFailure {
  return new AppFailure(
    'INVALID_INPUT',
    `This passphrase is too easy to guess. ${advice.join(' ')} Nothing was changed.`,
    { score, advice },
  );
}

function sampleStaysOpen(): AppFailure {
  return new AppFailure(
    'FORBIDDEN',
    'The passphrase of the sample is public and stays as it is, so that the sample always opens. Nothing was changed. Try it in a workspace of your own.',
  );
}

function samePassphrase(): AppFailure {
  return new AppFailure(
    'INVALID_INPUT',
    'The new passphrase is the old one. Nothing was changed. Choose another.',
  );
}
