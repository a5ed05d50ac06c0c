import type { VerificationStepId } from '../../shared/audit/auditPackage';
import { AUDIT_CASES } from './tamperAuditCases';
import {
  GENUINE,
  collude,
  craft,
  edit,
  genuineFiles,
  readStatement,
  remakeEnvelope,
  remakeManifest,
  remakeStatement,
  replaceText,
  signStatement,
  swap,
} from './tamperTools';
import {
  ANA,
  ANA_NAME,
  BEN,
  BEN_NAME,
  LETTER,
  LOG_NAME,
  makePackage,
  packageInput,
  testKey,
} from './packageFixture';

export interface TamperCase {
  readonly name: string;
  /** The first step that must fail. */
  readonly step: VerificationStepId;
  readonly bytes: () => Uint8Array;
  readonly trusted?: Readonly<Record<string, string>>;
}

const X = Buffer.from('x');
const RECORD = 'data/model.json';
const [ANA_SIG, BEN_SIG] = [`sig/${ANA_NAME}.sig`, `sig/${BEN_NAME}.sig`];
const EVE = testKey('Eve');

const ZIP_CASES: readonly TamperCase[] = [
  { name: 'a byte before', step: 'zipForm', bytes: () => Buffer.concat([X, GENUINE]) },
  { name: 'a byte after', step: 'zipForm', bytes: () => Buffer.concat([GENUINE, X]) },
  { name: 'an archive comment', step: 'zipForm', bytes: () => craft((all) => all, X) },
  { name: 'cut off', step: 'zipForm', bytes: () => GENUINE.subarray(0, -100) },
  { name: 'no bytes at all', step: 'zipForm', bytes: () => new Uint8Array() },
  { name: 'plain text', step: 'zipForm', bytes: () => Buffer.from('not a ZIP file'.repeat(9)) },
  { name: 'files in another order', step: 'zipForm', bytes: () => craft((all) => all.reverse()) },
  {
    name: 'a file twice',
    step: 'zipForm',
    bytes: () => craft((all) => all.flatMap((entry) => [entry, entry])),
  },
  {
    name: 'a path that climbs out',
    step: 'zipForm',
    bytes: () => craft((all) => [{ path: '../evil.sh', content: X }, ...all]),
  },
  {
    name: 'an absolute path',
    step: 'zipForm',
    bytes: () => craft((all) => [{ path: '/etc/evil', content: X }, ...all]),
  },
  {
    name: 'a file outside the directory',
    step: 'zipForm',
    bytes: () => craft((all) => [{ path: 'A.txt', content: X, isHidden: true }, ...all]),
  },
  ...Object.entries({
    'a deflated file': { isDeflated: true },
    'an extra field': { localExtra: Buffer.from('UT\u0000\u0000') },
    'an extra field in the directory': { centralExtra: Buffer.from('UT\u0000\u0000') },
    'a comment on a file': { fileComment: X },
    'a symbolic link': { externalAttributes: 0xa1ff0000, versionMadeBy: 0x0314 },
    'another date': { dosDate: 0x0022 },
    'a name not marked as UTF-8': { flags: 0 },
    'a file marked as encrypted': { flags: 0x0801 },
    'a file marked as text': { internalAttributes: 1 },
    'bytes between two files': { gapAfter: X },
    'a size of 4 GB (bomb)': { claimedSize: 0xfffffff0 },
  }).map(([name, oddity]) => ({
    name,
    step: 'zipForm' as const,
    bytes: () => craft((all) => all.with(3, { ...all[3]!, ...oddity })),
  })),
];

