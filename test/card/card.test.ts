import { afterEach, describe, expect, it } from 'vitest';
import type { Card } from '../../shared/card/channels';
import { compareCards } from '../../shared/card/compareCards';
import { lifecycleOf, setGates } from '../support/lifecycle';
import { importLog, scoredLog } from '../support/predictions';
import { createTestModel, csvFile, evenly, okValue, type TestModel } from '../support/testModel';
import { PRINTED_NAME } from '../support/testVault';
import {
  approve,
  approveAsColleague,
  BELA,
  bound,
  cardOf,
  fill,
  signInAsColleague,
  signInAsOwner,
  typed,
  withColleague,
  write,
} from './cardDesk';

let test: TestModel;
afterEach(() => test.close());

function figure(card: Pick<Card, 'content'>, id: string) {
  return card.content.figures.find((one) => one.id === id);
}

describe('a draft', () => {
  it('is saved as revisions that stay readable, and says what differs between two', async () => {
    test = await createTestModel();
    expect(await cardOf(test)).toMatchObject({ head: null, state: null, version: 1 });
    await write(test, { overview: 'Who leaves.' });
    const card = await write(test, { overview: 'Who will leave.', useCases: ['Letters'] });
    expect(card).toMatchObject({ state: 'draft', head: { revision: 2, savedBy: PRINTED_NAME } });
    const { call, versionId } = test;
    const heads = okValue<'card.revisions'>(await call('card.revisions', { versionId }));
    expect(heads.map(({ revision }) => revision)).toEqual([2, 1]);
    const [after, before] = await Promise.all(
      heads.map(async ({ id }) =>
        okValue<'card.getRevision'>(await call('card.getRevision', { revisionId: id })),
      ),
    );
    expect(compareCards(before!.content, after!.content)).toEqual([
      {
        field: 'overview',
        label: 'Overview',
        before: 'Who leaves.',
        after: 'Who will leave.',
      },
      { field: 'useCases', label: 'Use cases', before: null, after: 'Letters' },
    ]);
  });

  it('answers CONFLICT with the newest revision when somebody saved first, and saves nothing', async () => {
    test = await createTestModel();
    const { content } = await write(test, { overview: 'First' });
    const late = { versionId: test.versionId, revision: 0, content };
    expect(await test.call('card.save', late)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', details: { current: { revision: 1 } } },
    });
  });

  it('makes no revision and no event when nothing is different', async () => {
    test = await createTestModel();
    const card = await write(test, { overview: 'Same' });
    expect(await write(test, { overview: 'Same' })).toEqual(card);
  });

  it('is filled with what the workspace knows, leaves what was written, and invents nothing', async () => {
    test = await createTestModel();
    await write(test, { overview: 'Mine' });
    const { content } = await fill(test);
    expect(content).toMatchObject({
      overview: 'Mine',
      documentation: 'first',
      owners: [{ name: 'Ada', contact: '' }],
      trainingProcedure: '- `depth`: 3',
      figures: [
        {
          name: 'auc',
          value: '0.8',
          evidence: { kind: 'metric', name: 'auc' },
          source: 'Snapshot of version 1, metric auc',
        },
      ],
      limitations: [],
      outOfScope: '',
      datasets: [],
    });
  });
});

describe('a figure', () => {
  it('gets value, date and source from core, whatever the window says', async () => {
    test = await createTestModel();
    const forged = { ...bound('a', { kind: 'metric', name: 'auc' }), value: '0.99', source: 'me' };
    const { versionId } = test;
    const { signature } = okValue<'registry.getVersion'>(
      await test.call('registry.getVersion', { versionId }),
    );
    expect(figure(await write(test, { figures: [forged] }), 'a')).toMatchObject({
      value: '0.8',
      source: 'Snapshot of version 1, metric auc',
      asOfUtc: expect.stringContaining(signature.signedAtUtc.slice(0, 10)),
    });
    const again = { ...bound('a', { kind: 'metric', name: 'auc' }), value: '0.99' };
    expect(figure(await write(test, { figures: [again] }), 'a')).toMatchObject({ value: '0.8' });
  });

  it('cannot point at evidence that is not there', async () => {
    test = await createTestModel();
    const { content } = await cardOf(test);
    const figures = [bound('a', { kind: 'metric', name: 'nothing' })];
    const input = { versionId: test.versionId, revision: 0, content: { ...content, figures } };
    expect(await test.call('card.save', input)).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });

  it('turns stale when its evidence says something else, with what it would be now', async () => {
    test = await createTestModel();
    okValue<'drift.importBatch'>(
      await test.importBatch(csvFile({ size: evenly(0), colour: evenly(0).map(() => 'red') })),
    );
    const before = await write(test, {
      figures: [
        bound('drift', { kind: 'driftFeature', feature: 'size' }),
        // One fault that lasts is one alert, so this stays as it is.
        bound('alerts', { kind: 'openAlerts' }),
        typed('typed', '7'),
      ],
    });
    expect(before.stale).toEqual([]);
    await test.importDrifted();
    const { stale, content } = await cardOf(test);
    expect(figure({ content }, 'drift')).toEqual(figure(before, 'drift'));
    expect(stale.map(({ name, was, now }) => [name, was, now?.value])).toEqual([
      ['drift', '0', '0.5'],
    ]);
    // Taking the figure anew is an edit like any other: the person empties it, core says what it is.
    const fresh = content.figures.map((one) => ({ ...one, value: '' }));
    const renewed = await write(test, { figures: fresh });
    expect(renewed.stale).toEqual([]);
    expect(figure(renewed, 'drift')).toMatchObject({
      value: '0.5',
      source: expect.stringContaining('Drifted batch'),
    });
  });
});

