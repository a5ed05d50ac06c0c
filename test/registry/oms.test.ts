import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preAuthEncoding } from '../../electron/audit/dsse';
import { hashArtefacts } from '../../electron/registry/artefactJob';
import { readCheckingKey } from '../../electron/registry/omsBundle';
import { omsStatement, PAYLOAD_TYPE } from '../../electron/registry/omsStatement';
import type { ModelSigningCheck } from '../../shared/registry/modelSigningChannels';
import { tempFolder } from '../support/tempFolder';
import { createTestCore, type TestCore } from '../support/testCore';
import { okValue } from '../support/testModel';

const VECTORS = resolve('test/golden/oms');
const SIGNER = join(VECTORS, 'signer-p384-public.pem');
const QUIET = { signal: new AbortController().signal, progress: () => undefined };

let core: TestCore;
beforeAll(async () => {
  core = await createTestCore({ hasWorkspace: false });
});
afterAll(() => core.close());

/** The model that the vectors were signed over. */
function simpleModel(): string {
  return folderOf({ 'signme-1': 'signme-1\n', 'signme-2': 'signme-2', 'ignore-me': '' });
}

function folderOf(files: Readonly<Record<string, string>>): string {
  const root = join(tempFolder(), 'simple');
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

interface Checked {
  readonly bundle: string;
  readonly model: string;
  readonly publicKey?: string;
  readonly ignored?: readonly string[];
}

async function check({ bundle, model, publicKey = SIGNER, ignored = [] }: Checked) {
  const source = (path: string) => ({ token: core.token(path) });
  return okValue<'registry.verifyModelSignature'>(
    await core.call('registry.verifyModelSignature', {
      bundle: source(bundle),
      publicKey: source(publicKey),
      model: source(model),
      ignored: [...ignored],
    }),
  );
}

function vector(name: string): string {
  return join(VECTORS, `${name}.bundle.json`);
}

/** The step that failed, and what it says. */
function failure({ isValid, steps }: ModelSigningCheck): string | null {
  const failed = steps.filter(({ status }) => status === 'failed');
  expect(failed).toHaveLength(isValid ? 0 : 1);
  const [step] = failed;
  return step === undefined ? null : `${step.id}: ${step.detail}`;
}

interface Envelope {
  payload: string;
  payloadType: string;
  signatures: { sig: string; keyid?: string | null }[];
}

interface Bundle {
  mediaType: string;
  verificationMaterial: object;
  dsseEnvelope: Envelope;
}

/** The valid vector with something changed, as a file. */
function changed(change: (bundle: Bundle) => void): string {
  const bundle = JSON.parse(readFileSync(vector('valid-key'), 'utf8')) as Bundle;
  change(bundle);
  return textFile(JSON.stringify(bundle));
}

function textFile(text: string, name = 'model.sig'): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, text);
  return path;
}

describe('the vectors of other signers', () => {
  it('verify: Python, with the paths that it says to ignore', async () => {
    const found = await check({ bundle: vector('valid-key'), model: simpleModel() });
    expect(failure(found)).toBeNull();
    expect(found).toMatchObject({
      isValid: true,
      subject: {
        name: 'model',
        rootSha256: '92745110b1ab4368471cbe31664e10174e954b113a3df333db860317b2c6dec4',
      },
      files: { nSame: 2, isSame: true },
    });
  });

  it('verify: Go, with a path to ignore from the reader', async () => {
    const bundle = vector('valid-key-go');
    const model = simpleModel();
    expect(failure(await check({ bundle, model, ignored: ['ignore-me'] }))).toBeNull();
    expect(failure(await check({ bundle, model }))).toMatch(/^files: .* 1 that nobody signed/u);
  });

  it('verify: 1.0.0, where the one file is called `.` and the key lies inside', async () => {
    const model = join(simpleModel(), 'signme-1');
    expect(failure(await check({ bundle: vector('valid-key-v1.0.0'), model }))).toBeNull();
  });

  it.each([
    ['invalid-missing-envelope', /^bundle: .*dsseEnvelope is missing/u],
    ['invalid-missing-verification-material', /^bundle: .*verificationMaterial is missing/u],
    // The published vector keeps the signature of the statement before it was changed.
    ['invalid-wrong-predicate', /^signature: /u],
    ['invalid-empty-resources', /^statement: .*predicate.resources is missing or wrong/u],
  ])('are refused: %s', async (name, finding) => {
    const found = await check({ bundle: vector(name), model: simpleModel() });
    expect(failure(found)).toMatch(finding);
    expect(found.isValid).toBe(false);
  });

  it('name the same digest that ours has of the same files', async () => {
    const model = folderOf({ 'signme-1': 'signme-1\n', 'signme-2': 'signme-2' });
    const { files, name } = await hashArtefacts({ path: model }, QUIET);
    expect(omsStatement(name, files)).toMatchObject({
      subject: [
        {
          name: 'simple',
          digest: { sha256: '92745110b1ab4368471cbe31664e10174e954b113a3df333db860317b2c6dec4' },
        },
      ],
      predicate: { serialization: { method: 'files', hash_type: 'sha256' } },
    });
  });
});

