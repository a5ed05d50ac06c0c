import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { FLOW_MAP_ID, type SavedFlowMap } from '../../shared/dataflow/channels';
import { findingsOf } from '../../shared/dataflow/findings';
import type { FlowMap } from '../../shared/dataflow/flowMap';
import { viewOf } from '../../shared/dataflow/flowView';
import { EMPTY_DEFINITION } from '../../shared/feature/feature';
import { elementId, soundMap } from '../support/flowMap';
import {
  addPerson,
  confirmKeyOf,
  passphraseOf,
  personNamed,
  signAs,
  signInAs,
} from '../support/people';
import { tempFolder } from '../support/tempFolder';
import { PASSPHRASE } from '../support/testCore';
import { createTestModel, okValue, type TestModel } from '../support/testModel';
import { PRINTED_NAME } from '../support/testVault';

let test: TestModel;
afterEach(() => test.close());

const BELA = 'Bela Reviewer';
const RECORD = { recordType: 'dataflow.map', recordId: FLOW_MAP_ID } as const;

async function get(): Promise<SavedFlowMap> {
  return okValue<'dataflow.get'>(await test.call('dataflow.get', {}));
}

async function save(content: FlowMap, revision = 0): Promise<SavedFlowMap> {
  const input = { content, revision, reason: 'As agreed' };
  return okValue<'dataflow.save'>(await test.call('dataflow.save', input));
}

function openRules({ content, facts, acceptances }: SavedFlowMap): readonly string[] {
  const today = new Date().toISOString().slice(0, 10);
  return findingsOf(viewOf(content, facts), acceptances, today)
    .filter(({ acceptance }) => acceptance === null)
    .map(({ rule }) => rule.id);
}

describe('the data-flow map', () => {
  it('is saved as revisions that stay readable, and tells who saved first', async () => {
    test = await createTestModel();
    expect(await get()).toMatchObject({ head: null, content: { nodes: [], flows: [] } });
    const first = soundMap();
    await save(first);
    const second = soundMap({ retentionDays: 30 });
    expect((await save(second, 1)).head).toMatchObject({
      revision: 2,
      savedBy: PRINTED_NAME,
      nNodes: 2,
      nFlows: 1,
      approvedBy: null,
    });
    const was = await test.call('dataflow.getRevision', { revision: 1 });
    expect(okValue<'dataflow.getRevision'>(was).content).toEqual(first);
    const stale = { content: first, revision: 1, reason: 'Late' };
    expect(await test.call('dataflow.save', stale)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', details: { current: { revision: 2 } } },
    });
    expect(
      await test.call('dataflow.save', { ...stale, content: second, revision: 2 }),
    ).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('Nothing is different') },
    });
    expect(await test.call('dataflow.getRevision', { revision: 3 })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
    const listed = okValue<'dataflow.listRevisions'>(await test.call('dataflow.listRevisions', {}));
    expect(listed.map(({ revision }) => revision)).toEqual([2, 1]);
  });

  it('refuses a map whose references lead nowhere', async () => {
    test = await createTestModel();
    const map = soundMap();
    for (const content of [
      { ...map, nodes: map.nodes.slice(1) },
      { ...map, nodes: [...map.nodes, map.nodes[0]!] },
      { ...map, nodes: map.nodes.map((one) => ({ ...one, boundaryId: elementId(77) })) },
      { ...map, nodes: map.nodes.map((one) => ({ ...one, country: 'XX' })) },
    ])
      expect(await test.call('dataflow.save', { content, revision: 0, reason: 'x' })).toMatchObject(
        {
          ok: false,
          error: { code: 'INVALID_INPUT' },
        },
      );
    expect((await get()).head).toBeNull();
  });

  it('knows the features that models take in, and misses those that no flow carries', async () => {
    test = await createTestModel();
    const definition = { ...EMPTY_DEFINITION, sensitivity: 'personal' as const };
    const { id } = okValue<'feature.define'>(
      await test.call('feature.define', { name: 'size', definition, reason: 'new' }),
    );
    const saved = await save(soundMap());
    expect(saved.facts).toMatchObject({
      features: [{ id, name: 'size', modelNames: ['Churn'], importances: [] }],
      models: [{ name: 'Churn' }],
    });
    expect(openRules(saved)).toEqual(['featureNotOnMap']);
    expect(openRules(await save(soundMap({ featureIds: [id] }), 1))).toEqual([]);
  });
});