describe('a figure of live performance', () => {
  it('has its interval, and turns stale with the next window', async () => {
    test = await createTestModel();
    const first = scoredLog(200);
    okValue<'performance.importLog'>(
      await importLog(test, csvFile(first.log), { outcomes: csvFile(first.outcomes) }),
    );
    const figures = [bound('live', { kind: 'performance', metric: 'accuracy' })];
    const card = await write(test, { figures });
    expect(figure(card, 'live')).toMatchObject({
      value: '0.8',
      low: expect.stringMatching(/^0\.7/u),
      high: expect.stringMatching(/^0\.8/u),
      source: 'Performance in Window, n = 200',
    });
    const second = scoredLog(50, 'd');
    const wrong = { ...second.outcomes, y: second.outcomes['y']!.map(() => 'no') };
    okValue<'performance.importLog'>(
      await importLog(test, csvFile(second.log), { label: 'Next', outcomes: csvFile(wrong) }),
    );
    expect((await cardOf(test)).stale).toMatchObject([
      { name: 'live', was: '0.8', now: { value: '0.5', source: 'Performance in Next, n = 50' } },
    ]);
  });
});

describe('approval', () => {
  it('is for somebody who wrote nothing since the last one', async () => {
    test = await createTestModel();
    await withColleague(test, BELA, ['analyst', 'reviewer']);
    await fill(test);
    expect(await approve(test, PRINTED_NAME)).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' },
    });
    await signInAsColleague(test);
    await write(test, { overview: 'Better' });
    expect(await approve(test, BELA)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    await signInAsOwner(test);
    await withColleague(test, 'Cem Manager', ['manager']);
    await approveAsColleague(test, 'Cem Manager');
    expect(await cardOf(test)).toMatchObject({
      state: 'approved',
      approved: { revision: 2, approval: { approvedBy: 'Cem Manager' } },
    });
    // What others wrote before an approval is approved: only authors since then are barred.
    await write(test, { overview: 'Better still' });
    await approveAsColleague(test);
    expect(await cardOf(test)).toMatchObject({ approved: { revision: 3 } });
  });

  it('waits until every comment is resolved', async () => {
    test = await createTestModel();
    await withColleague(test);
    await fill(test);
    await signInAsColleague(test);
    const { versionId, call } = test;
    const remark = { versionId, field: 'limitations', text: 'Which ones?' } as const;
    const commented = okValue<'card.comment'>(await call('card.comment', remark));
    expect(commented.comments).toMatchObject([
      { field: 'limitations', text: 'Which ones?', revision: 1, madeBy: BELA, resolved: null },
    ]);
    expect(await approve(test, BELA)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    await signInAsOwner(test);
    await write(test, { limitations: ['Not for new clients'] });
    const closing = { commentId: commented.comments[0]!.id, resolution: 'Written down' };
    okValue<'card.resolveComment'>(await test.call('card.resolveComment', closing));
    expect(await test.call('card.resolveComment', closing)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
    await approveAsColleague(test);
    expect((await cardOf(test)).state).toBe('approved');
  });

  it('is not for a revision with a stale figure, nor for one that is not the newest', async () => {
    test = await createTestModel();
    await withColleague(test);
    const first = await write(test, { figures: [bound('a', { kind: 'openAlerts' })] });
    await test.importDrifted();
    await signInAsColleague(test);
    expect(await approve(test, BELA)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    await signInAsOwner(test);
    await write(test, { figures: [] });
    await signInAsColleague(test);
    const old = { recordType: 'card.revision', recordId: first.head!.id } as const;
    const { meanings } = okValue<'vault.previewSigning'>(
      await test.call('vault.previewSigning', old),
    );
    expect(meanings.map(({ meaning }) => meaning)).toEqual(['review', 'authorship']);
  });

  it('stays with its revision while a new draft is written, and goes stale with the evidence', async () => {
    test = await createTestModel();
    await withColleague(test);
    await write(test, { overview: 'One', figures: [bound('a', { kind: 'openAlerts' })] });
    await approveAsColleague(test);
    await write(test, { overview: 'Two' });
    expect(await cardOf(test)).toMatchObject({
      state: 'approved',
      head: { revision: 2, approval: null },
      approved: { revision: 1 },
      content: { overview: 'Two' },
    });
    await test.importDrifted();
    expect(await cardOf(test)).toMatchObject({
      state: 'stale',
      approvedStale: [{ name: 'a', was: '0', now: { value: '1' } }],
    });
    const { modelId } = test;
    const all = okValue<'card.standings'>(await test.call('card.standings', { modelId }));
    expect(all).toMatchObject([
      { versionId: test.versionId, state: 'stale', nStale: 1, approved: { revision: 1 } },
    ]);
  });
});

describe('the gate', () => {
  it('opens with an approved card and closes when the card turns stale', async () => {
    test = await createTestModel();
    await withColleague(test);
    await setGates(test, { Staging: [{ kind: 'cardApproved' }] });
    const found = async () => (await lifecycleOf(test, test.versionId)).gates[0];
    expect(await found()).toMatchObject({
      isMet: false,
      finding: 'The version has no model card.',
    });
    await write(test, { figures: [bound('a', { kind: 'openAlerts' })] });
    expect(await found()).toMatchObject({ isMet: false, finding: 'The model card is a draft.' });
    await approveAsColleague(test);
    expect(await found()).toMatchObject({
      isMet: true,
      finding: `Revision 1, approved by ${BELA}.`,
    });
    await test.importDrifted();
    expect(await found()).toMatchObject({
      isMet: false,
      finding: 'The model card is stale: 1 of its figures.',
    });
  });
});
