import type { Meaning } from '../../shared/audit/signature';
import { PersonId } from '../../shared/base/ids';
import type { ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { GivenAccess, PersonDetails } from '../../shared/vault/peopleChannels';
import type { Role } from '../../shared/vault/person';
import type { SignableRef } from '../../shared/vault/signable';
import { PASSPHRASE, type TestCore } from './testCore';
import { okValue } from './testModel';

type Gate = Pick<TestCore, 'call' | 'core'>;

/** A strong passphrase of a person's own. */
export function passphraseOf(printedName: string): string {
  return `${printedName} keeps eleven copper kettles by the fjord`;
}

/** The signed-in administrator adds a person, who has not signed in yet. */
export async function invite(
  { call }: Pick<TestCore, 'call'>,
  printedName: string,
  roles: readonly Role[],
  passphrase: string = PASSPHRASE,
): Promise<GivenAccess> {
  const added = await call('vault.addPerson', {
    printedName,
    roles: [...roles],
    identityCheck: 'Badge seen',
    passphrase,
  });
  return okValue<'vault.addPerson'>(added);
}

/** Adds a person and lets them choose a passphrase; they are signed in after. */
export async function addPerson(
  test: Gate,
  printedName: string,
  roles: readonly Role[],
  passphrase: string = PASSPHRASE,
): Promise<PersonDetails> {
  const { person, oneTimePassphrase } = await invite(test, printedName, roles, passphrase);
  await firstSignIn(test, person.id, oneTimePassphrase, passphraseOf(printedName));
  return personNamed(test, printedName);
}

export async function firstSignIn(
  { core, call }: Gate,
  personId: PersonId,
  oneTimePassphrase: string,
  newPassphrase: string,
): Promise<void> {
  core.context.vault.lock('person');
  okValue<'vault.firstSignIn'>(
    await call('vault.firstSignIn', { personId, oneTimePassphrase, newPassphrase }),
  );
}

/** Locks, and signs somebody in. */
export async function signInAs(
  { core, call }: Gate,
  personId: PersonId,
  passphrase: string,
): Promise<void> {
  core.context.vault.lock('person');
  okValue<'vault.unlock'>(await call('vault.unlock', { personId, passphrase }));
}

export async function personNamed(
  { call }: Pick<TestCore, 'call'>,
  printedName: string,
): Promise<PersonDetails> {
  const people = okValue<'vault.listPeople'>(await call('vault.listPeople', {}));
  const person = people.find((one) => one.printedName === printedName);
  if (person === undefined) throw new Error(`${printedName} is not there`);
  return person;
}

/** Previews a record and signs it, with name and passphrase, as the signed-in person types them. */
export async function signAs(
  call: TestCore['call'],
  channel: 'vault.signRecord' | 'vault.confirmKey' | 'vault.signAccountability',
  ref: SignableRef,
  meaning: Meaning,
  typed: { readonly passphrase?: string; readonly printedName?: string | null } = {},
): Promise<ResultOf<Contract['vault.signRecord']>> {
  const { stageId } = okValue<'vault.previewSigning'>(await call('vault.previewSigning', ref));
  const { passphrase = PASSPHRASE, printedName = null } = typed;
  const signing = { meaning, reason: 'Looked at', passphrase, printedName };
  return call(channel, { stageId, signing });
}

export function signAccountability({ call, core }: Gate): Promise<unknown> {
  const actor = core.context.vault.session()!.actor;
  const ref = { recordType: 'vault.accountability', recordId: actor.id } as const;
  const { printedName } = actor;
  return signAs(call, 'vault.signAccountability', ref, 'responsibility', { printedName });
}

/** Somebody confirms a person's key; they are signed in after. */
export async function confirmKeyOf(
  test: Gate,
  by: { readonly id: PersonId; readonly printedName: string; readonly passphrase: string },
  printedName: string,
): Promise<ResultOf<Contract['vault.confirmKey']>> {
  await signInAs(test, by.id, by.passphrase);
  const { key } = await personNamed(test, printedName);
  const ref = { recordType: 'vault.key', recordId: key!.keyId } as const;
  return signAs(test.call, 'vault.confirmKey', ref, 'approval', by);
}
