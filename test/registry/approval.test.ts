import { afterEach, describe, expect, it } from 'vitest';
import type { PromotionRequestId } from '../../shared/base/ids';
import type { Gate } from '../../shared/registry/lifecycle';
import { ask, lifecycleOf, setGates, stages } from '../support/lifecycle';
import {
  addPerson,
  confirmKeyOf,
  passphraseOf,
  personNamed,
  signAs,
  signInAs,
} from '../support/people';
import { PASSPHRASE } from '../support/testCore';
import { createTestModel, okValue, type TestModel } from '../support/testModel';
import { PRINTED_NAME } from '../support/testVault';

const BELA = 'Bela Reviewer';

let test: TestModel;
afterEach(() => test.close());

function actorOf({ core }: TestModel) {
  return core.context.vault.session()!.actor;
}

describe('approval', () => {
  async function withReviewer(): Promise<void> {
    test = await createTestModel();
    const ada = { ...actorOf(test), passphrase: PASSPHRASE };
    await addPerson(test, BELA, ['reviewer']);
    await confirmKeyOf(test, ada, BELA);
  }

  async function decide(requestId: PromotionRequestId, meaning: 'approval' | 'rejection') {
    const ada = actorOf(test).id;
    const bela = await personNamed(test, BELA);
    await signInAs(test, bela.id, passphraseOf(BELA));
    const ref = { recordType: 'registry.promotion', recordId: requestId } as const;
    const typed = { passphrase: passphraseOf(BELA), printedName: BELA };
    okValue<'vault.signRecord'>(await signAs(test.call, 'vault.signRecord', ref, meaning, typed));
    await signInAs(test, ada, PASSPHRASE);
  }

  it('needs somebody else, by their signature, and is outdated by other gates', async () => {
    await withReviewer();
    const { versionId } = test;
    const approvals: Gate = { kind: 'approvals', role: 'reviewer', n: 1 };
    await setGates(test, { Staging: [approvals] });
    const requestId = await ask(test, versionId, 'Staging');
    const ref = { recordType: 'registry.promotion', recordId: requestId } as const;
    const own = await signAs(test.call, 'vault.signRecord', ref, 'approval', {
      printedName: PRINTED_NAME,
    });
    expect(own).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    expect((await lifecycleOf(test, versionId)).gates).toMatchObject([
      { isMet: false, finding: 'Approved by nobody.' },
    ]);
    await decide(requestId, 'approval');
    expect((await lifecycleOf(test, versionId)).gates).toMatchObject([
      { isMet: true, finding: `Approved by ${BELA}.` },
    ]);
    await setGates(test, { Staging: [approvals, { kind: 'evaluation' }] });
    expect((await lifecycleOf(test, versionId)).gates[0]).toMatchObject({ isMet: false });
    await decide(requestId, 'approval');
    okValue<'registry.promote'>(await test.call('registry.promote', { requestId, reason: 'Go' }));
    expect(stages(test)).toEqual([[1, 'Staging']]);
  });

  it('counts only people of the role that is asked for', async () => {
    await withReviewer();
    const { versionId } = test;
    await setGates(test, { Staging: [{ kind: 'approvals', role: 'manager', n: 1 }] });
    await decide(await ask(test, versionId, 'Staging'), 'approval');
    expect((await lifecycleOf(test, versionId)).gates[0]).toMatchObject({ isMet: false });
  });

  it('is refused by a rejection, which closes the request', async () => {
    await withReviewer();
    const { versionId } = test;
    await setGates(test, {});
    const requestId = await ask(test, versionId, 'Staging');
    await decide(requestId, 'rejection');
    expect((await lifecycleOf(test, versionId)).request).toBeNull();
    expect(await test.call('registry.promote', { requestId, reason: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining(`rejected by ${BELA}`) },
    });
    const again = await signAs(
      test.call,
      'vault.signRecord',
      { recordType: 'registry.promotion', recordId: requestId },
      'approval',
    );
    expect(again).toMatchObject({ ok: false });
  });
});