const LIST_CASES: readonly TamperCase[] = (
  [
    ['a file added', () => edit((files) => files.set('data/more.json', X))],
    ['a file removed', () => edit((files) => files.delete(RECORD))],
    ['the audit log removed', () => edit((files) => files.delete('audit/log.jsonl'))],
    ['the manifest removed', () => edit((files) => files.delete('manifest-sha256.txt'))],
    ['the statement removed', () => edit((files) => files.delete('statement.json'))],
    ['the envelope removed', () => edit((files) => files.delete('envelope.dsse.json'))],
    [
      'the proofs removed by the signatories',
      () => collude((files) => files.delete('audit/proofs.json')),
    ],
    [
      'the lines of the manifest in another order',
      () =>
        edit((files) => {
          const lines = Buffer.from(files.get('manifest-sha256.txt')!).toString().split('\n');
          files.set(
            'manifest-sha256.txt',
            Buffer.from([...lines.slice(0, -1).reverse(), ''].join('\n')),
          );
        }),
    ],
    [
      'a file hidden among the signatures of the manifest',
      () =>
        edit((files) =>
          replaceText(files, 'manifest-sha256.txt', '  data/model.json', '  sig/model.json'),
        ),
    ],
    [
      'a path with a Cyrillic letter',
      () => collude((files) => files.set('data/m\u043edel.json', X)),
    ],
    ['two paths that differ in case', () => collude((files) => files.set('data/MODEL.json', X))],
    ['a path below a file', () => collude((files) => files.set('data/model.json/x', X))],
    ['a Windows device name', () => collude((files) => files.set('data/con.json', X))],
    ['a hidden file', () => collude((files) => files.set('data/.hidden', X))],
  ] as const
).map(([name, bytes]) => ({ name, step: 'fileList', bytes }));

const DIGEST_CASES: readonly TamperCase[] = (
  [
    ['a record edited', () => edit((files) => replaceText(files, RECORD, 'Credit', 'Credjt'))],
    [
      'the report edited',
      () => edit((files) => replaceText(files, 'report.html', '0.195', '0.095')),
    ],
    [
      'two records exchanged',
      () => edit((files) => swap(files, RECORD, 'data/drift/report-1.json')),
    ],
    [
      'two keys exchanged',
      () => edit((files) => swap(files, `keys/${ANA_NAME}.pem`, `keys/${BEN_NAME}.pem`)),
    ],
    [
      'a key replaced',
      () => edit((files) => files.set(`keys/${ANA_NAME}.pem`, Buffer.from(EVE.pem))),
    ],
    [
      'an event edited',
      () => edit((files) => replaceText(files, 'audit/log.jsonl', '"seq":2', '"seq":4')),
    ],
    [
      'the verifier exchanged',
      () => edit((files) => files.set('verify.py', Buffer.from('print("VALID")'))),
    ],
  ] as const
).map(([name, bytes]) => ({ name, step: 'manifestDigests', bytes }));

function withManifest(change: Parameters<typeof edit>[0]): Uint8Array {
  return edit((files) => {
    change(files);
    remakeManifest(files);
  });
}

const STATEMENT_CASES: readonly TamperCase[] = (
  [
    [
      'a record edited and the manifest re-made',
      () => withManifest((files) => replaceText(files, RECORD, 'Credit', 'Credjt')),
    ],
    [
      'a file added and the manifest re-made',
      () => withManifest((files) => files.set('data/more.json', X)),
    ],
    [
      'a file removed and the manifest re-made',
      () => withManifest((files) => files.delete(RECORD)),
    ],
    [
      'white space in the statement',
      () => edit((files) => replaceText(files, 'statement.json', '"predicate":', '"predicate": ')),
    ],
    [
      'a member twice in the statement',
      () =>
        edit((files) =>
          replaceText(files, 'statement.json', '"packageSeq":3', '"packageSeq":2,"packageSeq":3'),
        ),
    ],
    [
      'a byte order mark before the statement',
      () =>
        edit((files) =>
          files.set(
            'statement.json',
            Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), files.get('statement.json')!]),
          ),
        ),
    ],
    [
      'another type of statement',
      () => edit((files) => replaceText(files, 'statement.json', 'audit-package/v1', 'other/v1')),
    ],
    [
      'a meaning that does not exist',
      () => edit((files) => replaceText(files, 'statement.json', '"review"', '"praise"')),
    ],
    [
      'a statement nested 70 deep',
      () =>
        edit((files) => {
          const deep = `${'['.repeat(70)}${']'.repeat(70)}`;
          replaceText(files, 'statement.json', '"appVersion"', `"aa":${deep},"appVersion"`);
        }),
    ],
    [
      'a statement nested 100,000 deep',
      () => edit((files) => files.set('statement.json', Buffer.from('['.repeat(100_000)))),
    ],
    [
      'one person as two signatories',
      () =>
        edit((files) => {
          const { keyid } = readStatement(files).predicate.signers[0]!;
          replaceText(files, 'statement.json', BEN.publicKey.fingerprint, keyid);
        }),
    ],
    [
      'a control character in a printed name',
      () =>
        edit((files) =>
          replaceText(files, 'statement.json', '"Ben Okoye"', '"Ben\\u001b[2JOkoye"'),
        ),
    ],
  ] as const
).map(([name, bytes]) => ({ name, step: 'statement', bytes }));

