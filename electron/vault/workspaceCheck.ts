import { AppFailure } from '../../shared/ipc/errors';
import type { WorkspaceCheck } from '../../shared/vault/channels';
import type { CallScope } from '../app/context';
import { eventsOf, isSignedBy, verifyChain, type HeadsLog, type LogKey } from '../audit/logService';
import type { Db } from '../db/openDatabase';
import { hasForeignSchema } from '../db/schemaText';
import { codeOf } from '../io/fileFailure';
import { publicKeysById, tryReadKey } from './openWorkspace';
import { keyBinding } from './personKeys';
import { signatureProblem } from './recordSignature';
import { readVaultFile } from './vaultFile';
import { findWorkspace, listActivePeople, listAllSignatures, listKeys } from './vaultRepo';

export interface CheckedWorkspace {
  readonly db: Db;
  readonly workspaceId: string;
  readonly vaultPath: string;
  readonly heads: HeadsLog;
}

type Finding = WorkspaceCheck['checks'][number];

/**
 * Sweeps a whole workspace: pages, foreign keys, schema, keys, log, heads, signatures, slots.
 *
 * It changes nothing, and one failed check does not stop the others. When the signal fires, its error
 * comes out.
 *
 * Cost: O(size of the file); pages are read in one go.
 */
export async function checkWorkspace(
  workspace: CheckedWorkspace,
  scope: CallScope,
): Promise<WorkspaceCheck> {
  const { db, workspaceId, heads } = workspace;
  const known = heads.read();
  let nEvents = 0;
  const checks = [
    await find('Database pages', () => checkPages(db)),
    await find('Foreign keys', () => checkForeignKeys(db)),
    await find('Tables and triggers', () => checkSchema(db)),
    await find('Keys of people', () => checkKeys(db, workspaceId)),
    await find('Audit log', async () => {
      const keys = publicKeysById(db, 'log');
      const { progress, signal } = scope;
      const log = await verifyChain(db, {
        workspaceId,
        keys,
        heads: known.heads,
        progress,
        signal,
      });
      nEvents = log.size;
      if (log.broken !== null) throw new Problem(`event ${log.broken.seq}: ${log.broken.problem}`);
      return `${log.size} events in order, linked and signed; root ${log.rootSha256.slice(0, 12)}...`;
    }),
    await find('Heads outside the database', () => checkHeads(known)),
    await find('Signatures', () => checkSignatures(db)),
    await find('Sign-in slots', () => checkSlots(workspace)),
  ];
  return { isIntact: checks.every(({ isPassed }) => isPassed), nEvents, checks };
}

class Problem extends Error {}

async function find(title: string, check: () => string | Promise<string>): Promise<Finding> {
  try {
    return { title, isPassed: true, detail: await check() };
  } catch (error) {
    const isFinding =
      error instanceof Problem ||
      error instanceof AppFailure ||
      codeOf(error).startsWith('SQLITE_');
    if (!isFinding) throw error;
    return { title, isPassed: false, detail: error instanceof Error ? error.message : '' };
  }
}

function checkPages(db: Db): string {
  const found = db.pragma('integrity_check', { simple: true });
  if (found !== 'ok') throw new Problem(String(found));
  return `${String(db.pragma('page_count', { simple: true }))} pages decrypt and fit together`;
}

function checkForeignKeys(db: Db): string {
  const rows = db.pragma('foreign_key_check') as readonly { readonly table: string }[]; // its columns are fixed
  if (rows.length > 0) {
    throw new Problem(`${rows.length} rows of ${rows[0]?.table ?? ''} point nowhere`);
  }
  return 'every reference has its record';
}

function checkSchema(db: Db): string {
  if (hasForeignSchema(db)) {
    throw new Problem('a table, index or trigger was added, changed or removed');
  }
  return 'as this version of Assay makes them';
}

/** Every key is what it is named after, and a person's signing key was proven when it was added. */
function checkKeys(db: Db, workspaceId: string): string {
  const added = eventsOf(db, 'vault.personAdded').map(({ subject, after }) => ({ subject, after }));
  const signing = publicKeysById(db, 'sign');
  const keys = listKeys(db);
  for (const { keyId, publicKeyPem, printedName, purpose, personId } of keys) {
    if (tryReadKey(publicKeyPem)?.fingerprint !== keyId) {
      throw new Problem(`a key of ${printedName} is not the one that it is named after`);
    }
    const isProven = added.some(
      ({ subject, after }) =>
        subject === personId && isBinding(after, { workspaceId, personId, keyId }, signing),
    );
    if (purpose === 'sign' && !isProven) {
      throw new Problem(`the audit log does not bind the signing key of ${printedName} to them`);
    }
  }
  return `${keys.length} keys have their fingerprints and owners`;
}

function isBinding(
  after: unknown,
  { workspaceId, personId, keyId }: Readonly<Record<'workspaceId' | 'personId' | 'keyId', string>>,
  signing: ReadonlyMap<string, LogKey>,
): boolean {
  const facts: Readonly<Record<string, unknown>> = { ...(after as object | null) }; // any JSON value spreads
  const { logKeyId, signingKeyId, signingKeyProof } = facts;
  const key = signing.get(keyId)?.publicKey;
  if (key === undefined || signingKeyId !== keyId) return false;
  if (typeof logKeyId !== 'string' || typeof signingKeyProof !== 'string') return false;
  const binding = keyBinding({ workspaceId, personId }, logKeyId, keyId);
  return isSignedBy(key, binding, Buffer.from(signingKeyProof, 'base64'));
}

function checkHeads({ heads, nInvalidLines }: ReturnType<HeadsLog['read']>): string {
  if (heads.length === 0) throw new Problem('heads.log is missing or empty');
  if (nInvalidLines > 0) {
    throw new Problem(`${nInvalidLines} lines of heads.log are torn or altered`);
  }
  return `${heads.length} heads compared with the log, newest at event ${heads.at(-1)?.size ?? 0}`;
}

function checkSignatures(db: Db): string {
  const keys = publicKeysById(db, 'sign');
  const signatures = listAllSignatures(db);
  for (const signature of signatures) {
    const problem = signatureProblem(signature, keys.get(signature.keyId));
    if (problem === null) continue;
    const { recordType, recordId } = signature;
    throw new Problem(`the signature under ${recordType} ${recordId}: ${problem}`);
  }
  return `${signatures.length} signatures are genuine`;
}

function checkSlots({ db, vaultPath }: CheckedWorkspace): string {
  const vault = readVaultFile(vaultPath);
  const people = new Map(listActivePeople(db).map(({ id, printedName }) => [id, printedName]));
  for (const { personId, printedName } of vault.slots) {
    if (people.get(personId) !== printedName) {
      throw new Problem(`vault.json lets ${printedName} in, whom the database does not know`);
    }
  }
  const workspace = findWorkspace(db);
  if (workspace?.id !== vault.workspaceId || workspace.name !== vault.name) {
    throw new Problem('vault.json shows another workspace or name than the database');
  }
  return `${vault.slots.length} of ${people.size} people can sign in`;
}
