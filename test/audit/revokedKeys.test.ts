import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../electron/audit/packageLayout';
import { isSignedBy, readPublicKey } from '../../electron/audit/publicKey';
import { preAuthEncoding } from '../../electron/audit/dsse';
import { verifyPackage } from '../../electron/audit/verifyPackage';
import { readZip } from '../../electron/io/zip';
import { RevocationList, type RevokedKey } from '../../shared/audit/auditPackage';
import { canonicalJson } from '../../shared/base/canonicalJson';
import {
  addPerson,
  confirmKeyOf,
  passphraseOf,
  personNamed,
  signAs,
  signInAs,
} from '../support/people';
import { runCli } from '../support/runCli';
import { tempFolder } from '../support/tempFolder';
import { PASSPHRASE } from '../support/testCore';
import { createTestModel, okValue, SIGNING } from '../support/testModel';
import { PRINTED_NAME } from '../support/testVault';
import { ANA, LETTER, makePackage, packageInput } from './packageFixture';
import { verifyWithPython } from './pythonVerifier';

function revoked(revokedAtUtc: string): RevokedKey {
  const keySha256Hex = ANA.publicKey.fingerprint;
  return { keySha256Hex, printedName: ANA.name, purpose: 'sign', reason: 'reset', revokedAtUtc };
}

/** The fixture's package, signed on 2026-04-01 at noon, with a revocation list of its own. */
function packageWith(list: string): Uint8Array {
  const input = packageInput();
  const records = new Map([...input.records, ['data/revoked-keys.json', Buffer.from(list)]]);
  return makePackage({ ...input, records });
}

const BEFORE = revoked('2026-03-31T08:00:00.000Z');
const AFTER = revoked('2026-04-02T08:00:00.000Z');