const ENVELOPE_CASES: readonly TamperCase[] = (
  [
    [
      'the meaning changed',
      () => edit((files) => replaceText(files, 'statement.json', '"review"', '"approval"')),
    ],
    [
      'the reason changed',
      () => edit((files) => replaceText(files, 'statement.json', 'Quarterly', 'Monthly')),
    ],
    [
      'the time changed',
      () => edit((files) => replaceText(files, 'statement.json', '2026-04-01', '2026-03-01')),
    ],
    ['the signatures exchanged', () => edit((files) => swap(files, ANA_SIG, BEN_SIG))],
    ['a signature removed', () => edit((files) => files.delete(BEN_SIG))],
    [
      'white space in the envelope',
      () => edit((files) => replaceText(files, 'envelope.dsse.json', ':', ': ')),
    ],
    ['an envelope that is no JSON', () => edit((files) => files.set('envelope.dsse.json', X))],
    [
      'the envelope of another package',
      () => {
        const other = makePackage({ ...packageInput(), packageSeq: 2 });
        const at = Buffer.from(other).indexOf('{"payload":');
        const envelope = genuineFiles().get('envelope.dsse.json')!;
        return edit((files) =>
          files.set('envelope.dsse.json', other.subarray(at, at + envelope.length)),
        );
      },
    ],
  ] as const
).map(([name, bytes]) => ({ name, step: 'envelope', bytes }));

function withEnvelope(change: Parameters<typeof edit>[0]): Uint8Array {
  return edit((files) => {
    change(files);
    remakeEnvelope(files);
  });
}

