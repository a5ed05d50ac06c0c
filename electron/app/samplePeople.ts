import type { Meaning, Signature } from '../../shared/audit/signature';
import type { PersonId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import type { SignableRef } from '../../shared/vault/signable';
import { SAMPLE_REVIEWER } from '../../shared/vault/sampleWorkspace';
import { ask } from './answer';
import type { SampleScene } from './sampleScene';

/** One person of the sample. */
export interface SamplePerson {
  readonly id: PersonId;
  readonly printedName: string;
}

/** Who makes things, and who approves them: nobody may do both. */
export interface SampleCast {
  readonly author: SamplePerson;
  readonly reviewer: SamplePerson;
}

/** Both people with keys that can sign; the author is signed in after. */
export async function gatherCast(scene: SampleScene): Promise<SampleCast> {
  const { ctx, passphrase } = scene;
  const author = await signedIn(scene);
  await acceptAccountability(scene, author);
  const added = await ask(ctx, 'vault.addPerson', {
    printedName: SAMPLE_REVIEWER,
    roles: ['reviewer', 'manager'],
    identityCheck: 'A person of the sample; there is nobody whose papers could be looked at.',
    passphrase,
  });
  const reviewer = { id: added.person.id, printedName: added.person.printedName };
  ctx.vault.lock('person');
  const { oneTimePassphrase } = added;
  const first = { personId: reviewer.id, oneTimePassphrase, newPassphrase: passphrase };
  await ask(ctx, 'vault.firstSignIn', first);
  await acceptAccountability(scene, reviewer);
  await takeSeat(scene, author);
  const people = await ask(ctx, 'vault.listPeople', {});
  const keyId = people.find(({ id }) => id === reviewer.id)?.key?.keyId;
  if (keyId === undefined) throw new Error('the reviewer of the sample has no key');
  const shown = await ask(ctx, 'vault.previewSigning', {
    recordType: 'vault.key',
    recordId: keyId,
  });
  const reason = 'Made beside me when the sample was prepared';
  const { printedName } = author;
  const signing = { meaning: 'approval', reason, printedName, passphrase } as const;
  await ask(ctx, 'vault.confirmKey', { stageId: shown.stageId, signing });
  return { author, reviewer };
}

/** Locks, and lets somebody else work. */
export async function takeSeat(
  { ctx, passphrase }: SampleScene,
  { id: personId }: SamplePerson,
): Promise<void> {
  ctx.vault.lock('person');
  await ask(ctx, 'vault.unlock', { personId, passphrase });
}

/** The signed-in person signs a record of the story. */
export async function signRecord(
  { ctx, passphrase }: SampleScene,
  { printedName }: SamplePerson,
  ref: SignableRef,
  { meaning, reason }: { readonly meaning: Meaning; readonly reason: string },
): Promise<Signature> {
  const { stageId } = await ask(ctx, 'vault.previewSigning', ref);
  const signing = { meaning, reason, printedName, passphrase };
  return ask(ctx, 'vault.signRecord', { stageId, signing });
}

/** Who sits at the machine. */
export async function signedIn({ ctx }: SampleScene): Promise<SamplePerson> {
  const status = await ask(ctx, 'vault.status', {});
  if (status.state !== 'unlocked') throw new AppFailure('LOCKED', 'The sample is locked.');
  return status.person;
}

async function acceptAccountability(
  { ctx, passphrase }: SampleScene,
  { id: recordId, printedName }: SamplePerson,
): Promise<void> {
  const statement = { recordType: 'vault.accountability', recordId } as const;
  const { stageId } = await ask(ctx, 'vault.previewSigning', statement);
  const reason = 'Before the first signature in this workspace';
  const signing = { meaning: 'responsibility', reason, printedName, passphrase } as const;
  await ask(ctx, 'vault.signAccountability', { stageId, signing });
}
