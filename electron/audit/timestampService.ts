import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type {
  ExportedRequest,
  Timestamp,
  timestampChannels,
} from '../../shared/audit/timestampChannels';
import { TimestampRequestId } from '../../shared/base/ids';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import type { Db } from '../db/openDatabase';
import { writeFileAtomically } from '../io/atomicWrite';
import { badData } from '../io/badData';
import { pickSourceFile } from '../io/pickSource';
import { currentHead } from './auditLog';
import { signedCheckpoint } from './logCheckpoint';
import type { ReadTimestamp } from './timestampJob';
import {
  findTimestamp,
  findTimestamps,
  insertRequest,
  insertResponse,
  requestsFor,
  type StoredRequest,
} from './timestampRepo';
import { nonceOf, timestampRequest } from './timestampRequest';

/** Checkpoints that an authority was asked to stamp, newest first. */
export function listTimestamps(ctx: AppContext): readonly Timestamp[] {
  return findTimestamps(ctx.db);
}

/**
 * Asks for a timestamp of the log as it stands: a request file to take to an authority, and beside it the
 * checkpoint whose bytes get stamped.
 *
 * Request, event and files come into being together: a file that cannot be written leaves no request
 * behind that nobody can answer.
 *
 * @throws AppFailure CANCELLED (dialog closed), STORAGE (a file cannot be written)
 */
export async function requestTimestamp(ctx: AppContext): Promise<ExportedRequest> {
  const path = await ctx.ports.pickSaveFile({
    title: 'Export timestamp request',
    extensions: ['tsq'],
    suggestedName: `timestamp-request-${ctx.nowUtc().slice(0, 19).replaceAll(':', '')}.tsq`,
  });
  if (path === null)
    throw new AppFailure('CANCELLED', 'No place was chosen. Nothing was recorded.');
  const checkpointPath = join(dirname(path), `${nameWithoutTsq(path)}.checkpoint.txt`);
  const id = TimestampRequestId.parse(randomUUID());
  const written: string[] = [];
  const write = (file: string, content: Uint8Array | string): void => {
    writeFileAtomically(file, content);
    written.push(file);
  };
  try {
    ctx.write('audit.timestampRequested', id, requestedDetail, (db) => {
      const request = newRequest(ctx, db, id);
      insertRequest(db, request);
      write(checkpointPath, request.checkpoint);
      write(path, request.request);
      return request;
    });
  } catch (error) {
    for (const file of written) rmSync(file, { force: true });
    throw error;
  }
  return { timestamp: knownTimestamp(ctx, id), path, checkpointPath };
}

function nameWithoutTsq(path: string): string {
  const ending = extname(path);
  return basename(path, ending.toLowerCase() === '.tsq' ? ending : '');
}

function requestedDetail({ logSize, checkpointSha256 }: StoredRequest) {
  return { after: { logSize, checkpointSha256 } };
}

function newRequest(ctx: AppContext, db: Db, id: TimestampRequestId): StoredRequest {
  const { size, rootSha256 } = currentHead(db);
  const checkpoint = signedCheckpoint(ctx, { size, root: Buffer.from(rootSha256, 'hex') });
  const checkpointSha256 = sha256Hex(checkpoint);
  return {
    id,
    checkpoint,
    checkpointSha256,
    logSize: size,
    request: timestampRequest(checkpointSha256),
    requestedAtUtc: ctx.nowUtc(),
    requestedBy: ctx.actor.id,
  };
}

/**
 * Takes an authority's response to one of this workspace's requests and keeps it exactly as it came.
 *
 * Checked here: status, imprint, nonce, signature, and that the signer's certificate is made for
 * timestamps. Whether the authority is to be trusted stays the reader's decision, by its CA certificate
 * and `openssl ts -verify`.
 *
 * @throws AppFailure NOT_FOUND (token), CANCELLED (dialog closed), BAD_DATA (not a response, or not one to
 *   a request of this workspace), CONFLICT (the request has its response already)
 */
export async function importTimestamp(
  ctx: AppContext,
  input: InputOf<(typeof timestampChannels)['audit.importTimestamp']>,
): Promise<Timestamp> {
  const path = await pickSourceFile(ctx, input.source, {
    title: 'Import timestamp response',
    extensions: ['tsr'],
  });
  const read = await ctx.jobs.run('audit.readTimestamp', { path }, ctx);
  const { response, stampedAtUtc, authority, serialHex } = read;
  const file = basename(path);
  const requestId = answeredRequest(ctx, read, file);
  const { stamp } = knownTimestamp(ctx, requestId);
  if (stamp !== null) {
    throw new AppFailure(
      'CONFLICT',
      `${file}: the response to this request was imported already, by ${stamp.importedBy} at ${stamp.importedAtUtc}. Nothing was recorded.`,
      { file },
    );
  }
  const after = { stampedAtUtc, authority, serialHex, responseSha256: sha256Hex(response) };
  ctx.write('audit.timestampImported', requestId, { after }, (db) => {
    const imported = { importedAtUtc: ctx.nowUtc(), importedBy: ctx.actor.id };
    insertResponse(db, { requestId, response, stampedAtUtc, authority, serialHex, ...imported });
  });
  return knownTimestamp(ctx, requestId);
}

/** The request that a response answers: same imprint, same nonce. */
function answeredRequest(ctx: AppContext, read: ReadTimestamp, file: string): TimestampRequestId {
  const { imprintSha256, nonceHex } = read;
  const requests = imprintSha256 === null ? [] : requestsFor(ctx.db, imprintSha256);
  if (requests.length === 0) {
    throw badData(
      file,
      'it stamps something else: its imprint is that of no checkpoint for which this workspace asked for a timestamp.',
    );
  }
  const answered = requests.find(({ request }) => nonceOf(request) === nonceHex);
  if (answered === undefined) {
    throw badData(
      file,
      'it answers another request for the same checkpoint: its nonce is not the one of the request that was exported here.',
    );
  }
  return answered.id;
}

function knownTimestamp(ctx: AppContext, id: TimestampRequestId): Timestamp {
  const timestamp = findTimestamp(ctx.db, id);
  if (timestamp === null) throw new Error(`timestamp request ${id} is not there`);
  return timestamp;
}

function sha256Hex(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}
