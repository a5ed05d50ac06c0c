import { randomUUID } from 'node:crypto';
import { lstat, realpath } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { IntakeId } from '../../shared/base/ids';
import type { intakeChannels, IntakeSetting, IntakeState } from '../../shared/intake/channels';
import type { IntakePass, IntakeRecord, WaitingItem } from '../../shared/intake/intake';
import type { InputOf, OutputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import type { Db } from '../db/openDatabase';
import { codeOf } from '../io/fileFailure';
import { pickSourceFolder } from '../io/pickSource';
import {
  beginClaim,
  claimFolder,
  dropEmptyClaim,
  listClaims,
  prepareFolder,
} from './intakeFolders';
import { monitorOf, watchFrom } from './intakeMonitor';
import { countIntakes, findIntakes, findSetting, insertSetting } from './intakeRepo';
import { lookThrough } from './lookThrough';
import { maySign, takeClaim, type TakingScope } from './takeSidecar';

type Input<K extends keyof typeof intakeChannels> = InputOf<(typeof intakeChannels)[K]>;
type Output<K extends keyof typeof intakeChannels> = OutputOf<(typeof intakeChannels)[K]>;

const SHOWN_WAITING = 200;

/** What is watched, how far it is, and what waits. */
export function getState({ db }: AppContext): IntakeState {
  const { isPaused, progress, lookedAtUtc, problem, waiting } = monitorOf(db);
  return {
    setting: findSetting(db),
    isPaused,
    progress,
    lookedAtUtc,
    problem,
    waiting: waiting.slice(0, SHOWN_WAITING),
    nWaiting: waiting.length,
    counts: countIntakes(db),
  };
}

/** What was taken, newest first. */
export function listRecords(
  { db }: AppContext,
  input: Input<'intake.listRecords'>,
): Output<'intake.listRecords'> {
  const { imported, repeated, failed } = countIntakes(db);
  const nTotal = input.onlyFailed ? failed : imported + repeated + failed;
  return { records: findIntakes(db, input), nTotal };
}

/**
 * Chooses the folder that is watched; the watch is off until somebody switches it on.
 *
 * @throws AppFailure CONFLICT (stale revision; `current` is the setting now), BAD_DATA (not a folder of its
 *   own, or the workspace itself), NOT_FOUND (token), CANCELLED
 */
export async function setFolder(
  ctx: AppContext,
  { source, reason, revision }: Input<'intake.setFolder'>,
): Promise<IntakeSetting> {
  const chosen = await pickSourceFolder(ctx, source, 'Folder to watch');
  const state = await lstat(chosen).catch(() => null);
  if (state === null || !state.isDirectory()) throw notAFolder();
  const folder = await realpath(chosen);
  if (isInside(await realpath(ctx.workspace.folder), folder)) throw workspaceItself();
  return saveSetting(ctx, 'intake.folderSet', { folder, isOn: false }, reason, revision);
}

/**
 * Switches the watch on or off.
 *
 * @throws AppFailure CONFLICT (stale revision, or no folder is chosen)
 */
export function setWatch(
  ctx: AppContext,
  { isOn, reason, revision }: Input<'intake.setWatch'>,
): IntakeSetting {
  const { folder } = findSetting(ctx.db);
  if (folder === null) throw new AppFailure('CONFLICT', 'Choose a folder first.');
  monitorOf(ctx.db).isPaused = false;
  return saveSetting(ctx, 'intake.watchSet', { folder, isOn }, reason, revision);
}

function saveSetting(
  ctx: AppContext,
  action: string,
  chosen: Pick<IntakeSetting, 'folder' | 'isOn'>,
  reason: string,
  revision: number,
): IntakeSetting {
  const before = eventFacts(findSetting(ctx.db));
  return ctx.write(
    action,
    ctx.workspace.id,
    { before, after: eventFacts(chosen), reason },
    (db) => {
      const current = findSetting(db);
      if (current.revision !== revision)
        throw new AppFailure('CONFLICT', 'The watched folder was changed since you opened this.', {
          current,
        });
      const setting: IntakeSetting = {
        ...chosen,
        reason,
        revision: revision + 1,
        setAtUtc: ctx.nowUtc(),
        setBy: ctx.actor.printedName,
      };
      insertSetting(db, setting, ctx.actor.id);
      return setting;
    },
  );
}

/** The whole path stays in the settings: events go into packages, and where a folder lies is nobody's business there. */
function eventFacts({ folder, isOn }: Pick<IntakeSetting, 'folder' | 'isOn'>) {
  return { folder: folder === null ? null : basename(folder), isOn };
}

function isInside(workspace: string, folder: string): boolean {
  const way = relative(workspace, folder);
  return way === '' || (!way.startsWith('..') && way !== folder);
}

function notAFolder(): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    'That is not a folder, or it is a link to one. Nothing was changed. Choose the folder itself.',
  );
}

