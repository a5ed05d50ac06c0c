import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportedRequest, Timestamp } from '../../shared/audit/timestampChannels';
import type { ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import { tempFolder } from '../support/tempFolder';
import type { TestCore } from '../support/testCore';
import { okValue } from '../support/testModel';
import { openssl, type LocalTsa } from '../support/localTsa';
import { craftResponse, type Craft } from './timestampCraft';

/** A workspace and an authority, with a person who carries files between them. */
export interface TimestampDesk {
  exportRequest(): Promise<ExportedRequest>;
  importFile(path: string): Promise<ResultOf<Contract['audit.importTimestamp']>>;
  /** As a file `response.tsr`. */
  importBytes(bytes: Uint8Array): Promise<ResultOf<Contract['audit.importTimestamp']>>;
  list(): Promise<readonly Timestamp[]>;
  /** The newest event as it lies in the log. */
  lastEvent(): { readonly action: string; readonly subject: string; readonly after: unknown };
  /** A response to a new request of this workspace, made by hand. */
  craftFor(craft: Omit<Craft, 'imprintSha256' | 'nonceHex'> & Partial<Craft>): Promise<Buffer>;
}

export function createDesk(test: TestCore, tsa: LocalTsa): TimestampDesk {
  const importFile: TimestampDesk['importFile'] = (path) =>
    test.call('audit.importTimestamp', { source: { token: test.token(path) } });
  async function exportRequest(): Promise<ExportedRequest> {
    test.picks.push(join(tempFolder(), 'request.tsq'));
    return okValue<'audit.requestTimestamp'>(await test.call('audit.requestTimestamp', {}));
  }
  return {
    exportRequest,
    importFile,
    importBytes(bytes) {
      const path = join(tempFolder(), 'response.tsr');
      writeFileSync(path, bytes);
      return importFile(path);
    },
    list: async () => okValue<'audit.listTimestamps'>(await test.call('audit.listTimestamps', {})),
    lastEvent() {
      const body = test.core.context.vault
        .session()!
        .db.prepare<[], Buffer>('SELECT body FROM audit_event ORDER BY seq DESC LIMIT 1')
        .pluck()
        .get()!;
      const event = JSON.parse(body.toString()) as ReturnType<TimestampDesk['lastEvent']>; // the log's own form
      return { action: event.action, subject: event.subject, after: event.after };
    },
    async craftFor(craft) {
      const { timestamp, path } = await exportRequest();
      const nonceHex = nonceOf(path, tsa);
      return craftResponse({ imprintSha256: timestamp.checkpointSha256, nonceHex, ...craft });
    },
  };
}

/** The nonce of a request file, as openssl prints it. */
export function nonceOf(requestPath: string, tsa: LocalTsa): string {
  const text = openssl(['ts', '-query', '-in', requestPath, '-text'], tsa.folder);
  return /Nonce: 0x([0-9A-F]+)/.exec(text)![1]!;
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
