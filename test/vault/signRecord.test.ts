import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Meaning } from '../../shared/audit/signature';
import { PersonId } from '../../shared/base/ids';
import { DEFAULT_DRIFT_POLICY } from '../../shared/drift/driftPolicy';
import { meaningChoices, signingObstacle, type SignableRef } from '../../shared/vault/signable';
import { addPerson, confirmKeyOf, passphraseOf, signAs, signInAs } from '../support/people';
import { testClock } from '../support/testClock';
import { PASSPHRASE } from '../support/testCore';
import { createTestModel, okValue, registerVersion, type TestModel } from '../support/testModel';
import { PRINTED_NAME } from '../support/testVault';

const ADA = PersonId.parse('00000000-0000-4000-8000-000000000001');
const BELA = PersonId.parse('00000000-0000-4000-8000-000000000002');

describe('who may state what', () => {
  const judged: readonly Meaning[] = ['review', 'approval', 'rejection'];

  it.each(judged)('an author never gives a %s, whatever their roles', (meaning) => {
    expect(signingObstacle(meaning, ADA, { authors: [ADA], signed: [] })).toContain(
      'your own work',
    );
    expect(signingObstacle(meaning, BELA, { authors: [ADA], signed: [] })).toBeNull();
    expect(signingObstacle(meaning, BELA, { authors: [ADA, BELA], signed: [] })).not.toBeNull();
  });

  it('nobody claims the authorship of another\u2019s work, and anybody may answer for it', () => {
    const facts = { authors: [ADA], signed: [] };
    expect(signingObstacle('authorship', BELA, facts)).not.toBeNull();
    expect(signingObstacle('authorship', ADA, facts)).toBeNull();
    expect(signingObstacle('responsibility', ADA, facts)).toBeNull();
    expect(signingObstacle('responsibility', BELA, facts)).toBeNull();
  });

  it('nobody states the same twice about the same record', () => {
    const signed = [{ personId: BELA, meaning: 'review' as const }];
    const choices = meaningChoices(['review', 'approval'], BELA, { authors: [ADA], signed });
    expect(choices.map(({ obstacle }) => obstacle === null)).toEqual([false, true]);
  });
});

