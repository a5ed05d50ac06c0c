import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tempFolder } from '../support/tempFolder';
import { createTestCore, type TestCore } from '../support/testCore';
import { okValue } from '../support/testModel';
import { createLocalTsa, openssl, type Issued, type LocalTsa } from '../support/localTsa';
import { hasTools } from './requireTools';
import { SIGNATURE_OIDS } from './timestampCraft';
import { createDesk, type TimestampDesk } from './timestampDesk';

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

describe.skipIf(!HAS_OPENSSL)('audit.importTimestamp refuses, and records nothing of it', () => {
  const byEc = { signature: SIGNATURE_OIDS.ecdsaSha256 };
  const NOT_A_RESPONSE =
    'response.tsr: this is not a timestamp response (RFC 3161 in DER, usually a .tsr file). Ask the authority for its binary answer. Nothing was recorded.';
  const NOT_VERIFIED =
    'response.tsr: its signature does not verify, so it is not what the authority sent. Fetch the response again. Nothing was recorded.';

  async function refusal(bytes: Uint8Array): Promise<string> {
    const before = await desk.list();
    const event = desk.lastEvent();
    const result = await desk.importBytes(bytes);
    expect(result).toMatchObject({ ok: false, error: { code: 'BAD_DATA' } });
    expect([await desk.list(), desk.lastEvent()]).toEqual([before, event]);
    return result.ok ? '' : result.error.message;
  }

  it('what is no response: nothing, a PDF, a request, a token without its response, 2 MB', async () => {
    const { path } = await desk.exportRequest();
    const response = readFileSync(tsa.reply(path, ec));
    expect(await refusal(Buffer.alloc(0))).toBe(
      'response.tsr: the file is empty, so it is not a timestamp response. Nothing was recorded.',
    );
    expect(await refusal(Buffer.alloc(2 * 1024 * 1024, response))).toBe(
      'response.tsr: it is larger than 1 MB, so it is not a timestamp response. Nothing was recorded.',
    );
    const others = [
      Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n'),
      readFileSync(path),
      response.subarray(9),
      response.subarray(0, -1),
      Buffer.concat([response, Buffer.from('0')]),
      Buffer.alloc(1024 * 1024, Buffer.from('3080', 'hex')),
      Buffer.concat([Buffer.from('3083100000', 'hex'), Buffer.alloc(1024 * 1000, '0500', 'hex')]),
    ];
    for (const bytes of others) expect(await refusal(bytes)).toBe(NOT_A_RESPONSE);
  });

  it('a rejection, with what the authority says', async () => {
    const { path } = await desk.exportRequest();
    const rejected = readFileSync(tsa.reply(path, ec, { digests: 'sha512' }));
    expect(await refusal(rejected)).toBe(
      'response.tsr: the authority gave no timestamp (rejection, badAlg) and says “Message digest algorithm is not supported.”. Put that right with the authority, then import its new response. Nothing was recorded.',
    );
  });

  it('a stamp of something else, and one for another request of the same checkpoint', async () => {
    const { checkpointPath } = await desk.exportRequest();
    const ask = (name: string, data: string): string => {
      const path = join(tempFolder(), name);
      openssl(['ts', '-query', '-data', data, '-sha256', '-cert', '-out', path], tsa.folder);
      return path;
    };
    const other = tsa.reply(ask('other.tsq', tsa.caPath), ec);
    expect(await refusal(readFileSync(other))).toBe(
      'response.tsr: it stamps something else: its imprint is that of no checkpoint for which this workspace asked for a timestamp. Nothing was recorded.',
    );
    const again = tsa.reply(ask('again.tsq', checkpointPath), ec);
    expect(await refusal(readFileSync(again))).toBe(
      'response.tsr: it answers another request for the same checkpoint: its nonce is not the one of the request that was exported here. Nothing was recorded.',
    );
    const withoutNonce = await desk.craftFor({ signer: ec, ...byEc, nonceHex: null });
    expect(await refusal(withoutNonce)).toContain('its nonce is not the one');
  });

  it('a response of another workspace', async () => {
    const core = await createTestCore();
    const theirs = tsa.reply((await createDesk(core, tsa).exportRequest()).path, ec);
    core.close();
    expect(await refusal(readFileSync(theirs))).toContain('it stamps something else');
  });

  it('a signature by another key, and one over other bytes', async () => {
    const other = tsa.issue('Somebody else', 'ec');
    const forged = await desk.craftFor({ signer: { ...ec, keyPath: other.keyPath }, ...byEc });
    expect(await refusal(forged)).toBe(NOT_VERIFIED);
    const genuine = readFileSync(tsa.reply((await desk.exportRequest()).path, ec));
    const changed = Buffer.from(genuine);
    changed[genuine.length - 5]! ^= 1; // in the signature
    expect(await refusal(changed)).toBe(NOT_VERIFIED);
  });

  it('a signer without a certificate, or with one for another purpose', async () => {
    expect(await refusal(await desk.craftFor({ signer: ec, ...byEc, hasCertificate: false }))).toBe(
      'response.tsr: it carries no certificate, so its signature cannot be checked. Ask the authority to include its certificate, as the request does. Nothing was recorded.',
    );
    const server = tsa.issue('A web server', 'ec', 'server');
    expect(await refusal(await desk.craftFor({ signer: server, ...byEc }))).toBe(
      'response.tsr: the certificate of its signer (O=Assay test, CN=A web server) is not one for timestamps: RFC 3161 asks for the extended key usage timeStamping, alone and critical. Nothing was recorded.',
    );
  });

  it('a stamp from before or after the time its certificate is valid', async () => {
    for (const genTime of ['2001-02-03T04:05:06Z', '2999-02-03T04:05:06Z']) {
      const craft = await desk.craftFor({ signer: ec, ...byEc, genTime: new Date(genTime) });
      expect(await refusal(craft)).toMatch(
        /CN=Test TSA EC\) is valid from .+ to .+, and the stamp is dated \d{4}-02-03T04:05:06\.000Z\. Nothing/,
      );
    }
  });

  it('keys and algorithms that prove too little or cannot be checked', async () => {
    const weak = tsa.issue('Weak TSA', 'rsa1024');
    const short = await desk.craftFor({ signer: weak, signature: SIGNATURE_OIDS.rsaEncryption });
    expect(await refusal(short)).toContain('an RSA key shorter than 2,048 bits');
    const sha1 = await desk.craftFor({ signer: ec, ...byEc, digest: 'sha1' });
    expect(await refusal(sha1)).toContain('an algorithm that Assay does not check (1.3.14.3.2.26)');
    const pss = await desk.craftFor({ signer: rsa, signature: SIGNATURE_OIDS.rsaPss });
    expect(await refusal(pss)).toContain('does not check (1.2.840.113549.1.1.10)');
  });

  it('a second response to the same request, with CONFLICT', async () => {
    const { path } = await desk.exportRequest();
    const response = tsa.reply(path, rsa);
    const { stamp } = okValue<'audit.importTimestamp'>(await desk.importFile(response));
    const conflict = {
      code: 'CONFLICT',
      message: `response.tsr: the response to this request was imported already, by Ada Analyst at ${stamp!.importedAtUtc}. Nothing was recorded.`,
    };
    expect(await desk.importFile(response)).toMatchObject({ ok: false, error: conflict });
    expect(await desk.importFile(tsa.reply(path, ec))).toMatchObject({
      ok: false,
      error: conflict,
    });
  });

  it('a file that is gone, a folder, and a token that is none', async () => {
    expect(await desk.importFile(join(tempFolder(), 'gone.tsr'))).toMatchObject({
      ok: false,
      error: {
        code: 'BAD_DATA',
        message: 'gone.tsr: there is no such file. Nothing was recorded.',
      },
    });
    expect(await desk.importFile(tempFolder())).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA' },
    });
    const source = { token: '00000000-0000-4000-8000-000000000000' };
    expect(await test.call('audit.importTimestamp', { source })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
    expect(await test.call('audit.importTimestamp', { source: { token: null } })).toMatchObject({
      ok: false,
      error: { code: 'CANCELLED' },
    });
  });
});
