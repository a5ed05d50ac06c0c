import { setImmediate } from 'node:timers/promises';
import { ZodError } from 'zod';
import { AppFailure } from '../../shared/ipc/errors';
import type { WorkspaceCheck } from '../../shared/vault/channels';
import type { CallScope } from '../app/context';
import {
  checkRecords,
  eventsOf,
  isSignedBy,
  verifyChain,
  type HeadsLog,
  type LogKey,
} from '../audit/logService';
import type { Db } from '../db/openDatabase';
import { hasForeignSchema } from '../db/schemaText';
import { codeOf } from '../io/fileFailure';
import { scaleProgress } from '../io/scaleProgress';
import { publicKeysById, tryReadKey } from './openWorkspace';
import { keyBinding } from './personKeys';
import { signatureProblem } from './recordSignature';
import { isComparable, signedRecordProblem } from './signedRecords';
import { readVaultFile } from './vaultFile';
import { slotDigest } from './keySlot';
import { listActivePeople, listKeys } from './peopleRepo';
import { findRecoveryKit } from './recoveryRepo';
import { findWorkspace, listAllSignatures } from './vaultRepo';

export interface CheckedWorkspace {
  readonly db: Db;
  readonly workspaceId: string;
  readonly vaultPath: string;
  readonly heads: HeadsLog;
}

type Finding = WorkspaceCheck['checks'][number];

/**
 * Sweeps a whole workspace: pages, foreign keys, schema, keys, log, records, heads, signatures, slots.
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
      const log = await verifyChain(db, {
        workspaceId,
        keys: publicKeysById(db, 'log'),
        heads: known.heads,
        progress: scaleProgress(scope.progress, 0, 0.5),
        signal: scope.signal,
      });
      nEvents = log.size;
      if (log.broken !== null) throw new Problem(`event ${log.broken.seq}: ${log.broken.problem}`);
      return `${log.size} events in order, linked and signed; root ${log.rootSha256.slice(0, 12)}...`;
    }),
    await find('Records', () => findChangedRecords(db, scope)),
    await find('Heads outside the database', () => checkHeads(known)),
    await find('Signatures', () => checkSignatures(db)),
    await find('Signed records', () => checkSignedRecords(db, scope)),
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
    if (isUnreadable(error)) return { title, isPassed: false, detail: UNREADABLE };
    if (!isFinding) throw error;
    return { title, isPassed: false, detail: error instanceof Error ? error.message : '' };
  }
}

const UNREADABLE = 'a record is not in a form that Assay writes';

/** What reading a record throws whose text is no JSON, or not of the form it must have. */
function isUnreadable(error: unknown): boolean {
  return error instanceof ZodError || error instanceof SyntaxError;
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

/** The events that bring a person's keys in, each signed by the new log key. */
const BINDING_EVENTS = ['vault.personAdded', 'vault.keysMade', 'vault.accessRecovered'] as const;

/** Every key is what it is named after, and a person's signing key was proven when it was added. */
function checkKeys(db: Db, workspaceId: string): string {
  const added = BINDING_EVENTS.flatMap((action) => eventsOf(db, action));
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

async function findChangedRecords(db: Db, { progress, signal }: CallScope): Promise<string> {
  const found = await checkRecords(db, { progress: scaleProgress(progress, 0.5, 1), signal });
  if (found.nProblems > 0) {
    const nMore = found.nProblems - found.problems.length;
    throw new Problem([...found.problems, ...(nMore > 0 ? [`${nMore} more`] : [])].join('; '));
  }
  if (!found.isBound) {
    return 'made by an older Assay; the next sign-in binds every record to the log';
  }
  return `${found.nRecords} records are as ${found.nBindingEvents} events of the log left them`;
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

const SIGNATURES_AT_ONCE = 100;

async function checkSignedRecords(db: Db, { signal }: CallScope): Promise<string> {
  const signatures = listAllSignatures(db).filter(isComparable);
  for (const [i, signature] of signatures.entries()) {
    if (i % SIGNATURES_AT_ONCE === 0) await setImmediate();
    signal.throwIfAborted();
    const problem = signedRecordProblem(db, signature);
    if (problem === null) continue;
    throw new Problem(`${signature.recordType} ${signature.recordId}: ${problem}`);
  }
  return `${signatures.length} signed records are what was signed`;
}

function checkSlots({ db, vaultPath }: CheckedWorkspace): string {
  const vault = readVaultFile(vaultPath);
  const people = new Map(listActivePeople(db).map((person) => [person.id, person]));
  for (const slot of vault.slots) {
    const person = people.get(slot.personId);
    if (person?.printedName !== slot.printedName) {
      throw new Problem(`vault.json lets ${slot.printedName} in, whom the database does not know`);
    }
    if (person.slotSha256 !== null && person.slotSha256 !== slotDigest(slot)) {
      throw new Problem(`the slot of ${slot.printedName} is not the one that was recorded`);
    }
  }
  const kit = findRecoveryKit(db);
  const kitSha256 = vault.recovery === null ? null : slotDigest(vault.recovery);
  if (kitSha256 !== null && kitSha256 !== (kit?.slotSha256 ?? null)) {
    throw new Problem('vault.json lets a recovery kit in that was not recorded');
  }
  const workspace = findWorkspace(db);
  if (workspace?.id !== vault.workspaceId || workspace.name !== vault.name) {
    throw new Problem('vault.json shows another workspace or name than the database');
  }
  return `${vault.slots.length} of ${people.size} people can sign in`;
}
