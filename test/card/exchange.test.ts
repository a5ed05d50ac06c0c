import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cardHtml } from '../../electron/card/cardHtml';
import { cardForExport } from '../../electron/card/cardExportService';
import { createAppContext } from '../../electron/app/createContext';
import type { CardFormat } from '../../shared/card/exchangeChannels';
import { tempFolder } from '../support/tempFolder';
import { createTestModel, okValue, type TestModel } from '../support/testModel';
import { approveAsColleague, BELA, bound, cardOf, typed, withColleague, write } from './cardDesk';
import { foreignParts } from './foreignParts';
import { EMBEDDED_PICTURE, HOSTILE_MARKUP } from './markupPayloads';

/** What our own page has beside prose. */
const OURS = /^<(th scope="col"|p class="(finding|unsaid)")>$/u;

let test: TestModel;

async function exported(format: CardFormat, which: 'approved' | 'newest' = 'approved') {
  const path = join(tempFolder(), 'card');
  test.picks.push(path);
  const { versionId } = test;
  const file = okValue<'card.export'>(await test.call('card.export', { versionId, format, which }));
  return { file, path, text: readFileSync(path, 'utf8') };
}

function read(text: string, name: string) {
  const path = join(tempFolder(), name);
  writeFileSync(path, text);
  return test.call('card.inspectImport', { source: { token: test.token(path) } });
}

async function imported(text: string, name: string) {
  const { stageId } = okValue<'card.inspectImport'>(await read(text, name));
  const { head } = await cardOf(test);
  const { versionId } = test;
  const input = { versionId, revision: head?.revision ?? 0, stageId };
  return okValue<'card.import'>(await test.call('card.import', input));
}

describe('an exported card', () => {
  afterEach(() => test.close());

  it('is the approved revision while a newer draft is written, unless the newest is asked for', async () => {
    test = await createTestModel();
    await withColleague(test);
    await write(test, { overview: 'One' });
    await approveAsColleague(test);
    await write(test, { overview: 'Two' });
    const approved = await exported('json');
    expect(JSON.parse(approved.text)).toMatchObject({
      format: 'assay/model-card',
      state: 'approved',
      head: { revision: 1 },
      content: { overview: 'One' },
      signatures: [{ printedName: BELA, meaning: 'approval' }],
    });
    const { file, text } = await exported('json', 'newest');
    expect(file).toMatchObject({ revision: 2, format: 'json' });
    expect(JSON.parse(text)).toMatchObject({ state: 'draft', signatures: [] });
  });

  it('is refused while there is none, and leaves no file and no event', async () => {
    test = await createTestModel();
    const { versionId } = test;
    const input = { versionId, format: 'html', which: 'newest' } as const;
    expect(await test.call('card.export', input)).toMatchObject({
      ok: false,
      error: { code: 'INSUFFICIENT_DATA' },
    });
  });

  it('is printed from a page without script or address, and not where nothing can print', async () => {
    const pages: string[] = [];
    test = await createTestModel({
      printPdf: (html) => Promise.resolve(Buffer.from(`%PDF ${pages.push(html)}`)),
    });
    await write(test, {
      overview: HOSTILE_MARKUP.join('\n\n'),
      documentation: EMBEDDED_PICTURE,
      figures: [bound('auc', { kind: 'metric', name: 'auc' }), typed('odds', '2')],
    });
    expect((await exported('pdf')).text).toBe('%PDF 1');
    const [page = ''] = pages;
    expect(page).toContain('Draft, revision 1, not approved.');
    expect(page).toContain('Snapshot of version 1, metric auc');
    const body = page.slice(page.indexOf('<body>') + '<body>'.length, page.indexOf('</body>'));
    expect(foreignParts(body, ['h1', 'h2', 'h3']).filter((tag) => !OURS.test(tag))).toEqual([]);
    expect([...page.matchAll(/<img src="([^"]{0,22})/gu)].map(([, src]) => src)).toEqual([
      'data:image/png;base64,',
    ]);
    test.close();
    test = await createTestModel();
    await write(test, { overview: 'One' });
    test.picks.push(join(tempFolder(), 'card.pdf'));
    const { versionId } = test;
    expect(
      await test.call('card.export', { versionId, format: 'pdf', which: 'newest' }),
    ).toMatchObject({ ok: false, error: { code: 'STORAGE' } });
  });

  it('shows on paper who signed, which figures are stale and what they are now', async () => {
    test = await createTestModel();
    await withColleague(test);
    await write(test, { figures: [bound('alerts', { kind: 'openAlerts' })] });
    await approveAsColleague(test);
    await test.importDrifted();
    const session = test.core.context.vault.session()!;
    const scope = { progress: () => undefined, signal: new AbortController().signal };
    const call = test.call as never; // the page calls nothing
    const ctx = createAppContext({ ...test.core.context, ...scope, call }, session);
    const page = cardHtml(cardForExport(ctx, test.versionId)!);
    expect(page).toContain(`Revision 1, approved by ${BELA}. Stale: 1 of its figures is not what`);
    expect(page).toContain('<td>STALE: 1</td>');
    expect(page).toContain('<td>approval</td>');
  });
});

describe('an imported card', () => {
  beforeAll(async () => {
    test = await createTestModel();
  });
  afterAll(() => test.close());

  it.each(['json', 'modelCardToolkit', 'huggingFace'] as const)(
    'comes as a new revision from %s, its figures as typed ones',
    async (format) => {
      await write(test, {
        overview: 'Who leaves.',
        limitations: ['New clients', 'Old\nclients'],
        figures: [bound('auc', { kind: 'metric', name: 'auc' })],
      });
      const { text } = await exported(format);
      await write(test, { overview: '', limitations: [], figures: [], humanOversight: 'Mine' });
      const back = await imported(text, format === 'huggingFace' ? 'README.md' : 'card.json');
      expect(back).toMatchObject({
        content: {
          overview: 'Who leaves.',
          limitations: ['New clients', 'Old\nclients'],
          figures: [{ name: 'auc', value: '0.8', evidence: null, asOfUtc: null }],
          humanOversight: 'Mine',
        },
      });
    },
  );

  it('comes from an ML-BOM that carries it', async () => {
    await write(test, { overview: 'Who leaves.', cybersecurity: 'Signed artefacts' });
    const path = join(tempFolder(), 'bom.cdx.json');
    test.picks.push(path);
    const { versionId } = test;
    okValue<'registry.exportVersion'>(
      await test.call('registry.exportVersion', { versionId, format: 'cyclonedx' }),
    );
    await write(test, { overview: '', cybersecurity: '' });
    const back = await imported(readFileSync(path, 'utf8'), 'bom.json');
    expect(back.content).toMatchObject({
      overview: 'Who leaves.',
      cybersecurity: 'Signed artefacts',
    });
  });

  it.each([
    ['no JSON', '{"model_details": ', 'begins like JSON'],
    ['another outermost key', '{"model_details": {}, "extra": 1}', 'not Model Card Toolkit v0.0.2'],
    ['a BOM without a card', '{"bomFormat": "CycloneDX", "components": []}', 'No component'],
    ['neither', 'just words', 'neither JSON nor a README.md'],
    ['bad front matter', '---\nlicense: [\n---\n# X\n', 'front matter cannot be read'],
    [
      'a tag that builds something',
      '---\na: 1\nb: !!js/function "x"\n---\n# X\n',
      'cannot be read',
    ],
  ])('is refused with where it is wrong: %s', async (_what, text, message) => {
    expect(await read(text, 'card.json')).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', message: expect.stringContaining(message) },
    });
  });
});