const ED25519_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The same signature with S + L: mathematically equal, so refusing it takes a rule. */
function malleate(signature: Uint8Array): Uint8Array {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`);
  const hex = (s + ED25519_ORDER).toString(16).padStart(64, '0');
  return Buffer.concat([signature.subarray(0, 32), Buffer.from(hex, 'hex').reverse()]);
}

const SIGNATURE_CASES: readonly TamperCase[] = (
  [
    [
      'the meaning changed and the envelope re-made',
      () => withEnvelope((files) => replaceText(files, 'statement.json', '"review"', '"approval"')),
    ],
    [
      'manifest, statement, envelope and ZIP re-made with the old signatures',
      () =>
        withEnvelope((files) => {
          replaceText(files, RECORD, 'Credit', 'Credjt');
          remakeManifest(files);
          remakeStatement(files);
        }),
    ],
    [
      'the signatures exchanged in both places',
      () => withEnvelope((files) => swap(files, ANA_SIG, BEN_SIG)),
    ],
    ['a signature of zeros', () => withEnvelope((files) => files.set(ANA_SIG, new Uint8Array(64)))],
    ['an empty signature', () => withEnvelope((files) => files.set(ANA_SIG, new Uint8Array()))],
    [
      'a longer signature',
      () => withEnvelope((files) => files.set(ANA_SIG, Buffer.concat([files.get(ANA_SIG)!, X]))),
    ],
    [
      'a signature with S + L',
      () => withEnvelope((files) => files.set(ANA_SIG, malleate(files.get(ANA_SIG)!))),
    ],
    [
      'a signatory dropped',
      () =>
        withEnvelope((files) => {
          remakeStatement(files, (statement) => {
            statement.predicate.signers.pop();
            return statement;
          });
          files.delete(BEN_SIG);
        }),
    ],
    [
      'a signature of somebody unnamed',
      () => edit((files) => files.set('sig/eve.sig', new Uint8Array(64))),
    ],
    [
      'the signature of another package',
      () => {
        const other = makePackage({ ...packageInput(), packageSeq: 2 });
        const at = Buffer.from(other).indexOf(ANA_SIG) + ANA_SIG.length;
        return withEnvelope((files) => files.set(ANA_SIG, other.subarray(at, at + 64)));
      },
    ],
    [
      'a key exchanged and everything but the signature re-made',
      () =>
        withEnvelope((files) => {
          files.set(`keys/${ANA_NAME}.pem`, Buffer.from(EVE.pem));
          remakeManifest(files);
          remakeStatement(files);
        }),
    ],
    [
      'a key file with Windows line ends',
      () =>
        collude((files) => {
          const pem = Buffer.from(files.get(`keys/${ANA_NAME}.pem`)!).toString();
          files.set(`keys/${ANA_NAME}.pem`, Buffer.from(pem.replaceAll('\n', '\r\n')));
        }),
    ],
    ['signed by another person than stated', () => collude(() => {}, undefined, [ANA, EVE])],
  ] as const
).map(([name, bytes]) => ({ name, step: 'signatures', bytes }));

/** Everything made anew by Eve, under the names of Ana and Ben. */
function forgeAll(): Uint8Array {
  const [eve, mallory] = [EVE, testKey('Mallory')];
  return edit((files) => {
    replaceText(files, RECORD, 'Credit', 'Credjt');
    files.set(`keys/${ANA_NAME}.pem`, Buffer.from(eve.pem));
    files.set(`keys/${BEN_NAME}.pem`, Buffer.from(mallory.pem));
    remakeManifest(files);
    remakeStatement(files, (statement) => {
      statement.predicate.signers[0]!.keyid = eve.publicKey.fingerprint;
      statement.predicate.signers[1]!.keyid = mallory.publicKey.fingerprint;
      return statement;
    });
    signStatement(files, [eve, mallory]);
    remakeEnvelope(files);
  });
}

const TRUST_CASES: readonly TamperCase[] = [
  {
    name: 'everything re-made with other keys under the same names',
    step: 'trustedKeys',
    bytes: forgeAll,
  },
  {
    name: 'the letter names a person who did not sign',
    step: 'trustedKeys',
    bytes: () => GENUINE,
    trusted: {
      ...LETTER,
      [`eve-${EVE.publicKey.fingerprint.slice(0, 8)}`]: EVE.publicKey.fingerprint,
    },
  },
  {
    name: 'a signatory is not in the letter',
    step: 'trustedKeys',
    bytes: () => GENUINE,
    trusted: { [ANA_NAME]: ANA.publicKey.fingerprint },
  },
  {
    name: 'the letter has another fingerprint for the log',
    step: 'trustedKeys',
    bytes: () => GENUINE,
    trusted: { ...LETTER, [LOG_NAME]: EVE.publicKey.fingerprint },
  },
];

/** Every way of tampering that the verifiers are tried on, with the step that must find it. */
export const TAMPER_CASES: readonly TamperCase[] = [
  ...ZIP_CASES,
  ...LIST_CASES,
  ...DIGEST_CASES,
  ...STATEMENT_CASES,
  ...ENVELOPE_CASES,
  ...SIGNATURE_CASES,
  ...TRUST_CASES,
  ...AUDIT_CASES,
];
