import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isEraseDue, requestSentence, type Request } from '../../shared/explanation/request';
import { letterText } from '../../shared/explanation/letterText';
import { signInAsColleague, signInAsOwner, withColleague, BELA } from '../card/cardDesk';
import { LETTER_DRAFT, openRequest, writeLetter } from '../support/explanationRequests';
import { passphraseOf, signAs } from '../support/people';
import { linearShap } from '../support/shap';
import { tempFolder } from '../support/tempFolder';
import { createTestModel, okValue, type TestModel } from '../support/testModel';

const NOON = Date.parse('2026-03-05T12:00:00.000Z');
const DAY_MS = 86_400_000;
let nowMs = NOON;
let nRequests = 0;
let model: TestModel;
beforeAll(async () => {
  model = await createTestModel({
    // Every look at the clock takes a moment, as signing asks for.
    nowMs: () => (nowMs += 1),
    printPdf: (html) => Promise.resolve(Buffer.from(`PDF of ${html.length}`)),
  });
  await withColleague(model);
});
afterAll(() => model.close());

function received(): Promise<Request> {
  nRequests += 1;
  return openRequest(model, `CASE-2026-${nRequests}`);
}

async function written(): Promise<Request> {
  return okValue<'explanation.writeLetter'>(await writeLetter(model, await received()));
}

async function approved(): Promise<Request> {
  const { id: requestId, newest } = await written();
  await signInAsColleague(model);
  const ref = { recordType: 'explanation.letter', recordId: newest!.id } as const;
  const typed = { printedName: BELA, passphrase: passphraseOf(BELA) };
  okValue<'vault.signRecord'>(await signAs(model.call, 'vault.signRecord', ref, 'approval', typed));
  await signInAsOwner(model);
  return okValue<'explanation.getRequest'>(
    await model.call('explanation.getRequest', { requestId }),
  );
}

/** Everything that the log and the application's log say, as one text. */
function said(): string {
  const { db } = model.core.context.vault.session()!;
  const bodies = db.prepare<[], Buffer>('SELECT body FROM audit_event').pluck().all();
  return [...bodies.map(String), ...model.logged].join('\n');
}

describe('a request for an explanation', () => {
  it('is due after one month, after three when that was said in the first, and then shows as overdue', async () => {
    const request = await received();
    expect(requestSentence(request, '2026-03-06')).toBe(
      'Due on 2026-04-05, in 30 days; no letter is written yet.',
    );
    expect(requestSentence(request, '2026-04-06')).toContain('Overdue since 2026-04-05, by 1 day');
    const extension = { requestId: request.id, revision: 0, reason: 'Many requests at once' };
    const longer = await model.call('explanation.extendRequest', extension);
    expect(okValue<'explanation.extendRequest'>(longer)).toMatchObject({
      dueOn: '2026-06-05',
      isExtended: true,
      revision: 1,
    });
    expect(
      await model.call('explanation.extendRequest', { ...extension, revision: 1 }),
    ).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  });

  it('is not extended after the first month, nor received tomorrow, nor taken in twice or by name', async () => {
    const old = await openRequest(model, 'CASE-1', '2026-02-04');
    const extension = { requestId: old.id, revision: 0, reason: 'Late' };
    expect(await model.call('explanation.extendRequest', extension)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('ended on 2026-03-04') },
    });
    const { versionId } = model;
    const input = { versionId, bases: ['gdprAccess' as const], receivedOn: '2026-03-05' };
    for (const [change, code] of [
      [{ reference: 'CASE-2', receivedOn: '2026-03-06' }, 'CONFLICT'],
      [{ reference: 'CASE-1' }, 'CONFLICT'],
      [{ reference: 'Jane Doe' }, 'INVALID_INPUT'],
      [{ reference: 'JaneDoe' }, 'INVALID_INPUT'],
    ] as const)
      expect(await model.call('explanation.openRequest', { ...input, ...change })).toMatchObject({
        ok: false,
        error: { code },
      });
  });
});

