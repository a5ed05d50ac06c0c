import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SigningAct } from '../../shared/audit/signature';
import type { FileFingerprint } from '../../shared/base/files';
import type { IntakeId, ModelId } from '../../shared/base/ids';
import { AppFailure, type ErrorCode } from '../../shared/ipc/errors';
import type { IntakeOutcome, IntakeProblem, IntakeRecord } from '../../shared/intake/intake';
import { dataNameOf, filesOfSidecar, type NamedFile } from '../../shared/intake/sidecar';
import type { AppContext, WriteRider } from '../app/context';
import { MAX_FILE_BYTES } from '../io/readLimits';
import { importSidecar, requireNamedModel, type ImportTools } from './importSidecar';
import {
  claimFolder,
  completeClaim,
  DONE,
  FAILED,
  settleClaim,
  sidecarOfClaim,
} from './intakeFolders';
import { monitorOf } from './intakeMonitor';
import { notesOf } from './intakeNotes';
import { findImported, findIntake, insertIntake, isSidecarKnown } from './intakeRepo';
import { readSidecar, type ReadSidecar } from './readSidecar';

/** What is not the fault of a file: the pass ends, and the claim is taken up again by the next one. */
const NOT_THE_FILE: readonly ErrorCode[] = ['LOCKED', 'CANCELLED', 'FORBIDDEN', 'STORAGE'];

export interface TakingScope {
  readonly ctx: AppContext;
  readonly folder: string;
  readonly signing: SigningAct | null;
  /** SHA-256 of the sidecars that may be signed; null: any. */
  readonly versions: readonly string[] | null;
}

/** Whether the person signs a new version with this sidecar. */
export function maySign({ signing, versions }: TakingScope, sidecarSha256: string | null): boolean {
  if (signing === null || sidecarSha256 === null) return false;
  return versions === null || versions.includes(sidecarSha256);
}

interface Claimed {
  readonly id: IntakeId;
  readonly claim: string;
  readonly sidecarName: string;
  readonly read: ReadSidecar;
  readonly files: readonly NamedFile[];
}

/**
 * Carries a claim to its end: what is on record is moved to where it belongs, what is not yet is imported
 * first. The record of an import is written in the import's own transaction under the claim's identifier,
 * so a claim that a crash has left is imported if and only if it is not on record.
 *
 * @returns the record, or null when the claim waits for a signature or holds no sidecar
 * @throws AppFailure when the pass cannot go on: LOCKED, CANCELLED, FORBIDDEN, STORAGE
 */
export async function takeClaim(scope: TakingScope, id: IntakeId): Promise<IntakeRecord | null> {
  const { ctx, folder } = scope;
  const claim = claimFolder(folder, id);
  const sidecarName = await sidecarOfClaim(claim);
  const read = sidecarName === null ? null : await readSidecar(claim, sidecarName);
  if (sidecarName === null || read === null) return null;
  const files = read.sidecar === null ? [] : filesOfSidecar(read.sidecar, sidecarName);
  const claimed = { id, claim, sidecarName, read, files };
  const known = findIntake(ctx.db, id);
  const isNewVersion = read.sidecar?.kind === 'newVersion';
  if (known === null && isNewVersion && !maySign(scope, read.sha256)) return null;
  const record = known ?? (await decide(scope, claimed));
  const base = dataNameOf(sidecarName);
  await settleClaim(folder, {
    claim,
    target: record.outcome === 'failed' ? FAILED : DONE,
    name: base,
    notes: notesOf(record, base, ctx.ports.appVersion),
  });
  return record;
}

async function decide(scope: TakingScope, claimed: Claimed): Promise<IntakeRecord> {
  const { ctx } = scope;
  try {
    await importClaim(scope, claimed);
  } catch (error) {
    if (!(error instanceof AppFailure) || NOT_THE_FILE.includes(error.code)) throw error;
    const { code, message } = error;
    recordOutcome(ctx, claimed, 'failed', { problem: { code, message } });
  } finally {
    monitorOf(ctx.db).progress = null;
  }
  const record = findIntake(ctx.db, claimed.id);
  if (record === null)
    throw new Error(`the import of a ${claimed.read.sidecar?.kind} left no record`);
  return record;
}

/** @throws AppFailure why it was not imported */
async function importClaim(scope: TakingScope, claimed: Claimed): Promise<void> {
  const { ctx, folder, signing } = scope;
  const { claim, sidecarName, read, files } = claimed;
  if (read.sidecar === null) {
    // What a bad sidecar stands beside goes with it, or it would wait for another one for ever.
    await completeClaim(folder, claim, [dataNameOf(sidecarName)], MAX_FILE_BYTES);
    throw new AppFailure('BAD_DATA', `${sidecarName}: ${read.problem} Nothing was recorded.`);
  }
  const { sidecar } = read;
  const names = files.map(({ name }) => name);
  const missing = await completeClaim(folder, claim, names, MAX_FILE_BYTES);
  if (missing !== null) throw new AppFailure('BAD_DATA', `${missing} Nothing was recorded.`);
  await requireSizes(claimed);
  const modelId = requireNamedModel(ctx, sidecar.model);
  if (await isRepeated(ctx, claimed, modelId)) return;
  const tools = toolsFor(ctx, claimed, modelId);
  await importSidecar(tools, { claim, sidecar, files, modelId, signing });
}