function workspaceItself(): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    'That is the folder of the workspace, or lies in it. Nothing was changed. Choose another folder: pipelines must not write into the workspace.',
  );
}

/** Takes no further file until it is resumed or the workspace is locked. */
export function pause(ctx: AppContext, { isPaused }: Input<'intake.pause'>): IntakeState {
  monitorOf(ctx.db).isPaused = isPaused;
  return getState(ctx);
}

/** True while the folder is to be looked through again and again. */
export function isWatching(db: Db): boolean {
  return findSetting(db).isOn && !monitorOf(db).isPaused;
}

/**
 * One pass over the watched folder: finishes what a crash has left, then imports what is whole, in order.
 *
 * @returns what was taken and what waits; `problem` says why the folder could not be used
 * @throws AppFailure CONFLICT (no folder is chosen), FORBIDDEN (wrong passphrase), LOCKED, CANCELLED
 */
export function take(
  ctx: AppContext,
  { signing, versions }: Input<'intake.take'>,
): Promise<IntakePass> {
  const { folder } = findSetting(ctx.db);
  if (folder === null) throw new AppFailure('CONFLICT', 'No folder is watched. Choose one first.');
  const monitor = monitorOf(ctx.db);
  const pass = monitor.lastPass.then(() => runPass({ ctx, folder, signing, versions }));
  monitor.lastPass = pass.catch(() => undefined);
  return pass;
}

async function runPass(scope: TakingScope): Promise<IntakePass> {
  const { ctx, folder } = scope;
  const monitor = monitorOf(ctx.db);
  const taken: IntakeRecord[] = [];
  monitor.problem = await passProblem(scope, taken);
  monitor.lookedAtUtc = ctx.nowUtc();
  if (monitor.problem === null) {
    const watch = watchFrom(monitor.sightings, Date.parse(ctx.nowUtc()));
    const { ready, waiting } = await lookThrough(folder, watch, () => false);
    monitor.sightings = watch.sightings;
    const turns = ready.map((name): WaitingItem => ({ ...TURN, name }));
    monitor.waiting = [...waiting, ...turns];
  }
  return { taken, waiting: monitor.waiting, problem: monitor.problem };
}

const TURN = {
  kind: null,
  modelName: null,
  sidecarSha256: null,
  waitsFor: 'turn',
  reason: 'It is taken by the next look.',
} as const;

/** Adds to `taken`; answers why the pass ended early, or null. */
async function passProblem(scope: TakingScope, taken: IntakeRecord[]): Promise<string | null> {
  const { ctx, folder } = scope;
  const monitor = monitorOf(ctx.db);
  const note = (record: IntakeRecord | null): void => void (record !== null && taken.push(record));
  try {
    const unusable = await prepareFolder(folder);
    if (unusable !== null) return unusable;
    for (const id of await listClaims(folder)) {
      const record = await takeClaim(scope, id);
      if (record === null) await dropEmptyClaim(claimFolder(folder, id));
      note(record);
    }
    const watch = watchFrom(monitor.sightings, Date.parse(ctx.nowUtc()));
    const { ready } = await lookThrough(folder, watch, (sha256) => maySign(scope, sha256));
    monitor.sightings = watch.sightings;
    for (const name of ready) {
      if (monitor.isPaused || ctx.signal.aborted) return null;
      const id = IntakeId.parse(randomUUID());
      if (await beginClaim(folder, id, name)) note(await takeClaim(scope, id));
    }
    return null;
  } catch (error) {
    const problem =
      error instanceof AppFailure && error.code === 'STORAGE'
        ? error.message
        : folderProblem(codeOf(error));
    if (problem === null) throw error;
    return problem;
  }
}

/** In words, what the system says of the folder; null for anything that is not about it. */
function folderProblem(code: string): string | null {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ESTALE':
      return 'The watched folder, or a part of it, disappeared. What is on record stays. Connect its disk or share again.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'Assay may not write to the watched folder, so nothing more can be taken. What is on record stays and is not imported again.';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk of the watched folder is full. What is on record stays. Free some space.';
    case 'EBUSY':
    case 'EIO':
      return 'The disk of the watched folder reported an error. What is on record stays.';
    default:
      return null;
  }
}
