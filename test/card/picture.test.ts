import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { pictureMarkdown } from '../../shared/card/picture';
import { addPicture, pictureFile } from '../support/cardPicture';
import { JPEG, PNG } from '../support/pictures';
import { createTestModel, okValue, type TestModel } from '../support/testModel';
import { tempFolder } from '../support/tempFolder';
import { cardOf, write } from './cardDesk';

let test: TestModel;
afterEach(() => test.close());

const ADDRESS = `data:image/png;base64,${PNG.toString('base64')}`;
const DIGEST = createHash('sha256').update(PNG).digest('hex');
const SHOWN = `The curve.\n\n${pictureMarkdown('Curve [AUC]', DIGEST)}`;

function events({ core }: TestModel, action: string): unknown {
  return core.context.vault
    .session()!
    .db.prepare('SELECT count(*) FROM audit_event WHERE action = ?')
    .pluck()
    .get(action);
}

async function exported(model: TestModel, format: 'html' | 'json' | 'huggingFace', from = model) {
  const path = join(tempFolder(), `card.${format}`);
  from.picks.push(path);
  const { versionId } = from;
  okValue<'card.export'>(await from.call('card.export', { versionId, format, which: 'newest' }));
  return path;
}

describe('a picture', () => {
  it('is kept once, named by its digest, and read as an address that holds it', async () => {
    test = await createTestModel();
    const facts = okValue<'card.addPicture'>(await addPicture(test));
    expect(facts).toEqual({
      sha256: DIGEST,
      mediaType: 'image/png',
      width: 1,
      height: 1,
      sizeBytes: PNG.length,
    });
    expect(okValue<'card.addPicture'>(await addPicture(test))).toEqual(facts);
    expect(events(test, 'card.pictureAdded')).toBe(1);
    const { sha256 } = facts;
    expect(await test.call('card.picture', { sha256 })).toEqual({
      ok: true,
      value: { address: ADDRESS },
    });
    expect(await test.call('card.picture', { sha256: '0'.repeat(64) })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });

  it('that is none is refused by file and reason, and nothing is kept', async () => {
    test = await createTestModel();
    expect(await addPicture(test, Buffer.from('<svg onload="alert(1)"/>'))).toMatchObject({
      ok: false,
      error: {
        code: 'BAD_DATA',
        message: expect.stringContaining('neither PNG nor JPEG'),
        details: { file: 'picture.png' },
      },
    });
    expect(events(test, 'card.pictureAdded')).toBe(0);
  });

  it('is shown in the printed card, and named where it is not there', async () => {
    test = await createTestModel();
    okValue<'card.addPicture'>(await addPicture(test));
    const missing = pictureMarkdown('Gone', '0'.repeat(64));
    await write(test, { performanceNotes: `${SHOWN}\n\n${missing}` });
    const html = readFileSync(await exported(test, 'html'), 'utf8');
    expect(html).toContain(`<img src="${ADDRESS}" alt="Curve [AUC]">`);
    expect(html).toContain('[Picture left out: Gone]');
    expect(html).not.toContain('picture:');
  });
});

describe('a card with a picture', () => {
  it.each(['json', 'huggingFace'] as const)(
    'brings it into another workspace by %s',
    async (format) => {
      const origin = await createTestModel();
      okValue<'card.addPicture'>(await addPicture(origin));
      await write(origin, { performanceNotes: SHOWN });
      const path = await exported(origin, format);
      origin.close();
      test = await createTestModel();
      await importFile(path);
      expect((await cardOf(test)).content.performanceNotes).toBe(SHOWN);
      expect(await test.call('card.picture', { sha256: DIGEST })).toMatchObject({ ok: true });
    },
  );

  it('is read from a README with data addresses, and cleaned on the way', async () => {
    test = await createTestModel();
    const jpeg = `data:image/jpeg;base64,${JPEG.toString('base64')}`;
    const fake = 'data:image/png;base64,PHN2Zz4=';
    const readme = `# Model\n\n## Results\n\n![a](${jpeg})\n\n![b](${fake})\n`;
    await importFile(pictureFile(Buffer.from(readme), 'README.md'));
    const { performanceNotes } = (await cardOf(test)).content;
    const [, sha256 = ''] = /^!\[a\]\(picture:([0-9a-f]{64})\)/u.exec(performanceNotes) ?? [];
    expect(performanceNotes).toContain(`![b](${fake})`);
    const { address } = okValue<'card.picture'>(await test.call('card.picture', { sha256 }));
    expect(Buffer.from(address.slice(23), 'base64').length).toBe(JPEG.length - 18);
    expect(events(test, 'card.imported')).toBe(1);
  });
});

async function importFile(path: string): Promise<void> {
  const { call, token, versionId } = test;
  const { stageId } = okValue<'card.inspectImport'>(
    await call('card.inspectImport', { source: { token: token(path) } }),
  );
  okValue<'card.import'>(await call('card.import', { versionId, revision: 0, stageId }));
}
