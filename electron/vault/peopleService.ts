import { randomUUID } from 'node:crypto';
import { PersonId } from '../../shared/base/ids';
import type { Channel, InputOf } from '../../shared/ipc/channel';
import { contract } from '../../shared/ipc/contract';
import { AppFailure } from '../../shared/ipc/errors';
import type {
  GivenAccess,
  Permission,
  PersonDetails,
  peopleChannels,
} from '../../shared/vault/peopleChannels';
import type { AppContext } from '../app/context';
import { newKey, slotDigest, type KeySlotV2, type SlotKeys } from './keySlot';
import { lockWithPassphrase } from './passphraseSlot';
import {
  findPerson,
  insertPerson,
  isNameTaken,
  listPeople as findPeople,
  markDeactivated,
  retireKeys,
  setAccess,
  setSlot,
  updateRoles,
  type PersonRecord,
} from './peopleRepo';
import { createDetails } from './personDetails';
import { ONE_TIME_BITS, randomCode } from './printedCode';
import { endRecoveryKit } from './recoveryRepo';
import { insertTrainingNote } from './trainingRepo';
import { setKeyChangeDue } from './vaultRepo';
import { saveRecorded, withSlot, withoutSlots } from './vaultStore';

type Input<K extends keyof typeof peopleChannels> = InputOf<(typeof peopleChannels)[K]>;

/** Everyone who ever had access, in the order in which they came. */
export function listPeople(ctx: AppContext): readonly PersonDetails[] {
  return findPeople(ctx.db).map(createDetails(ctx));
}

/** The role matrix: every call there is, and who may make it. The gate reads the same table. */
export function listPermissions(): readonly Permission[] {
  return Object.entries(contract).map(([call, spec]: [string, Channel]) => ({
    call,
    roles: spec.allow,
    needsSignIn: spec.session === 'unlocked',
    changesRecords: spec.mutates,
  }));
}

/**
 * Adds a person. What is answered opens the workspace for them once; their keys are made when they use
 * it, so that nobody else ever holds them.
 *
 * @throws AppFailure CONFLICT (the name is or was somebody's), FORBIDDEN (wrong passphrase)
 */
export function addPerson(ctx: AppContext, input: Input<'vault.addPerson'>): Promise<GivenAccess> {
  const { printedName, roles, identityCheck } = input;
  const id = PersonId.parse(randomUUID());
  return ctx.withSlotKeys(input.passphrase, async (keys) => {
    const { slot, oneTimePassphrase } = await oneTimeSlot(ctx, { id, printedName }, keys);
    const slotSha256 = slotDigest(slot);
    const after = { printedName, roles, identityCheck, slotSha256 };
    ctx.write('vault.personAdded', id, { after }, (db) => {
      if (isNameTaken(db, printedName)) throw nameTaken(printedName);
      const access = { accessOrigin: 'invited', accessBy: ctx.actor.id } as const;
      const createdAtUtc = ctx.nowUtc();
      insertPerson(db, {
        id,
        printedName,
        roles,
        createdAtUtc,
        identityCheck,
        slotSha256,
        ...access,
      });
    });
    saveSlot(ctx, slot);
    return { person: detailsOf(ctx, id), oneTimePassphrase };
  });
}

/**
 * Changes what a person may do, from their next sign-in on.
 *
 * @throws AppFailure FORBIDDEN (one's own roles), NOT_FOUND, CONFLICT (changed since read, deactivated)
 */
export function setRoles(ctx: AppContext, input: Input<'vault.setRoles'>): PersonDetails {
  const { personId, roles, reason, revision } = input;
  const person = requireOther(ctx, personId, revision);
  const detail = { before: { roles: person.roles }, after: { roles }, reason };
  ctx.write('vault.rolesChanged', personId, detail, (db) => {
    if (!updateRoles(db, person, roles)) throw changed(ctx, personId);
  });
  return detailsOf(ctx, personId);
}

/**
 * Ends a person's access for ever: their keys are revoked, their name is never given again, and the data
 * key that they know is replaced at the next sign-in of anybody.
 *
 * @throws AppFailure FORBIDDEN (oneself), NOT_FOUND, CONFLICT (changed since read, deactivated)
 */
export function deactivatePerson(
  ctx: AppContext,
  { personId, reason, revision }: Input<'vault.deactivatePerson'>,
): PersonDetails {
  const person = requireOther(ctx, personId, revision);
  const endsKit = person.roles.includes('administrator');
  const detail = { before: { roles: person.roles }, after: { endsRecoveryKit: endsKit }, reason };
  ctx.write('vault.personDeactivated', personId, detail, (db) => {
    const atUtc = ctx.nowUtc();
    if (!markDeactivated(db, person, atUtc)) throw changed(ctx, personId);
    retireKeys(db, personId, 'deactivated', atUtc);
    setKeyChangeDue(db, true);
    // An administrator may know where the printed kit lies.
    if (endsKit) endRecoveryKit(db, { endedAtUtc: atUtc, endedBy: ctx.actor.id, wasUsed: false });
  });
  const store = ctx.vault.store();
  const left = withoutSlots(store.current(), (id) => id === personId);
  const meanwhile = 'Assay lets them in no more; the next sign-in of anybody removes their slot.';
  saveRecorded(store, endsKit ? { ...left, recovery: null } : left, meanwhile);
  return detailsOf(ctx, personId);
}

