import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportedRequest } from '../../shared/audit/timestampChannels';
import { tempFolder } from '../support/tempFolder';
import { createTestCore, PASSPHRASE, type TestCore } from '../support/testCore';
import { okValue } from '../support/testModel';
import { createLocalTsa, openssl, type Issued, type LocalTsa } from '../support/localTsa';
import { hasTools } from './requireTools';
import { SIGNATURE_OIDS } from './timestampCraft';
import { createDesk, nonceOf, sha256Hex, type TimestampDesk } from './timestampDesk';

const HAS_OPENSSL = hasTools('openssl');

let tsa: LocalTsa;
let rsa: Issued;
let ec: Issued;
let test: TestCore;
let desk: TimestampDesk;

beforeAll(async () => {
  if (!HAS_OPENSSL) return;
  tsa = createLocalTsa(tempFolder());
  rsa = tsa.issue('Test TSA RSA', 'rsa');
  ec = tsa.issue('Test TSA EC', 'ec');
  test = await createTestCore();
  desk = createDesk(test, tsa);
});
afterAll(() => {
  if (HAS_OPENSSL) test.close();
});

function verifyWithOpenssl(exported: ExportedRequest, responsePath: string): string {
  return openssl(
    ['ts', '-verify', '-data', exported.checkpointPath, '-in', responsePath, '-CAfile', tsa.caPath],
    tsa.folder,
  );
}

describe.skipIf(!HAS_OPENSSL)('audit.requestTimestamp', () => {
  it('writes a request that openssl reads, and the checkpoint with the imprint it names', async () => {
    const { timestamp, path, checkpointPath } = await desk.exportRequest();
    const checkpoint = readFileSync(checkpointPath);
    expect(timestamp).toMatchObject({ checkpointSha256: sha256Hex(checkpoint), stamp: null });
    expect(checkpoint.toString().split('\n')[1]).toBe(String(timestamp.logSize));
    const text = openssl(['ts', '-query', '-in', path, '-text'], tsa.folder);
    expect(text).toContain('Hash Algorithm: sha256');
    expect(text).toContain('Certificate required: yes');
    expect(nonceOf(path, tsa)).toMatch(/^[4-7][0-9A-F]{31}$/);
    expect(desk.lastEvent()).toEqual({
      action: 'audit.timestampRequested',
      subject: timestamp.id,
      after: { logSize: timestamp.logSize, checkpointSha256: timestamp.checkpointSha256 },
    });
  });

  it('never uses a nonce twice', async () => {
    const nonces = new Set<string>();
    for (let i = 0; i < 5; i += 1) nonces.add(nonceOf((await desk.exportRequest()).path, tsa));
    expect(nonces.size).toBe(5);
  });

  it('records nothing when the dialog is closed, and leaves no file when one cannot be written', async () => {
    const before = (await desk.list()).length;
    expect(await test.call('audit.requestTimestamp', {})).toMatchObject({
      ok: false,
      error: { code: 'CANCELLED' },
    });
    const folder = tempFolder();
    test.picks.push(join(folder, 'missing', 'request.tsq'));
    expect(await test.call('audit.requestTimestamp', {})).toMatchObject({
      ok: false,
      error: { code: 'STORAGE', message: expect.stringContaining('its folder is not there') },
    });
    expect(readdirSync(folder)).toEqual([]);
    expect(await desk.list()).toHaveLength(before);
  });

  it('removes the checkpoint file when the request beside it cannot be written', async () => {
    const folder = tempFolder();
    const inTheWay = join(folder, 'request.tsq');
    mkdirSync(join(inTheWay, 'full'), { recursive: true });
    test.picks.push(inTheWay);
    expect(await test.call('audit.requestTimestamp', {})).toMatchObject({
      ok: false,
      error: { code: 'STORAGE' },
    });
    expect(existsSync(join(folder, 'request.checkpoint.txt'))).toBe(false);
  });
});

describe.skipIf(!HAS_OPENSSL)('a stamped checkpoint', () => {
  it.each(['rsa', 'ec', 'p384'] as const)(
    'makes the round trip with an authority of key %s, and openssl verifies the two files',
    async (keyType) => {
      const signer = { rsa, ec, p384: tsa.issue('Test TSA P-384', 'p384') }[keyType];
      const exported = await desk.exportRequest();
      const response = tsa.reply(exported.path, signer);
      const stamped = okValue<'audit.importTimestamp'>(await desk.importFile(response));
      expect(stamped).toMatchObject({
        ...exported.timestamp,
        stamp: {
          authority: expect.stringContaining('O=Assay test, CN=Test TSA'),
          serialHex: expect.stringMatching(/^[0-9a-f]+$/),
          importedBy: 'Ada Analyst',
        },
      });
      expect((await desk.list())[0]).toEqual(stamped);
      expect(desk.lastEvent()).toEqual({
        action: 'audit.timestampImported',
        subject: stamped.id,
        after: {
          stampedAtUtc: stamped.stamp!.stampedAtUtc,
          authority: stamped.stamp!.authority,
          serialHex: stamped.stamp!.serialHex,
          responseSha256: sha256Hex(readFileSync(response)),
        },
      });
      expect(verifyWithOpenssl(exported, response)).toContain('Verification: OK');
    },
  );

  it('may carry the chain of its authority', async () => {
    const exported = await desk.exportRequest();
    const response = tsa.reply(exported.path, ec, { hasChain: true });
    okValue<'audit.importTimestamp'>(await desk.importFile(response));
    expect(verifyWithOpenssl(exported, response)).toContain('Verification: OK');
  });

  it('may be signed with Ed25519', async () => {
    const signer = tsa.issue('Test TSA Ed25519', 'ed25519');
    const craft = await desk.craftFor({
      signer,
      digest: 'sha512',
      signature: SIGNATURE_OIDS.ed25519,
    });
    expect(okValue<'audit.importTimestamp'>(await desk.importBytes(craft))).toMatchObject({
      stamp: { authority: 'O=Assay test, CN=Test TSA Ed25519', serialHex: '7' },
    });
  });

  it('is waited for across a restart', async () => {
    const core = await createTestCore();
    const deskThere = createDesk(core, tsa);
    const exported = await deskThere.exportRequest();
    const { vault } = core.core.context;
    const person = vault.session()!.actor.id;
    vault.close();
    vault.open(core.folder);
    await vault.unlock(person, PASSPHRASE);
    expect(await deskThere.list()).toEqual([exported.timestamp]);
    const imported = await deskThere.importFile(tsa.reply(exported.path, rsa));
    expect(okValue<'audit.importTimestamp'>(imported).id).toBe(exported.timestamp.id);
    core.close();
  });
});