describe('a bundle that is not what it seems', () => {
  const cases: readonly (readonly [string, (bundle: Bundle) => void, RegExp])[] = [
    [
      'another media type',
      (bundle) => void (bundle.mediaType = 'application/vnd.dev.sigstore.bundle.v0.2+json'),
      /^bundle: .*mediaType is missing or wrong/u,
    ],
    [
      'another payload type',
      ({ dsseEnvelope }) => void (dsseEnvelope.payloadType = 'text/plain'),
      /^bundle: .*payloadType/u,
    ],
    [
      'no signature',
      ({ dsseEnvelope }) => void (dsseEnvelope.signatures = []),
      /^bundle: .*signatures/u,
    ],
    [
      'two signatures',
      ({ dsseEnvelope }) => void dsseEnvelope.signatures.push(dsseEnvelope.signatures[0]!),
      /^bundle: .*signatures/u,
    ],
    [
      'a certificate',
      (bundle) =>
        void (bundle.verificationMaterial = { x509CertificateChain: {}, tlogEntries: [] }),
      /^bundle: It was signed with a certificate/u,
    ],
    [
      'the hint of another key',
      (bundle) => void (bundle.verificationMaterial = { publicKey: { hint: '00'.repeat(32) } }),
      /^key: .*another key/u,
    ],
    [
      'a statement with one more space',
      ({ dsseEnvelope }) => {
        const text = Buffer.from(dsseEnvelope.payload, 'base64').toString('utf8');
        dsseEnvelope.payload = Buffer.from(`${text} `).toString('base64');
      },
      /^signature: /u,
    ],
    [
      'a signature that is none',
      ({ dsseEnvelope }) => void (dsseEnvelope.signatures = [{ sig: 'AAAA' }]),
      /^signature: /u,
    ],
  ];
  it.each(cases)('is refused: %s', async (_what, change, finding) => {
    const found = await check({ bundle: changed(change), model: simpleModel() });
    expect(failure(found)).toMatch(finding);
    expect(found.steps.at(-1)).toMatchObject({ id: 'files', status: 'skipped' });
  });

  it('is refused when it was cut off, is empty or no JSON', async () => {
    const whole = readFileSync(vector('valid-key'), 'utf8');
    for (const text of [whole.slice(0, -40), '', '[]', 'null']) {
      expect(failure(await check({ bundle: textFile(text), model: simpleModel() }))).toMatch(
        /^bundle: /u,
      );
    }
  });

  it('is refused with a key that did not sign it, or that is none', async () => {
    const bundle = changed((whole) => void (whole.verificationMaterial = { publicKey: {} }));
    const model = simpleModel();
    const other = join(VECTORS, 'other-p256-public.pem');
    expect(failure(await check({ bundle, model, publicKey: other }))).toMatch(/^signature: /u);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { publicKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    for (const [text, finding] of [
      [secret, /private key/u],
      [rsa.export({ type: 'spki', format: 'pem' }).toString(), /signs no models/u],
      ['hello', /no public key/u],
    ] as const) {
      const found = await check({ bundle, model, publicKey: textFile(text, 'key.pem') });
      expect(failure(found)).toMatch(finding);
    }
  });
});

describe('a model that is not what was signed', () => {
  it.each([
    ['changed', (root: string) => writeFileSync(join(root, 'signme-1'), 'tampered'), /1 changed/u],
    ['missing', (root: string) => rmSync(join(root, 'signme-2')), /1 missing/u],
    ['extra', (root: string) => writeFileSync(join(root, 'extra'), ''), /1 that nobody signed/u],
    ['a link', (root: string) => symlinkSync('signme-1', join(root, 'link')), /1 links/u],
    [
      'a nested .git',
      (root: string) => {
        mkdirSync(join(root, 'sub/.git'), { recursive: true });
        writeFileSync(join(root, 'sub/.git/HEAD'), '');
      },
      /1 that nobody signed/u,
    ],
  ] as const)('is found out: %s', async (_what, act, finding) => {
    const model = simpleModel();
    act(model);
    expect(failure(await check({ bundle: vector('valid-key'), model }))).toMatch(finding);
  });

  it('may hold the bundle itself and what git keeps at its top', async () => {
    const model = simpleModel();
    mkdirSync(join(model, '.git'));
    writeFileSync(join(model, '.git/HEAD'), '');
    writeFileSync(join(model, '.gitignore'), '');
    const bundle = join(model, 'model.sig');
    writeFileSync(bundle, readFileSync(vector('valid-key')));
    expect(failure(await check({ bundle, model }))).toBeNull();
  });
});

/** What a signer with a key of the standard would write over our statement. */
function bundleBy(
  privateKey: KeyObject,
  pem: string,
  hash: string | null,
  statement: object,
): string {
  const payload = Buffer.from(JSON.stringify(statement), 'utf8');
  const key = readCheckingKey(pem);
  const sig = sign(hash, preAuthEncoding(PAYLOAD_TYPE, payload), privateKey);
  return textFile(
    JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: {
        publicKey: { hint: typeof key === 'string' ? '' : key.hint },
        tlogEntries: [],
      },
      dsseEnvelope: {
        payload: payload.toString('base64'),
        payloadType: PAYLOAD_TYPE,
        signatures: [{ sig: sig.toString('base64'), keyid: '' }],
      },
    }),
  );
}

