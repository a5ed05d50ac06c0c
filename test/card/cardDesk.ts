import type { CardContent, CardFigure } from '../../shared/card/cardContent';
import type { Card } from '../../shared/card/channels';
import type { EvidenceRef } from '../../shared/card/evidence';
import type { ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { Role } from '../../shared/vault/person';
import {
  addPerson,
  confirmKeyOf,
  passphraseOf,
  personNamed,
  signAs,
  signInAs,
} from '../support/people';
import { PASSPHRASE } from '../support/testCore';
import { okValue, type TestModel } from '../support/testModel';
import { PRINTED_NAME } from '../support/testVault';

export const BELA = 'Bela Reviewer';

export async function cardOf({ call, versionId }: TestModel): Promise<Card> {
  return okValue<'card.get'>(await call('card.get', { versionId }));
}

/** Changes some fields of the card as the signed-in person. */
export async function write(test: TestModel, change: Partial<CardContent>): Promise<Card> {
  const { head, content } = await cardOf(test);
  return okValue<'card.save'>(
    await test.call('card.save', {
      versionId: test.versionId,
      revision: head?.revision ?? 0,
      content: { ...content, ...change },
    }),
  );
}

export async function fill(test: TestModel): Promise<Card> {
  const { head } = await cardOf(test);
  const input = { versionId: test.versionId, revision: head?.revision ?? 0 };
  return okValue<'card.fill'>(await test.call('card.fill', input));
}

/** A figure that points at evidence; core says what it says. */
export function bound(id: string, evidence: EvidenceRef): CardFigure {
  return { ...typed(id, ''), evidence };
}

export function typed(id: string, value: string): CardFigure {
  return {
    id,
    name: id,
    slice: '',
    value,
    low: '',
    high: '',
    evidence: null,
    asOfUtc: null,
    source: '',
  };
}

/** Adds somebody whose key is confirmed; the first person is signed in after. */
export async function withColleague(
  test: TestModel,
  name = BELA,
  roles: readonly Role[] = ['reviewer'],
): Promise<void> {
  const { actor } = test.core.context.vault.session()!;
  await addPerson(test, name, roles);
  await confirmKeyOf(test, { ...actor, passphrase: PASSPHRASE }, name);
}

export async function signInAsColleague(test: TestModel, name = BELA): Promise<void> {
  await signInAs(test, (await personNamed(test, name)).id, passphraseOf(name));
}

export async function signInAsOwner(test: TestModel): Promise<void> {
  await signInAs(test, (await personNamed(test, PRINTED_NAME)).id, PASSPHRASE);
}

/** The signed-in person approves the newest revision of the card. */
export async function approve(
  test: TestModel,
  name: string,
): Promise<ResultOf<Contract['vault.signRecord']>> {
  const { head } = await cardOf(test);
  const ref = { recordType: 'card.revision', recordId: head!.id } as const;
  const passphrase = name === PRINTED_NAME ? PASSPHRASE : passphraseOf(name);
  return signAs(test.call, 'vault.signRecord', ref, 'approval', { printedName: name, passphrase });
}

/** A colleague approves; the first person is signed in after. */
export async function approveAsColleague(test: TestModel, name = BELA): Promise<void> {
  await signInAsColleague(test, name);
  okValue<'vault.signRecord'>(await approve(test, name));
  await signInAsOwner(test);
}
