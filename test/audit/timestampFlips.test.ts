import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { timestampRequest } from '../../electron/audit/timestampRequest';
import { checkTimestampResponse } from '../../electron/audit/timestampResponse';
import { TimestampRefusal } from '../../electron/audit/timestampToken';
import { tempFolder } from '../support/tempFolder';
import { createLocalTsa } from '../support/localTsa';
import { hasTools } from './requireTools';

interface Flip {
  readonly at: number;
  readonly mask: number;
}

/**
 * Changes one byte after the other.
 *
 * @returns the changes after which the response is still accepted; what is read from it is the same then
 */
function acceptedFlips(
  bytes: Buffer,
  positions: readonly number[],
  masks: readonly number[],
): Flip[] {
  const genuine = JSON.stringify(checkTimestampResponse(bytes));
  const flips = positions.flatMap((at) => masks.map((mask) => ({ at, mask })));
  return flips.filter(({ at, mask }) => {
    const changed = Buffer.from(bytes);
    changed[at]! ^= mask;
    try {
      expect(JSON.stringify(checkTimestampResponse(changed))).toBe(genuine);
      return true;
    } catch (error) {
      if (error instanceof TimestampRefusal) return false;
      throw error;
    }
  });
}

/**
 * Byte 8 is the status, which no signature covers: 0 (granted) and 1 (granted with modifications) both come
 * with a timestamp, and nothing that is read from it differs.
 */
const SAME_STATUS: Flip = { at: 8, mask: 1 };

describe.skipIf(!hasTools('openssl'))('one changed byte in a response', () => {
  const tsa = createLocalTsa(tempFolder());
  const signer = tsa.issue('Test TSA', 'ec');
  const requestPath = join(tempFolder(), 'request.tsq');
  writeFileSync(requestPath, timestampRequest('ab'.repeat(32)));

  it('is found, but for a status that means the same', () => {
    const response = readFileSync(tsa.reply(requestPath, signer));
    expect(acceptedFlips(response, [...response.keys()], [0x01, 0x80])).toEqual([SAME_STATUS]);
  }, 180_000);

  // The signer signed the hash of its own certificate, not those of the chain, and nothing is read from them.
  it('changes nothing where it lies in the further certificates that an authority may add', () => {
    const response = readFileSync(tsa.reply(requestPath, signer, { hasChain: true }));
    const authority = new X509Certificate(readFileSync(tsa.caPath)).raw;
    const start = response.indexOf(authority);
    expect(start).toBeGreaterThan(0);
    const positions = Array.from({ length: 20 }, (_none, i) => start + 4 + i * 16);
    expect(acceptedFlips(response, positions, [0x01])).not.toEqual([]);
  });
});