async function requireSizes({ claim, files }: Claimed): Promise<void> {
  for (const { name, sizeBytes } of files) {
    const { size } = await lstat(join(claim, name));
    if (sizeBytes !== undefined && size !== sizeBytes)
      throw new AppFailure(
        'BAD_DATA',
        `${name} holds ${size} bytes and not the ${sizeBytes} that its sidecar names. Nothing was recorded.`,
      );
  }
}

/** A pipeline that delivers again what has arrived already is told that it has. */
async function isRepeated(ctx: AppContext, claimed: Claimed, modelId: ModelId): Promise<boolean> {
  const { sidecarSha256, claim, files } = { ...claimed, sidecarSha256: claimed.read.sha256 };
  if (sidecarSha256 === null || !isSidecarKnown(ctx.db, sidecarSha256)) return false;
  const names = files.map(({ name }) => name);
  const hashed =
    names.length === 0
      ? []
      : await ctx.jobs.run('intake.hashFiles', { path: join(claim, names[0]!), names }, ctx);
  if (findImported(ctx.db, contentHash(sidecarSha256, hashed)) === null) return false;
  recordOutcome(ctx, claimed, 'repeated', { files: hashed, modelId });
  return true;
}

function toolsFor(ctx: AppContext, claimed: Claimed, modelId: ModelId): ImportTools {
  const { id, sidecarName, read } = claimed;
  return {
    ctx,
    progress: ({ fraction, activity }) => {
      monitorOf(ctx.db).progress = { name: sidecarName, fraction, activity };
      ctx.progress({ fraction, activity });
    },
    riderFor(files): WriteRider {
      requireDigests(claimed, files);
      const facts = { intakeId: id, sidecar: sidecarName, sidecarSha256: read.sha256 };
      return {
        facts: { byWatchedFolder: facts },
        record(db, { action, subject }) {
          insertIntake(db, rowOf(ctx, claimed, 'imported', { files, modelId, action, subject }));
        },
      };
    },
  };
}

function requireDigests({ files }: Claimed, read: readonly FileFingerprint[]): void {
  for (const [i, { name, sha256 }] of files.entries())
    if (sha256 !== undefined && read[i]?.sha256 !== sha256)
      throw new AppFailure(
        'BAD_DATA',
        `The SHA-256 of ${name} is not the one that its sidecar names. Nothing was recorded. Deliver the file again.`,
      );
}

interface OutcomeFacts {
  readonly files?: readonly FileFingerprint[];
  readonly modelId?: ModelId;
  readonly problem?: IntakeProblem;
  readonly action?: string;
  readonly subject?: string;
}

function recordOutcome(
  ctx: AppContext,
  claimed: Claimed,
  outcome: Exclude<IntakeOutcome, 'imported'>,
  facts: OutcomeFacts,
): void {
  const row = rowOf(ctx, claimed, outcome, facts);
  const { kind, modelId, sidecarName, sidecarSha256, problem } = row.record;
  const code = problem?.code ?? null;
  const after = { sidecar: sidecarName, sidecarSha256, kind, modelId, code };
  const action = outcome === 'failed' ? 'intake.fileFailed' : 'intake.fileRepeated';
  ctx.write(action, claimed.id, { after }, (db) => insertIntake(db, row));
}

function rowOf(
  ctx: AppContext,
  { id, sidecarName, read }: Claimed,
  outcome: IntakeOutcome,
  { files = [], modelId, problem, action, subject }: OutcomeFacts,
) {
  const record: IntakeRecord = {
    id,
    sidecarName,
    kind: read.sidecar?.kind ?? null,
    modelId: modelId ?? null,
    modelName: read.sidecar?.model ?? null,
    outcome,
    sidecarSha256: read.sha256,
    files,
    problem: problem ?? null,
    action: action ?? null,
    subject: subject ?? null,
    takenAtUtc: ctx.nowUtc(),
    takenBy: ctx.actor.printedName,
  };
  const contentSha256 =
    outcome === 'failed' || read.sha256 === null ? null : contentHash(read.sha256, files);
  return { record, takenById: ctx.actor.id, contentSha256 };
}

function contentHash(sidecarSha256: string, files: readonly FileFingerprint[]): string {
  const hashes = [sidecarSha256, ...files.map(({ sha256 }) => sha256)];
  return createHash('sha256').update(hashes.join('\n')).digest('hex');
}