/**
 * Gives a person who lost their passphrase a way in. Their keys are revoked; the new ones they make
 * themselves sign nothing until somebody other than them and this administrator has confirmed them.
 *
 * @throws AppFailure FORBIDDEN (oneself, wrong passphrase), NOT_FOUND, CONFLICT
 */
export function resetAccess(
  ctx: AppContext,
  input: Input<'vault.resetAccess'>,
): Promise<GivenAccess> {
  const { personId, reason, revision, passphrase } = input;
  const person = requireOther(ctx, personId, revision);
  return ctx.withSlotKeys(passphrase, async (keys) => {
    const { slot, oneTimePassphrase } = await oneTimeSlot(ctx, person, keys);
    const slotSha256 = slotDigest(slot);
    ctx.write('vault.accessReset', personId, { after: { slotSha256 }, reason }, (db) => {
      if (findPerson(db, personId)?.revision !== revision) throw changed(ctx, personId);
      retireKeys(db, personId, 'reset', ctx.nowUtc());
      setAccess(db, personId, { accessOrigin: 'reset', accessBy: ctx.actor.id });
      setSlot(db, personId, slotSha256);
      // A lost passphrase may have been found by somebody.
      setKeyChangeDue(db, true);
    });
    saveSlot(ctx, slot);
    return { person: detailsOf(ctx, personId), oneTimePassphrase };
  });
}

/**
 * Notes that a person was trained.
 *
 * @throws AppFailure NOT_FOUND
 */
export function recordTraining(
  ctx: AppContext,
  { personId, topic, trainedOn }: Input<'vault.recordTraining'>,
): PersonDetails {
  requirePerson(ctx, personId);
  ctx.write('vault.trainingRecorded', personId, { after: { topic, trainedOn } }, (db) =>
    insertTrainingNote(db, {
      personId,
      topic,
      trainedOn,
      recordedBy: ctx.actor.id,
      recordedAtUtc: ctx.nowUtc(),
    }),
  );
  return detailsOf(ctx, personId);
}

async function oneTimeSlot(
  ctx: AppContext,
  { id, printedName }: Pick<PersonRecord, 'id' | 'printedName'>,
  { dataKey }: SlotKeys,
): Promise<{ readonly slot: KeySlotV2; readonly oneTimePassphrase: string }> {
  const oneTimePassphrase = randomCode(ONE_TIME_BITS);
  const owner = { personId: id, printedName, isOneTime: true };
  const keys = { personKek: newKey(), dataKey };
  const { id: workspaceId } = ctx.workspace;
  const cost = await ctx.vault.cost();
  const slot = await lockWithPassphrase(workspaceId, owner, oneTimePassphrase, keys, cost);
  keys.personKek.fill(0);
  return { slot, oneTimePassphrase };
}

function saveSlot({ vault }: AppContext, slot: KeySlotV2): void {
  const store = vault.store();
  const meanwhile = `${slot.printedName} cannot sign in yet: reset their access then.`;
  saveRecorded(store, withSlot(store.current(), slot), meanwhile);
}

function detailsOf(ctx: AppContext, personId: PersonId): PersonDetails {
  return createDetails(ctx)(requirePerson(ctx, personId));
}

function requirePerson({ db }: AppContext, personId: PersonId): PersonRecord {
  const person = findPerson(db, personId);
  if (person !== null) return person;
  throw new AppFailure('NOT_FOUND', 'There is no such person in this workspace.', { personId });
}

/** Nobody decides over their own access. */
function requireOther(ctx: AppContext, personId: PersonId, revision: number): PersonRecord {
  const person = requirePerson(ctx, personId);
  if (personId === ctx.actor.id) {
    throw new AppFailure(
      'FORBIDDEN',
      'Nobody changes their own access. Another administrator must do this.',
      { personId },
    );
  }
  if (person.deactivatedAtUtc !== null || person.revision !== revision) {
    throw changed(ctx, personId);
  }
  return person;
}

function changed(ctx: AppContext, personId: PersonId): AppFailure {
  const current = detailsOf(ctx, personId);
  const what =
    current.state === 'deactivated' ? 'was deactivated' : 'was changed since it was read';
  return new AppFailure(
    'CONFLICT',
    `The access of ${current.printedName} ${what}. Nothing was changed now.`,
    { current },
  );
}

function nameTaken(printedName: string): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `${printedName} is, or once was, the name of somebody here. A name belongs to one person for ever, because signatures show it. Nothing was changed. Add something that tells the two apart.`,
    { printedName },
  );
}