describe('our own statement', () => {
  const model = folderOf({ 'größe/模型.bin': 'x', 'a (copy).bin': 'y', '.gitignore': 'z' });
  const keys = {
    'P-256': { pair: generateKeyPairSync('ec', { namedCurve: 'P-256' }), hash: 'sha256' },
    'P-384': { pair: generateKeyPairSync('ec', { namedCurve: 'P-384' }), hash: 'sha384' },
    'P-521': { pair: generateKeyPairSync('ec', { namedCurve: 'P-521' }), hash: 'sha512' },
    Ed25519: { pair: generateKeyPairSync('ed25519'), hash: null },
  } as const;

  async function statement() {
    const { files, name } = await hashArtefacts({ path: model }, QUIET);
    return omsStatement(name, files);
  }

  it.each(['P-256', 'P-384', 'P-521', 'Ed25519'] as const)(
    'verifies when it is signed with %s',
    async (kind) => {
      const { pair, hash } = keys[kind];
      const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
      const bundle = bundleBy(pair.privateKey, pem, hash, await statement());
      const found = await check({ bundle, model, publicKey: textFile(pem, 'key.pem') });
      expect(failure(found)).toBeNull();
      expect(found.files).toMatchObject({ nSame: 2 });
    },
  );

  it.each([
    ['another predicate', { predicateType: 'https://example.com/x' }, /predicateType is not/u],
    ['another statement type', { _type: 'https://in-toto.io/Statement/v0.1' }, /_type/u],
    ['two subjects', { subject: [{}, {}] }, /subject/u],
  ] as const)('is refused when it is signed but wrong: %s', async (_what, part, finding) => {
    const { pair, hash } = keys['P-256'];
    const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const bundle = bundleBy(pair.privateKey, pem, hash, { ...(await statement()), ...part });
    const found = await check({ bundle, model, publicKey: textFile(pem, 'key.pem') });
    expect(failure(found)).toMatch(finding);
  });

  it.each([
    ['a path that leads out', [{ name: '../up' }], /path that is not plain/u],
    ['an absolute path', [{ name: '/etc/passwd' }], /path that is not plain/u],
    ['files out of order', [{ name: 'b' }, { name: 'a' }], /not sorted/u],
    ['a file twice', [{ name: 'a' }, { name: 'a' }], /named twice/u],
    ['a digest of the whole that does not fit', [{ name: 'a' }], /digest of the whole/u],
    ['another hash', [{ name: 'a', algorithm: 'blake3' }], /way of hashing/u],
  ] as const)('is refused when its manifest has %s', async (_what, resources, finding) => {
    const { pair, hash } = keys['P-256'];
    const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const whole = await statement();
    const digest = '00'.repeat(32);
    const predicate = {
      ...whole.predicate,
      resources: resources.map((part) => ({ digest, algorithm: 'sha256', ...part })),
    };
    const bundle = bundleBy(pair.privateKey, pem, hash, { ...whole, predicate });
    const found = await check({ bundle, model, publicKey: textFile(pem, 'key.pem') });
    expect(failure(found)).toMatch(finding);
  });

  it('covers no model without files', () => {
    expect(() => omsStatement('x', [])).toThrow(RangeError);
  });
});
