import type { WorkspaceCheck } from '../../shared/vault/channels';
import type { CallScope } from '../app/context';
import { verifyChain, type HeadsLog } from '../audit/logService';
import type { Db } from '../db/openDatabase';
import { hasForeignSchema } from '../db/schemaText';
import { publicKeysById, tryReadKey } from './openWorkspace';
import { signatureProblem } from './recordSignature';
import type { VaultFile } from './vaultFile';
import { findWorkspace, listActivePeople, listAllSignatures, listKeys } from './vaultRepo';

export interface CheckedWorkspace {
  readonly db: Db;
  readonly vault: VaultFile;
  readonly heads: HeadsLog;
}

type Finding = WorkspaceCheck['checks'][number];

/**
 * Sweeps a whole workspace: pages, foreign keys, schema, keys, log, heads, signatures, slots.
 *
 * It changes nothing, and one failed check does not stop the others.
 *
 * Cost: O(size of the file); pages are read in one go.
 */
export async function checkWorkspace(
  { db, vault, heads }: CheckedWorkspace,
  scope?: CallScope,
): Promise<WorkspaceCheck> {
  const known = heads.read();
  const checks: Finding[] = [
    find('Database pages', () => checkPages(db)),
    find('Foreign keys', () => checkForeignKeys(db)),
    find('Tables and triggers', () => checkSchema(db)),
    find('Keys of people', () => checkKeys(db)),
  ];
  const log = await verifyChain(db, {
    workspaceId: vault.workspaceId,
    keys: publicKeysById(db, 'log'),
    heads: known.heads,
    ...(scope === undefined ? {} : { progress: scope.progress, signal: scope.signal }),
  });
  checks.push(
    find('Audit log', () => {
      if (log.broken !== null) throw new Problem(`event ${log.broken.seq}: ${log.broken.problem}`);
      return `${log.size} events in order, linked and signed; root ${log.rootSha256.slice(0, 12)}...`;
    }),
    find('Heads outside the database', () => checkHeads(known)),
    find('Signatures', () => checkSignatures(db)),
    find('Sign-in slots', () => checkSlots(db, vault)),
  );
  return { isIntact: checks.every(({ isPassed }) => isPassed), nEvents: log.size, checks };
}

class Problem extends Error {}

function find(title: string, check: () => string): Finding {
  try {
    return { title, isPassed: true, detail: check() };
  } catch (error) {
    const isDatabaseError = error instanceof Error && error.name === 'SqliteError';
    if (!(error instanceof Problem || isDatabaseError)) throw error;
    return { title, isPassed: false, detail: error.message };
  }
}

function checkPages(db: Db): string {
  const found = db.pragma('integrity_check', { simple: true });
  if (found !== 'ok') throw new Problem(String(found));
  return `${String(db.pragma('page_count', { simple: true }))} pages decrypt and fit together`;
}

function checkForeignKeys(db: Db): string {
  const rows = db.pragma('foreign_key_check') as readonly { readonly table: string }[]; // its columns are fixed
  if (rows.length > 0)
    throw new Problem(`${rows.length} rows of ${rows[0]?.table ?? ''} point nowhere`);
  return 'every reference has its record';
}

function checkSchema(db: Db): string {
  if (hasForeignSchema(db))
    throw new Problem('a table, index or trigger was added, changed or removed');
  return 'as this version of Assay makes them';
}

function checkKeys(db: Db): string {
  const keys = listKeys(db);
  for (const { keyId, publicKeyPem, printedName } of keys) {
    if (tryReadKey(publicKeyPem)?.fingerprint !== keyId) {
      throw new Problem(`a key of ${printedName} is not the one that it is named after`);
    }
  }
  return `${keys.length} keys have their fingerprints`;
}

function checkHeads({ heads, nInvalidLines }: ReturnType<HeadsLog['read']>): string {
  if (heads.length === 0) throw new Problem('heads.log is missing or empty');
  if (nInvalidLines > 0)
    throw new Problem(`${nInvalidLines} lines of heads.log are torn or altered`);
  return `${heads.length} heads compared with the log, newest at event ${heads.at(-1)?.size ?? 0}`;
}

function checkSignatures(db: Db): string {
  const keys = publicKeysById(db, 'sign');
  const signatures = listAllSignatures(db);
  for (const signature of signatures) {
    const problem = signatureProblem(signature, keys.get(signature.keyId));
    if (problem !== null) {
      throw new Problem(
        `the signature under ${signature.recordType} ${signature.recordId}: ${problem}`,
      );
    }
  }
  return `${signatures.length} signatures are genuine`;
}

function checkSlots(db: Db, vault: VaultFile): string {
  const people = new Map(listActivePeople(db).map(({ id, printedName }) => [id, printedName]));
  for (const { personId, printedName } of vault.slots) {
    if (people.get(personId) !== printedName) {
      throw new Problem(`vault.json lets ${printedName} in, whom the database does not know`);
    }
  }
  if (findWorkspace(db)?.name !== vault.name) throw new Problem('vault.json shows another name');
  return `${vault.slots.length} of ${people.size} people can sign in`;
}
