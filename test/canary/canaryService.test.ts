import { describe, expect, it } from 'vitest';
import { importRows, judgeTrial, outcomes, planTrial, TRIAL_PLAN } from '../support/canary';
import { bring, lifecycleOf, setGates } from '../support/lifecycle';
import {
  addPerson,
  confirmKeyOf,
  passphraseOf,
  personNamed,
  signAs,
  signInAs,
} from '../support/people';
import { PASSPHRASE } from '../support/testCore';
import { createTestModel, csvFile, okValue, type TestModel } from '../support/testModel';

describe('a canary', () => {
  it('goes from plan to look to verdict, which can be replayed to the same bytes', async () => {
    const model = await createTestModel();
    const { canaryId } = await planTrial(model);
    const canary = await judgeTrial(model, canaryId, [0.8, 0.81]);
    expect(canary).toMatchObject({ candidate: 2, control: 1, metric: 'correct', nLooks: 1 });
    expect(canary.verdicts).toMatchObject([
      { ordinal: 1, planRevision: 1, nLooks: 1, judgement: { verdict: 'promote' } },
    ]);
    expect(canary.looks[0]).toMatchObject({ control: { rows: 2_000 }, candidate: { rows: 2_000 } });
    expect(canary.picture).toEqual({
      edges: null,
      labels: ['no', 'yes'],
      control: [400, 1_600],
      candidate: [380, 1_620],
    });
    const { id: verdictId, judgementSha256 } = canary.verdicts[0]!;
    expect(okValue<'canary.replay'>(await model.call('canary.replay', { verdictId }))).toEqual({
      isSame: true,
      recordedSha256: judgementSha256,
      replayedSha256: judgementSha256,
    });
    expect(await model.call('canary.judge', { canaryId })).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('on record already') },
    });
  });

  it('adds looks up, and refuses the same file twice', async () => {
    const model = await createTestModel();
    const { canaryId } = await planTrial(model);
    const first = [outcomes(0.8, 500), outcomes(0.8, 500, 5_000)] as const;
    okValue<'canary.importLook'>(await importRows(model, canaryId, first));
    expect(await importRows(model, canaryId, first)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('part of look 1 already') },
    });
    const later = [outcomes(0.8, 500, 500), outcomes(0.8, 500, 5_500)] as const;
    const canary = okValue<'canary.importLook'>(await importRows(model, canaryId, later));
    expect(canary.judgement!.path.map(({ candidateRows }) => candidateRows)).toEqual([500, 1_000]);
  });

  it('keeps every revision of a plan, and what is measured once looks are there', async () => {
    const model = await createTestModel();
    const { canaryId } = await planTrial(model);
    await judgeTrial(model, canaryId, [0.8, 0.8]);
    const revise = (plan: typeof TRIAL_PLAN, revision: number) =>
      model.call('canary.revisePlan', { canaryId, plan, revision, reason: 'Stricter' });
    const other = { ...TRIAL_PLAN, primary: { ...TRIAL_PLAN.primary, column: 'request' } };
    expect(await revise(other, 1)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('something else') },
    });
    const stricter = { ...TRIAL_PLAN, alpha: 0.01 };
    const canary = okValue<'canary.revisePlan'>(await revise(stricter, 1));
    expect(canary.plans.map(({ revision, nLooksBefore }) => [revision, nLooksBefore])).toEqual([
      [1, 0],
      [2, 1],
    ]);
    expect(canary.judgement!.reasons.at(-1)!.about).toBe('plan');
    expect(await revise(stricter, 1)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  });

  it('compares two versions of one model only', async () => {
    const model = await createTestModel();
    const answer = await model.call('canary.plan', {
      candidateVersionId: model.versionId,
      controlVersionId: model.versionId,
      plan: TRIAL_PLAN,
      reason: 'Same',
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  });
});

