import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Model, ModelFacts } from '../../shared/registry/model';
import { foldText } from '../../shared/base/foldText';
import { uniqueTags } from '../../shared/registry/tagList';
import { factChanges } from '../../renderer/registry/modelFacts';
import { createTestModel, modelsOf, okValue, type TestModel } from '../support/testModel';
import { createTestCore } from '../support/testCore';

let model: TestModel;
beforeAll(async () => {
  model = await createTestModel();
});
afterAll(() => model.close());

const FACTS: ModelFacts = {
  purpose: 'Predict churn',
  owner: 'Zoë',
  intendedUse: 'By the retention team.\nNot for pricing.',
  riskClass: 'minimal',
  tags: ['retail', 'Straße'],
};

async function current(): Promise<Model> {
  return (await modelsOf(model))[0]!;
}

/** The newest event about a record, read past the gate. */
function lastEvent(subject: string): Record<string, unknown> {
  const { db } = model.core.context.vault.session()!;
  const body = db
    .prepare<[string], string>(
      'SELECT CAST(body AS TEXT) FROM audit_event WHERE subject = ? ORDER BY seq DESC',
    )
    .pluck()
    .get(subject)!;
  return JSON.parse(body) as Record<string, unknown>; // made by the log itself
}

function update(facts: ModelFacts, revision: number, reason = 'assessed') {
  const { modelId } = model;
  return model.call('registry.updateModel', {
    modelId,
    facts: { ...facts, tags: [...facts.tags] },
    reason,
    revision,
  });
}

describe('registry.updateModel', () => {
  it('changes the facts, raises the revision and puts only what changed on record', async () => {
    const before = await current();
    expect(before).toMatchObject({ revision: 0, riskClass: null, intendedUse: '', tags: [] });
    const saved = okValue<'registry.updateModel'>(await update(FACTS, 0));
    expect(saved).toEqual({ ...before, ...FACTS, revision: 1 });
    expect(lastEvent(model.modelId)).toMatchObject({
      action: 'registry.modelChanged',
      reason: 'assessed',
      before: { owner: 'Ada', intendedUse: '', riskClass: null, tags: [] },
      after: {
        owner: 'Zoë',
        intendedUse: FACTS.intendedUse,
        riskClass: 'minimal',
        tags: ['retail', 'Straße'],
      },
    });
    expect(lastEvent(model.modelId)['after']).not.toHaveProperty('purpose');
  });

  it('answers CONFLICT with the model as it is now when the revision is stale, and changes nothing', async () => {
    const before = await current();
    expect(await update({ ...FACTS, owner: 'Eve' }, 0)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', details: { current: { owner: 'Zoë', revision: 1 } } },
    });
    expect(await current()).toEqual(before);
  });

  it('refuses a change that changes nothing, and one without a reason', async () => {
    expect(await update(FACTS, 1)).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    expect(await update({ ...FACTS, owner: 'Eve' }, 1, ' ')).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT' },
    });
    expect((await current()).revision).toBe(1);
  });

  it('takes an assessment back', async () => {
    const saved = okValue<'registry.updateModel'>(await update({ ...FACTS, riskClass: null }, 1));
    expect(saved).toMatchObject({ riskClass: null, revision: 2 });
    expect(lastEvent(model.modelId)).toMatchObject({
      before: { riskClass: 'minimal' },
      after: { riskClass: null },
    });
  });

  it('keeps tags that differ only by letter case once', async () => {
    const tags = ['Retail', 'retail', 'STRASSE', 'Straße'];
    const saved = okValue<'registry.updateModel'>(await update({ ...FACTS, tags }, 2));
    expect(saved.tags).toEqual(['Retail', 'STRASSE']);
  });

  it('is refused to a reviewer', async () => {
    const reviewer = await createTestCore({ roles: ['reviewer'] });
    const facts = { ...FACTS, tags: [] };
    const input = { modelId: model.modelId, facts, reason: 'x', revision: 0 };
    expect(await reviewer.call('registry.updateModel', input)).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' },
    });
    reviewer.close();
  });

  it('leaves records that the check of the workspace finds whole', async () => {
    const check = okValue<'vault.check'>(await model.call('vault.check', {}));
    expect(check.checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
  });
});

describe('registry.setVersionTags', () => {
  function setTags(tags: string[], revision: number) {
    return model.call('registry.setVersionTags', { versionId: model.versionId, tags, revision });
  }

  it('sets and empties tags without touching the signed snapshot', async () => {
    const first = okValue<'registry.setVersionTags'>(await setTags(['night', 'Ñandú'], 0));
    expect(first).toMatchObject({ tags: ['night', 'Ñandú'], tagsRevision: 1 });
    const second = okValue<'registry.setVersionTags'>(await setTags([], 1));
    expect(second).toMatchObject({ tags: [], tagsRevision: 2 });
    expect(second.snapshotSha256).toBe(first.snapshotSha256);
    expect(lastEvent(model.versionId)).toMatchObject({
      action: 'registry.versionTagsSet',
      before: { tags: ['night', 'Ñandú'] },
      after: { tags: [] },
    });
  });

  it('answers CONFLICT with the version as it is now when the revision is stale', async () => {
    for (const revision of [0, 1, 7]) {
      expect(await setTags(['late'], revision)).toMatchObject({
        ok: false,
        error: { code: 'CONFLICT', details: { current: { tags: [], tagsRevision: 2 } } },
      });
    }
  });

  it('refuses a tag of several lines, and more than fifty of them', async () => {
    const many = Array.from({ length: 51 }, (_none, i) => `t${i}`);
    for (const tags of [['two\nlines'], [' '], many]) {
      expect(await setTags(tags, 2)).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    }
  });
});

describe('words about facts', () => {
  it('folds letter case beyond ASCII, and ways of writing one letter', () => {
    expect(foldText('STRAẞE')).toBe(foldText('strasse'));
    expect(foldText('ΟΔΟΣ')).toBe(foldText('οδος'));
    expect(foldText('ΟΔΟΣ ΚΑΙ').startsWith(foldText('οδοσ'))).toBe(true);
    expect(foldText('E\u0301tat')).toBe(foldText('état'));
    expect(foldText('ｆｕｌｌ')).toBe('full');
    expect(foldText('resume')).not.toBe(foldText('résumé'));
  });

  it('keeps the first of equal tags', () => {
    expect(uniqueTags(['b', 'A', 'a', 'B'])).toEqual(['b', 'A']);
  });

  it('says what an edit changes, fact by fact', () => {
    expect(factChanges(FACTS, FACTS)).toEqual([]);
    const after: ModelFacts = { ...FACTS, intendedUse: '', riskClass: 'high', tags: ['x'] };
    expect(factChanges(FACTS, after)).toEqual([
      'Intended use: “By the retention team.\nNot for pricing.” becomes nothing.',
      'Risk class: “Minimal risk (none of Articles 5, 6 and 50)” becomes “High risk (Article 6)”.',
      'Tags: “retail, Straße” becomes “x”.',
    ]);
  });
});