describe('a finding', () => {
  it('is accepted for a time with a reason, and only as it stands in the saved map', async () => {
    test = await createTestModel();
    const saved = await save(soundMap({ securityMeasures: [] }));
    expect(openRules(saved)).toEqual(['measuresMissing']);
    const input = {
      findingKey: `measuresMissing:${elementId(9)}`,
      findingText: 'No measure is named that protects "flow 9".',
      reason: 'Test data only',
      expiresOn: '2999-12-31',
    };
    for (const [change, code] of [
      [{ expiresOn: '2020-01-01' }, 'INVALID_INPUT'],
      [{ findingText: 'Something else.' }, 'CONFLICT'],
      [{ findingKey: 'purposeMissing:map' }, 'CONFLICT'],
    ] as const)
      expect(await test.call('dataflow.acceptFinding', { ...input, ...change })).toMatchObject({
        ok: false,
        error: { code },
      });
    const accepted = okValue<'dataflow.acceptFinding'>(
      await test.call('dataflow.acceptFinding', input),
    );
    expect(accepted.acceptances).toMatchObject([{ ...input, acceptedBy: PRINTED_NAME }]);
    expect(openRules(accepted)).toEqual([]);
  });
});

describe('the signature under the map', () => {
  it('is somebody else’s to give, and is outdated by a change of the map or of a linked feature', async () => {
    test = await createTestModel();
    const definition = { ...EMPTY_DEFINITION, sensitivity: 'personal' as const };
    const { id: featureId } = okValue<'feature.define'>(
      await test.call('feature.define', { name: 'size', definition, reason: 'new' }),
    );
    await save(soundMap({ featureIds: [featureId] }));
    expect(
      await signAs(test.call, 'vault.signRecord', RECORD, 'approval', {
        printedName: PRINTED_NAME,
      }),
    ).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' },
    });
    const ada = await personNamed(test, PRINTED_NAME);
    const bela = await addPerson(test, BELA, ['reviewer']);
    await confirmKeyOf(test, { ...ada, passphrase: PASSPHRASE }, BELA);
    await signInAs(test, bela.id, passphraseOf(BELA));
    const typed = { passphrase: passphraseOf(BELA), printedName: BELA };
    okValue<'vault.signRecord'>(
      await signAs(test.call, 'vault.signRecord', RECORD, 'approval', typed),
    );
    expect((await get()).head).toMatchObject({ revision: 1, approvedBy: BELA });
    expect(await isCurrent()).toEqual([true]);
    await signInAs(test, ada.id, PASSPHRASE);
    const special = { ...definition, sensitivity: 'special' as const };
    const change = { featureId, revision: 1, definition: special, reason: 'Assessed again' };
    okValue<'feature.revise'>(await test.call('feature.revise', change));
    expect(await isCurrent()).toEqual([false]);
    await save(soundMap({ featureIds: [] }), 1);
    expect(await isCurrent()).toEqual([false]);
    expect((await get()).head).toMatchObject({ revision: 2, approvedBy: null });
  });

  async function isCurrent(): Promise<readonly boolean[]> {
    const { signatures } = okValue<'vault.listSignatures'>(
      await test.call('vault.listSignatures', RECORD),
    );
    return signatures.map((one) => one.isCurrent);
  }
});

describe('an export', () => {
  it('writes the register and the map as they were saved, and says so in the log', async () => {
    test = await createTestModel({ printPdf: () => Promise.resolve(Buffer.from('%PDF-1.7')) });
    const folder = tempFolder();
    const target = (name: string): string => join(folder, name);
    expect(await test.call('dataflow.exportRegister', { format: 'csv' })).toMatchObject({
      ok: false,
      error: { code: 'INSUFFICIENT_DATA' },
    });
    await save(soundMap({ name: '<b>bold</b>' }));
    for (const [format, start] of [
      ['csv', 'Record,Controller,Purpose'],
      ['html', '<!doctype html>'],
      ['pdf', '%PDF-1.7'],
      ['json', '{\n  "format": "assay-register"'],
    ] as const) {
      test.picks.push(target(`register.${format}`));
      const written = okValue<'dataflow.exportRegister'>(
        await test.call('dataflow.exportRegister', { format }),
      );
      expect(written).toMatchObject({ fileName: `register.${format}`, revision: 1 });
      expect(readFileSync(written.path, 'utf8').slice(0, start.length)).toBe(start);
    }
    const html = readFileSync(target('register.html'), 'utf8');
    expect(html).toContain('No field of Article 30 is missing.');
    expect(html).not.toContain('<b>bold');
    test.picks.push(target('map.svg'));
    okValue<'dataflow.exportMap'>(
      await test.call('dataflow.exportMap', { format: 'svg', pngBase64: null }),
    );
    const svg = readFileSync(target('map.svg'), 'utf8');
    expect(svg).toContain('&lt;b&gt;bold&lt;/b&gt;');
    expect(svg).toContain('2 elements, 1 flows');
    test.picks.push(target('map.json'));
    okValue<'dataflow.exportMap'>(
      await test.call('dataflow.exportMap', { format: 'json', pngBase64: null }),
    );
    expect(JSON.parse(readFileSync(target('map.json'), 'utf8'))).toMatchObject({
      content: soundMap({ name: '<b>bold</b>' }),
    });
    const noPicture = {
      format: 'png' as const,
      pngBase64: Buffer.from('GIF89a').toString('base64'),
    };
    expect(await test.call('dataflow.exportMap', noPicture)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT' },
    });
  });
});