describe('signing a record', () => {
  let model: TestModel;
  let version: SignableRef;
  const clock = testClock();
  const bela = { printedName: 'Bela Reviewer', passphrase: passphraseOf('Bela Reviewer') };
  let ada: { id: PersonId; printedName: string; passphrase: string };
  let belaId: PersonId;

  beforeAll(async () => {
    model = await createTestModel({ nowMs: clock.nowMs });
    const { id } = model.core.context.vault.session()!.actor;
    ada = { id, printedName: PRINTED_NAME, passphrase: PASSPHRASE };
    version = { recordType: 'registry.version', recordId: model.versionId };
    belaId = (await addPerson(model, bela.printedName, ['reviewer'])).id;
    okValue<'vault.confirmKey'>(await confirmKeyOf(model, ada, bela.printedName));
    await signInAs(model, belaId, bela.passphrase);
  });
  afterAll(() => model.close());

  it('shows the record and its hash, and signs exactly these', async () => {
    const preview = okValue<'vault.previewSigning'>(
      await model.call('vault.previewSigning', version),
    );
    expect(preview.title).toBe('Version 1 of Churn');
    const signed = okValue<'vault.signRecord'>(
      await signAs(model.call, 'vault.signRecord', version, 'approval', bela),
    );
    expect(signed).toMatchObject({
      printedName: bela.printedName,
      meaning: 'approval',
      reason: 'Looked at',
      recordSha256: preview.recordSha256,
      isCurrent: true,
      keyRevokedAtUtc: null,
    });
    const { recordSha256, signatures } = okValue<'vault.listSignatures'>(
      await model.call('vault.listSignatures', version),
    );
    expect(recordSha256).toBe(preview.recordSha256);
    expect(signatures.map(({ printedName, meaning }) => [printedName, meaning])).toEqual([
      [PRINTED_NAME, 'authorship'],
      [bela.printedName, 'approval'],
    ]);
  });

  it('asks for name and passphrase first, for the passphrase after, and for both again after a pause', async () => {
    await signInAs(model, belaId, bela.passphrase);
    const policy: SignableRef = { recordType: 'drift.policy', recordId: model.modelId };
    const { passphrase } = bela;
    const nameless = await signAs(model.call, 'vault.signRecord', policy, 'review', { passphrase });
    expect(nameless).toMatchObject({
      error: { code: 'INVALID_INPUT', details: { needs: 'printedName' } },
    });
    const typed = { passphrase, printedName: ' bela  REVIEWER ' };
    okValue<'vault.signRecord'>(
      await signAs(model.call, 'vault.signRecord', policy, 'review', typed),
    );
    okValue<'vault.signRecord'>(
      await signAs(model.call, 'vault.signRecord', policy, 'approval', { passphrase }),
    );
    clock.advance(15 * 60_000 + 1);
    const late = await signAs(model.call, 'vault.signRecord', policy, 'responsibility', {
      passphrase,
    });
    expect(late).toMatchObject({ error: { details: { needs: 'printedName' } } });
    expect(await model.call('vault.signingState', {})).toMatchObject({
      value: { needsName: true },
    });
  });

  it('counts another name like a wrong passphrase', async () => {
    const typed = { passphrase: bela.passphrase, printedName: PRINTED_NAME };
    const refused = await signAs(model.call, 'vault.signRecord', version, 'review', typed);
    expect(refused).toMatchObject({
      error: { code: 'FORBIDDEN', details: { retryAfterMs: 1000 } },
    });
    clock.advance(60_000);
  });

  it('makes a signature outdated when the record changes, and says so', async () => {
    await signInAs(model, ada.id, ada.passphrase);
    okValue<'drift.setPolicy'>(
      await model.call('drift.setPolicy', {
        modelId: model.modelId,
        policy: { ...DEFAULT_DRIFT_POLICY, threshold: 0.2 },
        reason: 'Less noise',
        revision: 0,
      }),
    );
    const policy: SignableRef = { recordType: 'drift.policy', recordId: model.modelId };
    const { signatures } = okValue<'vault.listSignatures'>(
      await model.call('vault.listSignatures', policy),
    );
    expect(signatures.length).toBeGreaterThan(0);
    expect(signatures.map(({ isCurrent }) => isCurrent)).toEqual(signatures.map(() => false));
    // Ada set it, so she does not approve it, although she holds every role.
    const own = await signAs(model.call, 'vault.signRecord', policy, 'approval', ada);
    expect(own).toMatchObject({ error: { code: 'FORBIDDEN' } });
    await signInAs(model, belaId, bela.passphrase);
    okValue<'vault.signRecord'>(
      await signAs(model.call, 'vault.signRecord', policy, 'approval', bela),
    );
  });

  it('signs nothing when the record changed since it was shown', async () => {
    await signInAs(model, ada.id, ada.passphrase);
    const policy: SignableRef = { recordType: 'drift.policy', recordId: model.modelId };
    const { stageId } = okValue<'vault.previewSigning'>(
      await model.call('vault.previewSigning', policy),
    );
    okValue<'drift.setPolicy'>(
      await model.call('drift.setPolicy', {
        modelId: model.modelId,
        policy: DEFAULT_DRIFT_POLICY,
        reason: 'Back again',
        revision: 1,
      }),
    );
    const signing = { meaning: 'responsibility', reason: 'Mine', ...ada } as const;
    const { id: _id, ...typed } = signing;
    expect(await model.call('vault.signRecord', { stageId, signing: typed })).toMatchObject({
      error: { code: 'CONFLICT', message: expect.stringContaining('changed since') as string },
    });
  });

  it('asks when the clock stands behind the log, and notes it under the signature', async () => {
    clock.advance(-86_400_000);
    await signInAs(model, belaId, bela.passphrase);
    clock.advance(-86_400_000);
    expect(await model.call('vault.signingState', {})).toMatchObject({
      value: { isClockBehind: true },
    });
    const { stageId } = okValue<'vault.previewSigning'>(
      await model.call('vault.previewSigning', version),
    );
    const signing = { meaning: 'review', reason: 'Read', ...bela } as const;
    expect(await model.call('vault.signRecord', { stageId, signing })).toMatchObject({
      error: { code: 'CONFLICT', details: { needs: 'clock' } },
    });
    const confirmed = { ...signing, isClockConfirmed: true };
    okValue<'vault.signRecord'>(
      await model.call('vault.signRecord', { stageId, signing: confirmed }),
    );
    const { db } = model.core.context.vault.session()!;
    const statement = db
      .prepare<[], string>('SELECT CAST(statement AS TEXT) FROM signature ORDER BY rowid DESC')
      .pluck()
      .get();
    expect(JSON.parse(statement ?? '')).toMatchObject({ clockState: 'behind' });
    const anomalies = db
      .prepare("SELECT count(*) FROM audit_event WHERE action = 'clock.anomaly'")
      .pluck()
      .get();
    expect(anomalies).toBe(2);
    clock.advance(2 * 86_400_000);
  });

  it('is done by reviewers and managers, for records that are signed there', async () => {
    const ref = { recordType: 'vault.accountability', recordId: belaId } as const;
    const wrongPlace = await signAs(model.call, 'vault.signRecord', ref, 'responsibility', bela);
    expect(wrongPlace).toMatchObject({ error: { code: 'NOT_FOUND' } });
    const nothing = { recordType: 'registry.version', recordId: 'no such version' } as const;
    expect(await model.call('vault.previewSigning', nothing)).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    const others = { recordType: 'vault.accountability', recordId: ada.id } as const;
    expect(await model.call('vault.previewSigning', others)).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });

  it('lets a package be approved only by somebody whose work is not in it', async () => {
    const scope = { modelId: model.modelId, periodStart: null, periodEnd: null };
    const preview = okValue<'audit.previewPackage'>(
      await model.call('audit.previewPackage', scope),
    );
    // Bela has judged what is in it, which makes none of it her work; she did not author it either.
    expect(preview.meanings).toEqual([
      { meaning: 'review', obstacle: null },
      { meaning: 'approval', obstacle: null },
      { meaning: 'responsibility', obstacle: null },
      { meaning: 'authorship', obstacle: 'You are not an author of this record.' },
    ]);
    await signInAs(model, ada.id, ada.passphrase);
    const own = okValue<'audit.previewPackage'>(await model.call('audit.previewPackage', scope));
    const { id: _id, ...typed } = ada;
    const signing = { meaning: 'approval', reason: 'Fine', ...typed } as const;
    model.picks.push('/nowhere/package.zip');
    const refused = await model.call('audit.exportPackage', { stageId: own.stageId, signing });
    expect(refused).toMatchObject({
      error: { code: 'FORBIDDEN', message: expect.stringContaining('your own work') as string },
    });
    model.picks.length = 0;
  });

  it('registers a version with the author\u2019s signature all the same', async () => {
    await signInAs(model, ada.id, ada.passphrase);
    const registered = await registerVersion(model, model.modelId);
    expect(registered).toMatchObject({ value: { signature: { meaning: 'authorship' } } });
  });
});