describe('a revoked key', () => {
  const cases: readonly (readonly [string, Uint8Array, readonly RevokedKey[], string])[] = [
    ['revoked before it signed', packageWith(`${canonicalJson([BEFORE])}\n`), [], 'failed'],
    ['revoked after it signed', packageWith(`${canonicalJson([AFTER])}\n`), [], 'passed'],
    ['not revoked at all', packageWith('[]\n'), [], 'passed'],
    ['named by a newer list', makePackage(), [BEFORE], 'failed'],
    ['named by a newer list, later', makePackage(), [AFTER], 'passed'],
    ['in a list that is none', packageWith('[{}]\n'), [], 'failed'],
    [
      'in a list that is not canonical',
      packageWith(`${JSON.stringify([AFTER], null, 1)}\n`),
      [],
      'failed',
    ],
  ];

  it('is refused by every verifier when it ended before it signed, and only then', () => {
    const python = verifyWithPython(
      cases.map(([, bytes, newer]) => ({ bytes, trusted: LETTER, revoked: newer })),
    );
    for (const [i, [name, bytes, newer, expected]] of cases.entries()) {
      const result = verifyPackage(bytes, { trusted: LETTER, revoked: newer });
      const [ours, theirs] = [result.steps, python[i]!].map((steps) =>
        steps
          .filter(({ status }) => status === 'failed')
          .map(({ id, detail }) => `${id}: ${detail}`),
      );
      expect({ name, ours }).toEqual({ name, ours: theirs });
      const failed = ours!.map((line) => line.split(':')[0]);
      expect({ name, failed }).toEqual({
        name,
        failed: expected === 'failed' ? ['signatures'] : [],
      });
    }
  });

  it('travels in packages, with every signature under their records, and can be held against older ones', async () => {
    const model = await createTestModel();
    const { id } = model.core.context.vault.session()!.actor;
    const ada = { id, printedName: PRINTED_NAME, passphrase: PASSPHRASE };
    const { id: belaId } = await addPerson(model, 'Bela', ['reviewer']);
    okValue<'vault.confirmKey'>(await confirmKeyOf(model, ada, 'Bela'));
    const bela = { printedName: 'Bela', passphrase: passphraseOf('Bela') };
    await signInAs(model, belaId, bela.passphrase);
    const version = { recordType: 'registry.version', recordId: model.versionId } as const;
    const approval = okValue<'vault.signRecord'>(
      await signAs(model.call, 'vault.signRecord', version, 'approval', bela),
    );
    const older = await exportBy({ meaning: 'approval', reason: 'Checked', ...bela });
    await signInAs(model, ada.id, ada.passphrase);
    const { revision } = await personNamed(model, 'Bela');
    okValue<'vault.deactivatePerson'>(
      await model.call('vault.deactivatePerson', { personId: belaId, revision, reason: 'Left' }),
    );
    const newer = await exportBy({ ...SIGNING, meaning: 'responsibility' });
    const files = readZip(newer.bytes);
    const list = RevocationList.parse(JSON.parse(textOf(files, 'data/revoked-keys.json')));
    expect(
      list.map(({ printedName, purpose, reason }) => `${printedName} ${purpose} ${reason}`).sort(),
    ).toEqual(['Bela log deactivated', 'Bela sign deactivated']);
    const signatures = JSON.parse(textOf(files, 'data/signatures.json')) as {
      readonly keyId: string;
      readonly meaning: string;
      readonly statementBase64: string;
      readonly signatureBase64: string;
    }[];
    expect(signatures.map(({ meaning }) => meaning)).toEqual(['authorship', 'approval']);
    for (const { keyId, statementBase64, signatureBase64 } of signatures) {
      const pem = [...files.keys()].find(
        (path) => path.startsWith('keys/') && fingerprintOf(files, path) === keyId,
      );
      const statement = Buffer.from(statementBase64, 'base64');
      const signed = preAuthEncoding('application/vnd.assay.record-signature+json', statement);
      const key = readPublicKey(textOf(files, pem!));
      expect(isSignedBy(key, signed, Buffer.from(signatureBase64, 'base64'))).toBe(true);
      expect(JSON.parse(statement.toString())).toMatchObject({
        recordSha256: approval.recordSha256,
      });
    }
    const report = textOf(files, 'report.html');
    for (const shown of ['Bela', 'approval', 'Looked at', approval.signedAtUtc, '(revoked '])
      expect(report).toContain(shown);
    // Bela's own package was signed before the key ended, so it stays valid with the newer list.
    const listFile = join(tempFolder(), 'revoked-keys.json');
    writeFileSync(listFile, textOf(files, 'data/revoked-keys.json'));
    const kept = await runCli(['verify', older.path, '--revoked', listFile]);
    expect(kept).toMatchObject({ code: 0 });
    writeFileSync(
      listFile,
      textOf(files, 'data/revoked-keys.json').replaceAll(
        /"revokedAtUtc":"\d{4}/gu,
        '"revokedAtUtc":"2001',
      ),
    );
    const refused = await runCli(['verify', older.path, '--revoked', listFile]);
    expect(refused).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('The key of Bela was revoked on 2001') as string,
    });
    const wrong = await runCli(['verify', older.path, '--revoked', older.path]);
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be read as a revocation list') as string,
    });
    model.close();

    async function exportBy(signing: {
      readonly meaning: 'approval' | 'responsibility';
      readonly reason: string;
      readonly passphrase: string;
      readonly printedName: string;
    }) {
      const path = join(tempFolder(), 'package.zip');
      model.picks.push(path);
      const scope = { modelId: model.modelId, periodStart: null, periodEnd: null };
      const { stageId } = okValue<'audit.previewPackage'>(
        await model.call('audit.previewPackage', scope),
      );
      okValue<'audit.exportPackage'>(await model.call('audit.exportPackage', { stageId, signing }));
      return { path, bytes: readFileSync(path) };
    }
  });
});

function textOf(files: ReadonlyMap<string, Uint8Array>, path: string): string {
  return Buffer.from(files.get(path)!).toString();
}

function fingerprintOf(files: ReadonlyMap<string, Uint8Array>, path: string): string {
  const base64 = textOf(files, path).split('\n')[1]!;
  return sha256Hex(Buffer.from(base64, 'base64'));
}