describe('a letter', () => {
  it('says in plain language what counted, against what is usual, and leaves marked parts out of a copy', async () => {
    const { newest } = await written();
    const content = newest!.content!;
    // By hand: 3 + 2 * 0.1 - 1.5 = 1.7, from 3 + 2 * 19.5/40 - 1.5/4 = 3.6; parts 1.125 and 0.775 of 1.9.
    const factors = letterText(content, false)[2]!.table!.rows;
    expect(factors).toEqual([
      ['1', 'colour', 'red', 'blue (75.0 % of cases)', 'lowered it strongly (59.2 %)'],
      ['2', 'size', '0.1', '0.2437 to 0.7312', 'lowered it strongly (40.8 %)'],
    ]);
    expect(letterText(content, false)[1]!.paragraphs[1]).toContain(
      'the result is 1.7. Before anything about a case is known, the model starts from 3.6',
    );
    const copy = JSON.stringify(letterText(content, true));
    expect(copy).not.toContain('size');
    expect(copy).toContain('1 of the 2 facts above are withheld');
    expect(copy).toContain(LETTER_DRAFT.hiddenReason);
  });

  it('is not written from a case that does not add up, nor without a case or a reason to hide', async () => {
    const request = await received();
    const columns = linearShap();
    columns['prediction']![4] = 9;
    expect(await writeLetter(model, request, columns)).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA' },
    });
    const input = { requestId: request.id, revision: 0, source: null, draft: LETTER_DRAFT };
    expect(await model.call('explanation.writeLetter', input)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('No case is chosen') },
    });
    const draft = { ...LETTER_DRAFT, hiddenReason: '' };
    expect(await model.call('explanation.writeLetter', { ...input, draft })).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('Say why') },
    });
  });

  it('is approved by somebody else, and starts anew when it is written anew', async () => {
    const request = await approved();
    expect(request.letter).toBe('approved');
    const input = { requestId: request.id, revision: request.revision, source: null };
    const again = await model.call('explanation.writeLetter', { ...input, draft: LETTER_DRAFT });
    expect(okValue<'explanation.writeLetter'>(again)).toMatchObject({
      letter: 'draft',
      newest: { ordinal: 2 },
    });
    const ref = { recordType: 'explanation.letter', recordId: request.newest!.id } as const;
    const own = okValue<'vault.previewSigning'>(await model.call('vault.previewSigning', ref));
    // The one before is nobody's to sign any more.
    expect(own.meanings).toEqual([]);
  });

  it('leaves the workspace only once it is approved, as HTML and PDF, whole and redacted', async () => {
    const early = await written();
    const draft = { letterId: early.newest!.id, format: 'html' as const, isRedacted: false };
    expect(await model.call('explanation.exportLetter', draft)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
    const { newest } = await approved();
    const folder = tempFolder();
    for (const [format, isRedacted] of [
      ['html', false],
      ['html', true],
      ['pdf', false],
    ] as const) {
      model.picks.push(join(folder, `${isRedacted}.${format}`));
      const input = { letterId: newest!.id, format, isRedacted };
      okValue<'explanation.exportLetter'>(await model.call('explanation.exportLetter', input));
    }
    const [whole, copy] = ['false.html', 'true.html'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    );
    expect(whole).toContain(BELA);
    expect(whole).toContain('<td>size</td>');
    expect(copy).not.toContain('<td>size</td>');
    for (const html of [whole, copy]) {
      expect(html).not.toMatch(/https?:|<script|src=/u);
    }
    expect(readFileSync(join(folder, 'false.pdf'), 'latin1')).toMatch(/^PDF of/u);
  });
});

describe('what is kept of a person', () => {
  it('stays until its day, is erased then, and the log still verifies', async () => {
    const request = await approved();
    const { id: requestId, revision } = request;
    const closing = { requestId, outcome: 'answered' as const, retentionDays: 30, reason: 'Sent' };
    const closed = okValue<'explanation.closeRequest'>(
      await model.call('explanation.closeRequest', { ...closing, revision }),
    );
    expect(closed).toMatchObject({ eraseOn: '2026-04-04', holdsCase: true });
    expect([isEraseDue(closed, '2026-04-03'), isEraseDue(closed, '2026-04-04')]).toEqual([
      false,
      true,
    ]);
    nowMs += 31 * DAY_MS;
    const erasing = { requestId, revision: closed.revision, reason: 'Time is up' };
    const erased = okValue<'explanation.eraseRequest'>(
      await model.call('explanation.eraseRequest', erasing),
    );
    expect(erased).toMatchObject({ holdsCase: false, letter: 'erased', newest: { content: null } });
    const { db } = model.core.context.vault.session()!;
    const left = db
      .prepare('SELECT count(content) FROM explanation_letter WHERE request_id = ?')
      .pluck()
      .get(requestId);
    expect(left).toBe(0);
    const { checks } = okValue<'vault.check'>(await model.call('vault.check', {}));
    expect(checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
    const ref = { recordType: 'explanation.letter', recordId: request.newest!.id } as const;
    const { signatures } = okValue<'vault.listSignatures'>(
      await model.call('vault.listSignatures', ref),
    );
    expect(signatures.map(({ isCurrent }) => isCurrent)).toEqual([true]);
    const again = { ...erasing, revision: erased.revision };
    expect(await model.call('explanation.eraseRequest', again)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
  });

  it('goes with the closing when nothing is to be kept', async () => {
    const { id: requestId, revision } = await written();
    const closing = { requestId, revision, outcome: 'withdrawn' as const, reason: 'Withdrawn' };
    const closed = await model.call('explanation.closeRequest', { ...closing, retentionDays: 0 });
    expect(okValue<'explanation.closeRequest'>(closed)).toMatchObject({
      holdsCase: false,
      outcome: 'withdrawn',
    });
  });

  it('is not closed as answered without an approved letter, nor erased while it is open', async () => {
    const { id: requestId, revision } = await written();
    const closing = { requestId, revision, outcome: 'answered' as const, reason: 'Sent' };
    expect(
      await model.call('explanation.closeRequest', { ...closing, retentionDays: 0 }),
    ).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect(
      await model.call('explanation.eraseRequest', { requestId, revision, reason: 'Now' }),
    ).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  });

  it('stands in no event and no log', async () => {
    await approved();
    expect(said()).toContain('CASE-2026-1');
    for (const secret of ['c-4', 'red', '1.125', LETTER_DRAFT.decision])
      expect(said().includes(`"${secret}"`)).toBe(false);
  });
});
