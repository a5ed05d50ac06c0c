import { join } from 'node:path';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { VaultStatus, WorkspaceCheck, vaultChannels } from '../../shared/vault/channels';
import type { PassphraseStrength } from '../../shared/vault/passphraseStrength';
import type { AppContext, CoreContext } from '../app/context';
import { verifyChain, type ChainFindings } from '../audit/logService';
import { requireStrong } from './accessService';
import type { NewWorkspace } from './createWorkspace';
import { logKeysById } from './openWorkspace';
import { listKeys, type PublicPersonKey } from './peopleRepo';

export type { PublicPersonKey } from './peopleRepo';

type Input<K extends keyof typeof vaultChannels> = InputOf<(typeof vaultChannels)[K]>;

const FOLDER_TITLES = {
  create: 'Folder for the new workspace',
  open: 'Folder of the workspace',
  restore: 'Empty folder for the restored workspace',
} as const;

/** Whether a workspace is closed, locked or unlocked, and what the window shows of it. */
export function status(ctx: CoreContext): VaultStatus {
  return ctx.vault.status();
}

/**
 * Asks the person for a folder.
 *
 * @throws AppFailure CANCELLED when the dialog is closed
 */
export async function pickFolder(
  ctx: CoreContext,
  { purpose }: Input<'vault.pickFolder'>,
): Promise<{ readonly token: string; readonly folder: string }> {
  const folder = await ctx.ports.pickFolder({ title: FOLDER_TITLES[purpose] });
  if (folder === null) throw new AppFailure('CANCELLED', 'No folder was chosen.');
  return { token: ctx.ports.tokenFor(folder), folder };
}

/** Estimates how long a passphrase would resist guessing; nothing is kept. */
export async function measurePassphrase(
  _ctx: CoreContext,
  { passphrase, context }: Input<'vault.measurePassphrase'>,
): Promise<PassphraseStrength> {
  // Loaded when first asked for: its word lists would delay every start.
  const estimator = await import('./passphraseStrength');
  return estimator.measurePassphrase(passphrase, context);
}

/**
 * Creates an encrypted workspace whose first person holds every role, and leaves it unlocked.
 *
 * @throws AppFailure INVALID_INPUT (weak passphrase, with advice), CONFLICT (folder in use), NOT_FOUND
 *   (token), STORAGE; nothing stays behind then
 */
export function create(ctx: CoreContext, input: Input<'vault.create'>): Promise<VaultStatus> {
  const { folderToken, name, printedName, passphrase } = input;
  const folder =
    folderToken === null
      ? join(ctx.ports.defaultWorkspacesFolder, folderNameFor(name))
      : folderOf(ctx, folderToken);
  return createWorkspaceAt(ctx, { folder, name, printedName, passphrase, isSample: false });
}

/**
 * Creates a workspace in a folder that the application itself has chosen.
 *
 * The passphrase of a sample is no secret, so it is not measured.
 *
 * @throws AppFailure as {@link create}
 */
export async function createWorkspaceAt(
  ctx: CoreContext,
  request: NewWorkspace,
): Promise<VaultStatus> {
  const { passphrase, name, printedName } = request;
  if (!request.isSample) {
    await requireStrong(passphrase, [name, printedName]);
  }
  await ctx.vault.create(request);
  return ctx.vault.status();
}

/**
 * Points to an existing workspace, which stays locked.
 *
 * @throws AppFailure NOT_FOUND (no workspace there, or the token has expired), BAD_DATA (damaged or newer
 *   vault.json, no database), CONFLICT (one is open already)
 */
export function open(ctx: CoreContext, { folderToken }: Input<'vault.open'>): VaultStatus {
  ctx.vault.open(folderOf(ctx, folderToken));
  return ctx.vault.status();
}

/**
 * Signs a person in; every wrong passphrase doubles the wait before the next try.
 *
 * @throws AppFailure FORBIDDEN (`retryAfterMs`), NOT_FOUND (person), CONFLICT (open in another window),
 *   INTEGRITY (damaged, or changed outside Assay), STORAGE
 */
export async function unlock(ctx: CoreContext, input: Input<'vault.unlock'>): Promise<VaultStatus> {
  await ctx.vault.unlock(input.personId, input.passphrase);
  return ctx.vault.status();
}

/** Records the lock and forgets every key; the process that held them ends after this answer. */
export function lock(ctx: AppContext, { reason }: Input<'vault.lock'>): Record<string, never> {
  const folder = ctx.vault.lock(reason);
  // After the answer: the shell ends this process when it hears of it.
  setImmediate(() => ctx.ports.restartLocked(folder, reason));
  return {};
}

/**
 * Leaves a locked workspace for the first screen.
 *
 * @throws AppFailure CONFLICT while someone is signed in
 */
export function close(ctx: CoreContext): VaultStatus {
  if (ctx.vault.session() !== null) {
    throw new AppFailure('CONFLICT', 'Lock the workspace first, then close it.');
  }
  ctx.vault.close();
  return ctx.vault.status();
}

/** Sweeps the open workspace and says of each part whether it is as it should be. */
export function check(ctx: AppContext): Promise<WorkspaceCheck> {
  return cancellable(ctx, () => ctx.vault.check(ctx));
}

/**
 * Sweeps a locked workspace, also one too damaged to sign in to; changes nothing.
 *
 * @throws AppFailure FORBIDDEN (wrong passphrase), NOT_FOUND, CONFLICT (open elsewhere), INTEGRITY, CANCELLED
 */
export function checkLocked(
  ctx: CoreContext,
  input: Input<'vault.checkLocked'>,
): Promise<WorkspaceCheck> {
  return cancellable(ctx, () => ctx.vault.checkLocked(input.personId, input.passphrase, ctx));
}

/**
 * Checks every event of the log with its signature, and the heads kept outside the database.
 *
 * @throws AppFailure CANCELLED
 */
export function sweepLog(ctx: AppContext): Promise<ChainFindings> {
  return cancellable(ctx, () =>
    verifyChain(ctx.db, {
      workspaceId: ctx.workspace.id,
      keys: logKeysById(ctx.db),
      heads: ctx.vault.session()?.heads.read().heads ?? [],
      progress: ctx.progress,
      signal: ctx.signal,
    }),
  );
}

/** Every key of every person, active or retired, oldest first. */
export function findKeys(ctx: AppContext): readonly PublicPersonKey[] {
  return listKeys(ctx.db);
}

async function cancellable<T>(ctx: CoreContext, sweep: () => Promise<T>): Promise<T> {
  try {
    return await sweep();
  } catch (error) {
    if (ctx.signal.aborted) throw new AppFailure('CANCELLED', 'The check was cancelled.');
    throw error;
  }
}

/** @throws AppFailure NOT_FOUND when the token has expired */
export function folderOf(ctx: CoreContext, token: string): string {
  const folder = ctx.ports.resolveToken(token);
  if (folder !== null) return folder;
  throw new AppFailure('NOT_FOUND', 'The folder is no longer known. Choose it again.');
}

/** A folder name that every system takes, close to the workspace's own. */
function folderNameFor(name: string): string {
  const plain = name.replace(/[\p{Cc}<>:"/\\|?*]+/gu, '-').replace(/^[\s.]+|[\s.]+$/gu, '');
  return plain.slice(0, 80).trim() || 'workspace';
}