describe('the gate "canary verdict"', () => {
  const ref = (recordId: string) => ({ recordType: 'canary.verdict', recordId }) as const;

  async function approve(model: TestModel, recordId: string): Promise<void> {
    const ada = model.core.context.vault.session()!.actor;
    await addPerson(model, 'Bela', ['reviewer']);
    await confirmKeyOf(model, { ...ada, passphrase: PASSPHRASE }, 'Bela');
    const bela = await personNamed(model, 'Bela');
    const passphrase = passphraseOf('Bela');
    await signInAs(model, bela.id, passphrase);
    const typed = { passphrase, printedName: 'Bela' };
    const ref = { recordType: 'canary.verdict', recordId } as const;
    okValue<'vault.signRecord'>(
      await signAs(model.call, 'vault.signRecord', ref, 'approval', typed),
    );
    await signInAs(model, ada.id, PASSPHRASE);
  }

  it('opens for a verdict that says promote and somebody else approved, and closes when the plan changes', async () => {
    const model = await createTestModel();
    const { canaryId, candidateId } = await planTrial(model);
    await setGates(model, { Production: [{ kind: 'canaryVerdict' }] });
    await bring(model, candidateId, 'Staging');
    const gate = async () => (await lifecycleOf(model, candidateId)).gates[0]!;
    expect(await gate()).toMatchObject({ isMet: false });
    const canary = await judgeTrial(model, canaryId, [0.8, 0.81]);
    expect(await gate()).toMatchObject({
      isMet: false,
      finding: 'No canary verdict about this version is signed.',
    });
    okValue<'vault.signRecord'>(
      await signAs(model.call, 'vault.signRecord', ref(canary.verdicts[0]!.id), 'responsibility'),
    );
    expect(await gate()).toMatchObject({
      isMet: false,
      finding: expect.stringContaining('waits for the approval of somebody who did not make it'),
    });
    await approve(model, canary.verdicts[0]!.id);
    expect(await gate()).toMatchObject({
      isMet: true,
      finding: expect.stringMatching(/^Approved by Bela: Promote: /u),
    });
    okValue<'canary.revisePlan'>(
      await model.call('canary.revisePlan', {
        canaryId,
        plan: { ...TRIAL_PLAN, alpha: 0.01 },
        revision: 1,
        reason: 'Stricter',
      }),
    );
    expect(await gate()).toMatchObject({
      isMet: false,
      finding: 'The plan or the data changed since the newest signed verdict.',
    });
  });

  it('stays closed for a signed verdict that says roll back', async () => {
    const model = await createTestModel();
    const { canaryId, candidateId } = await planTrial(model);
    await setGates(model, { Production: [{ kind: 'canaryVerdict' }] });
    await bring(model, candidateId, 'Staging');
    const canary = await judgeTrial(model, canaryId, [0.8, 0.6]);
    const { id } = canary.verdicts[0]!;
    await approve(model, id);
    const [gate] = (await lifecycleOf(model, candidateId)).gates;
    expect(gate).toMatchObject({ isMet: false, finding: expect.stringContaining('Roll back: ') });
  });
});

describe('the verdicts of a model', () => {
  it('are listed in short, with who judged, newest first', async () => {
    const model = await createTestModel();
    const { modelId } = model;
    const { canaryId, candidateId } = await planTrial(model);
    const canary = await judgeTrial(model, canaryId, [0.8, 0.81]);
    const { id, judgement, judgedAtUtc, judgedBy } = canary.verdicts[0]!;
    const listed = await model.call('canary.listVerdicts', { modelId });
    expect(okValue<'canary.listVerdicts'>(listed)).toEqual([
      {
        id,
        canaryId,
        candidateVersionId: candidateId,
        candidate: 2,
        control: 1,
        verdict: 'promote',
        sentence: judgement.sentence,
        judgedAtUtc,
        judgedBy,
      },
    ]);
  });
});

describe('one file with a column of assignments', () => {
  const layout = {
    kind: 'oneFile',
    assignmentColumn: 'arm',
    controlLabel: 'A',
    candidateLabel: 'B',
  } as const;

  it('counts late outcomes, people seen twice, and people seen in both arms', async () => {
    const model = await createTestModel();
    const { canaryId } = await planTrial(model);
    const path = csvFile({
      who: ['a', 'b', 'c', 'd', 'd', 'e', 'f', 'a'],
      arm: ['A', 'A', 'A', 'A', 'A', 'B', 'B', 'B'],
      correct: [1, 0, '', 1, 0, 1, '', 1],
    });
    const canary = okValue<'canary.importLook'>(
      await importRows(model, canaryId, [path, null], { layout, idColumn: 'who' }),
    );
    const none = { infinite: 0, winsorised: 0 };
    expect(canary.looks[0]).toMatchObject({
      control: { rows: 5, notMatured: 1, repeated: 1, inBothArms: 1, ...none },
      candidate: { rows: 3, notMatured: 1, repeated: 0, inBothArms: 1, ...none },
    });
  });

  it('reads a summary with a row per metric and arm', async () => {
    const model = await createTestModel();
    const { canaryId } = await planTrial(model);
    const path = csvFile({
      arm: ['A', 'B'],
      metric: ['correct', 'correct'],
      n: [2_000, 1_990],
      count: [1_600, 1_592],
      rows: [2_000, 2_000],
    });
    const canary = okValue<'canary.importLook'>(
      await importRows(model, canaryId, [path, null], { layout }),
    );
    expect(canary.judgement!.primary).toMatchObject({ control: 0.8, candidate: 0.8 });
    expect(canary.judgement!.rows.candidate.notMatured).toBe(10);
  });
});
