import { basename } from 'node:path';
import { AppFailure } from '../../shared/ipc/errors';
import { badData } from '../io/badData';
import { openForReading } from '../io/fileHash';
import type { JobScope } from '../workers/jobRunner';
import { checkTimestampResponse } from './timestampResponse';
import type { StampFacts } from './timestampResponse';
import { TimestampRefusal } from './timestampToken';

/** A response with the certificates of its chain is a few thousand bytes. */
const MAX_RESPONSE_BYTES = 1024 * 1024;

/** A response that holds by itself, and exactly the bytes that were checked. */
export interface ReadTimestamp extends StampFacts {
  readonly response: Uint8Array;
}

/**
 * Reads and checks the file of a timestamp response; in a job process, because it may come from anyone.
 *
 * @throws AppFailure BAD_DATA with the reason
 */
export async function readTimestampFile(
  input: { readonly path: string },
  scope: JobScope,
): Promise<ReadTimestamp> {
  const file = basename(input.path);
  scope.progress({ fraction: null, activity: `Checking ${file}` });
  const response = await readSmallFile(input.path);
  try {
    return { response, ...checkTimestampResponse(response) };
  } catch (error) {
    if (error instanceof TimestampRefusal) throw badData(file, error.message);
    throw error;
  }
}

async function readSmallFile(path: string): Promise<Uint8Array> {
  const file = basename(path);
  const handle = await openForReading(path);
  try {
    const { size } = await handle.stat();
    if (size === 0) throw badData(file, 'the file is empty, so it is not a timestamp response.');
    if (size > MAX_RESPONSE_BYTES)
      throw badData(file, 'it is larger than 1 MB, so it is not a timestamp response.');
    return Uint8Array.from(await handle.readFile());
  } catch (error) {
    if (error instanceof AppFailure) throw error;
    throw badData(file, 'the file cannot be read.');
  } finally {
    await handle.close();
  }
}
