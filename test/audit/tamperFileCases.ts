import { sha256Hex } from '../../electron/audit/packageLayout';
import { ANA_NAME, BEN_NAME, testKey } from './packageFixture';
import { GENUINE, collude, craft, edit, replaceText, swap } from './tamperTools';
import type { TamperCase } from './tamperTools';
import { craftZip } from './zipCraft';

const X = Buffer.from('x');
const RECORD = 'data/model.json';
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
    name: 'a flag in the local header only',
    step: 'zipForm',
    bytes: () => Uint8Array.from(GENUINE).with(7, 0),
  },
  {
    name: 'more files than a package may have',
    step: 'zipForm',
    bytes: () => {
      const paths = Array.from({ length: 20_001 }, (_, i) => `data/${i + 100_000}`);
      return craftZip(paths.map((path) => ({ path, content: new Uint8Array() })));
    },
  },
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
      'a file of the signatures in the manifest',
      () =>
        collude((files) => {
          files.set('sig/x', X);
          const line = `${sha256Hex(X)}  sig/x\n`;
          const manifest = Buffer.from(files.get('manifest-sha256.txt')!).toString();
          const at = manifest.indexOf('verify.py') - 66;
          files.set(
            'manifest-sha256.txt',
            Buffer.from(manifest.slice(0, at) + line + manifest.slice(at)),
          );
        }),
    ],
    ['an unsafe path among the signatures', () => edit((files) => files.set('sig/\u202e', X))],
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

export const FILE_CASES: readonly TamperCase[] = [...ZIP_CASES, ...LIST_CASES, ...DIGEST_CASES];
