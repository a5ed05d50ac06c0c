import { sha256Hex } from '../../electron/audit/packageLayout';
import {
  GENUINE,
  collude,
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
import type { TamperCase } from './tamperTools';
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

const X = Buffer.from('x');
const RECORD = 'data/model.json';
const [ANA_SIG, BEN_SIG] = [`sig/${ANA_NAME}.sig`, `sig/${BEN_NAME}.sig`];
const EVE = testKey('Eve');

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
    [
      'signed with the key in the package, which is not the stated one',
      () =>
        collude((files) => files.set(`keys/${ANA_NAME}.pem`, Buffer.from(EVE.pem)), undefined, [
          EVE,
          BEN,
        ]),
    ],
    [
      'a key that claims to be for another algorithm',
      () => {
        const der = Buffer.from(ANA.pem.split('\n')[1]!, 'base64');
        der[8] = 0x6e; // the object identifier of X25519
        const pem = `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`;
        return collude(
          (files) => files.set(`keys/${ANA_NAME}.pem`, Buffer.from(pem)),
          (statement) => {
            statement.predicate.signers[0]!.keyid = sha256Hex(der);
            return statement;
          },
        );
      },
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

export const SIGNATORY_CASES: readonly TamperCase[] = [
  ...STATEMENT_CASES,
  ...ENVELOPE_CASES,
  ...SIGNATURE_CASES,
  ...TRUST_CASES,
];
