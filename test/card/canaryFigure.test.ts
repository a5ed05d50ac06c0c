import { expect, it } from 'vitest';
import type { CanaryVerdict } from '../../shared/canary/channels';
import { importRows, judgeTrial, outcomes, planTrial } from '../support/canary';
import { signAs } from '../support/people';
import { createTestModel, okValue, type TestModel } from '../support/testModel';
import { PRINTED_NAME } from '../support/testVault';
import { bound, cardOf, write } from './cardDesk';

async function signVerdict({ call }: TestModel, { id: recordId }: CanaryVerdict): Promise<void> {
  const record = { recordType: 'canary.verdict', recordId } as const;
  okValue<'vault.signRecord'>(await signAs(call, 'vault.signRecord', record, 'responsibility'));
}

it('a figure of a canary is that of the signed verdict, and turns stale with the next one', async () => {
  const model = await createTestModel();
  const { call } = model;
  const { canaryId, candidateId } = await planTrial(model);
  const candidate = { ...model, versionId: candidateId };
  const first = (await judgeTrial(model, canaryId, [0.8, 0.81])).verdicts[0]!;
  const choices = async () =>
    okValue<'card.evidence'>(await call('card.evidence', { versionId: candidateId })).map(
      ({ name }) => name,
    );
  expect(await choices()).not.toContain('Canary verdict');

  await signVerdict(model, first);
  expect(await choices()).toEqual(expect.arrayContaining(['Canary verdict', 'Canary difference']));
  const card = await write(candidate, {
    figures: [
      bound('verdict', { kind: 'canaryVerdict', figure: 'verdict' }),
      bound('difference', { kind: 'canaryVerdict', figure: 'difference' }),
    ],
  });
  const { difference, interval } = first.judgement.primary;
  const source = `Canary verdict after 1 look, signed by ${PRINTED_NAME}`;
  expect(card.stale).toEqual([]);
  expect(card.content.figures).toMatchObject([
    { value: 'Promote', low: '', high: '', asOfUtc: first.judgedAtUtc, source },
    {
      value: String(difference),
      low: String(interval?.[0]),
      high: String(interval?.[1]),
      source: expect.stringContaining(`${source}; candidate minus control`),
    },
  ]);

  const rows = [outcomes(0.8, 4_000, 20_000), outcomes(0.3, 4_000, 30_000)] as const;
  okValue<'canary.importLook'>(await importRows(model, canaryId, rows));
  const judged = okValue<'canary.judge'>(await call('canary.judge', { canaryId }));
  expect((await cardOf(candidate)).stale).toEqual([]);
  await signVerdict(model, judged.verdicts[0]!);
  expect((await cardOf(candidate)).stale).toMatchObject([
    { name: 'verdict', was: 'Promote', now: { value: 'Roll back' } },
    { name: 'difference' },
  ]);
});
