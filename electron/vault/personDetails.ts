import type { PersonId } from '../../shared/base/ids';
import type { PersonDetails } from '../../shared/vault/peopleChannels';
import { signingObstacle } from '../../shared/vault/signable';
import type { AppContext } from '../app/context';
import { lastEventAbout } from '../audit/logService';
import { confirmationOf, findSigningKey, isKeyConfirmed, keySigningFacts } from './keyConfirmation';
import { listPeople, type PersonRecord, type PublicPersonKey } from './peopleRepo';
import { findTrainingNotes } from './trainingRepo';
import { findSignatures } from './vaultRepo';

/** Makes the function that gathers what is on record about a person, for the one who asks. */
export function createDetails(ctx: AppContext): (person: PersonRecord) => PersonDetails {
  const names = new Map(listPeople(ctx.db).map(({ id, printedName }) => [id, printedName]));
  const nameOf = (id: PersonId): string => names.get(id) ?? id;
  return (person) => {
    const key = findSigningKey(ctx.db, person.id);
    const [accountability] = findSignatures(ctx.db, 'vault.accountability', person.id);
    return {
      id: person.id,
      printedName: person.printedName,
      roles: person.roles,
      state: stateOf(person, key),
      identityCheck: person.identityCheck,
      addedAtUtc: person.createdAtUtc,
      deactivatedAtUtc: person.deactivatedAtUtc,
      revision: person.revision,
      key: key === null ? null : keyDetails(ctx, key, nameOf),
      accountabilitySignedAtUtc: accountability?.signedAtUtc ?? null,
      lastSignInAtUtc: lastSignIn(ctx, person),
      training: findTrainingNotes(ctx.db, person.id).map(
        ({ topic, trainedOn, recordedBy, recordedAtUtc }) => ({
          topic,
          trainedOn,
          recordedBy: nameOf(recordedBy),
          recordedAtUtc,
        }),
      ),
    };
  };
}

/** Who makes a workspace is signed in to it without another event. */
function lastSignIn({ db }: AppContext, { id, accessOrigin, createdAtUtc }: PersonRecord) {
  const signedIn = lastEventAbout(db, 'vault.unlocked', id)?.atUtc;
  return signedIn ?? (accessOrigin === 'created' ? createdAtUtc : null);
}

function stateOf(
  { deactivatedAtUtc, accessOrigin }: PersonRecord,
  key: PublicPersonKey | null,
): PersonDetails['state'] {
  if (deactivatedAtUtc !== null) return 'deactivated';
  if (key !== null) return 'active';
  return accessOrigin === 'invited' ? 'invited' : 'reset';
}

function keyDetails(
  { db, actor }: AppContext,
  key: PublicPersonKey,
  nameOf: (id: PersonId) => string,
): NonNullable<PersonDetails['key']> {
  const { keyId, origin, authorisedBy, createdAtUtc } = key;
  return {
    keyId,
    origin,
    authorisedBy: authorisedBy === null ? null : nameOf(authorisedBy),
    madeAtUtc: createdAtUtc,
    confirmedBy: confirmationOf(db, key)?.printedName ?? null,
    isConfirmed: isKeyConfirmed(db, key),
    confirmObstacle: isKeyConfirmed(db, key)
      ? 'It is confirmed.'
      : signingObstacle('approval', actor.id, keySigningFacts(db, key)),
  };
}
