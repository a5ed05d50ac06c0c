import { randomUUID } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { PersonId, WorkspaceId } from '../../shared/base/ids';
import { ROLES, type Person } from '../../shared/vault/person';
import { appendEvent, createHeadsLog, noteTouchedRows, type LogHead } from '../audit/logService';
import { migrate } from '../db/migrate';
import { openDatabase, type Db } from '../db/openDatabase';
import { toStorageFailure } from '../db/storageFailure';
import { PARTIAL_SUFFIX, publishFile } from '../io/atomicWrite';
import { toFileFailure } from '../io/fileFailure';
import { newKey, slotDigest, type KeySlot, type SlotKeys } from './keySlot';
import { lockWithPassphrase, type KdfCost } from './passphraseSlot';
import { createKeyPair } from './newKeys';
import { insertPerson } from './peopleRepo';
import { deriveChildKey } from './sealing';
import type { VaultEnvironment } from './signIn';
import { writeVaultFile, type VaultFile } from './vaultFile';
import { insertWorkspace, type WorkspaceRecord } from './vaultRepo';
import { claimFolder, filesOf, removeFiles, type WorkspaceFiles } from './workspaceFolder';

export interface NewWorkspace {
  /** Absolute path; made when it is not there, else it must be empty. */
  readonly folder: string;
  readonly name: string;
  /** The first person, who holds every role. */
  readonly printedName: string;
  readonly passphrase: string;
  /** Marks a workspace of example data. */
  readonly isSample: boolean;
}

export interface CreatedWorkspace {
  readonly files: WorkspaceFiles;
  readonly vault: VaultFile;
  readonly slot: KeySlot;
  readonly keys: SlotKeys;
}

/**
 * Makes an encrypted workspace with its first person and the first events of its log.
 *
 * Every file gets its name when it is whole, `vault.json` last; when anything fails, nothing stays.
 *
 * @throws AppFailure CONFLICT (folder in use), STORAGE (cannot be written)
 */
export async function createWorkspace(
  environment: VaultEnvironment,
  request: NewWorkspace,
  cost: KdfCost,
): Promise<CreatedWorkspace> {
  const files = filesOf(request.folder);
  const claim = claimFolder(request.folder);
  removeFiles(files); // what a creation that was killed has left
  try {
    const keys = { personKek: newKey(), dataKey: newKey() };
    const workspaceId = WorkspaceId.parse(randomUUID());
    const workspace = { id: workspaceId, name: request.name, isSample: request.isSample };
    const personId = PersonId.parse(randomUUID());
    const person: Person = { id: personId, printedName: request.printedName, roles: ROLES };
    const owner = { personId, printedName: request.printedName, isOneTime: false };
    const slot = await lockWithPassphrase(workspaceId, owner, request.passphrase, keys, cost);
    const { name } = request;
    const vault: VaultFile = { v: 2, workspaceId, name, slots: [slot], recovery: null, next: null };
    const slotSha256 = slotDigest(slot);
    const head = buildDatabase(environment, files, { workspace, person, keys, slotSha256 });
    rememberHead(files, workspaceId, keys.dataKey, head);
    writeVaultFile(files.vault, vault);
    return { files, vault, slot, keys };
  } catch (error) {
    removeFiles(files);
    claim.undo();
    throw toStorageFailure(error) ?? toFileFailure(error, request.folder) ?? error;
  }
}

interface FirstRecords {
  readonly workspace: WorkspaceRecord;
  readonly person: Person;
  readonly keys: SlotKeys;
  readonly slotSha256: string;
}

function buildDatabase(
  environment: VaultEnvironment,
  files: WorkspaceFiles,
  first: FirstRecords,
): LogHead {
  const partial = `${files.database}${PARTIAL_SUFFIX}`;
  const keyHex = first.keys.dataKey.toString('hex');
  const db = openDatabase({ path: partial, keyHex, canCreate: true });
  let head: LogHead;
  try {
    chmodSync(partial, 0o600);
    migrate(db, { keyHex, backupPathFor: null });
    noteTouchedRows(db);
    head = db.transaction(() => insertFirstRecords(db, environment, first)).immediate();
  } finally {
    db.close();
  }
  publishFile(partial, files.database);
  return head;
}

function insertFirstRecords(db: Db, environment: VaultEnvironment, first: FirstRecords): LogHead {
  const { workspace, person, keys, slotSha256 } = first;
  const { nowMs, bootId, appVersion } = environment;
  const createdAtUtc = new Date(nowMs()).toISOString();
  const access = { accessOrigin: 'created', accessBy: null } as const;
  const pair = createKeyPair({ workspaceId: workspace.id, personId: person.id }, keys.personKek);
  insertWorkspace(db, workspace, createdAtUtc);
  insertPerson(db, { ...person, ...access, createdAtUtc, slotSha256, identityCheck: '' });
  pair.insert(db, { origin: 'created', authorisedBy: null, createdAtUtc });
  const { signer } = pair;
  const source = { workspaceId: workspace.id, actor: person, signer, bootId, nowMs };
  const { name, isSample } = workspace;
  appendEvent(db, source, {
    action: 'vault.created',
    subject: workspace.id,
    detail: { after: { name, isSample, appVersion } },
  });
  return appendEvent(db, source, {
    action: 'vault.personAdded',
    subject: person.id,
    detail: {
      after: {
        printedName: person.printedName,
        roles: person.roles,
        ...pair.binding,
      },
    },
  });
}

function rememberHead(
  files: WorkspaceFiles,
  workspaceId: string,
  dataKey: Buffer,
  head: LogHead,
): void {
  const headsKey = deriveChildKey(dataKey, 'assay/heads/v1');
  createHeadsLog(files.heads, headsKey, workspaceId).append(head);
  headsKey.fill(0);
}
