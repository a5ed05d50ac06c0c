import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeToLive } from '../../electron/registry/historyService';
import type { ModelId, ModelVersionId } from '../../shared/base/ids';
import { setGates } from '../support/lifecycle';
import { testClock, type TestClock } from '../support/testClock';
import { createTestModel, okValue, registerVersion, type TestModel } from '../support/testModel';

/** What somebody tries; much of it is not open at that moment. */
const Step = fc.record({
  act: fc.oneof(
    { weight: 6, arbitrary: fc.constant('forward' as const) },
    { weight: 2, arbitrary: fc.constantFrom('rollBack' as const, 'openGates' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        'ask' as const,
        'promote' as const,
        'archive' as const,
        'withdraw' as const,
        'closeGates' as const,
      ),
    },
  ),
  version: fc.nat(2),
  toStage: fc.constantFrom('Staging' as const, 'Production' as const),
  pauseMs: fc.nat(5_000),
});
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never;

interface Story {
  readonly test: TestModel;
  readonly modelId: ModelId;
  readonly versionIds: readonly ModelVersionId[];
  readonly clock: TestClock;
  isOpen: boolean;
}

const OPEN = {
  Staging: [{ kind: 'evaluation' as const }],
  Production: [{ kind: 'evaluation' as const }],
};
const CLOSED = { Staging: [], Production: [{ kind: 'artefacts' as const }] };

async function begin(test: TestModel, clock: TestClock, nth: number): Promise<Story> {
  const { id: modelId } = okValue<'registry.createModel'>(
    await test.call('registry.createModel', { name: `Model ${nth}`, purpose: 'p', owner: 'o' }),
  );
  const versionIds: ModelVersionId[] = [];
  for (let i = 0; i < 3; i += 1)
    versionIds.push(okValue<'registry.registerVersion'>(await registerVersion(test, modelId)).id);
  const story: Story = { test, modelId, versionIds, clock, isOpen: false };
  await turnGates(story, false);
  return story;
}

async function turnGates(story: Story, isOpen: boolean): Promise<void> {
  const { test, modelId } = story;
  await setGates({ call: test.call, modelId }, isOpen ? OPEN : CLOSED);
  story.isOpen = isOpen;
}

/** Who is live, asked in the table itself. */
function live({ test, modelId }: Story): readonly ModelVersionId[] {
  return test.core.context.vault
    .session()!
    .db.prepare<[string], ModelVersionId>(
      "SELECT version_id FROM version_stage WHERE model_id = ? AND stage = 'Production'",
    )
    .pluck()
    .all(modelId);
}

async function act(story: Story, { act: what, version, toStage }: Step): Promise<unknown> {
  const { test, modelId, versionIds } = story;
  const versionId = versionIds[version]!;
  const reason = 'r';
  if (what === 'openGates' || what === 'closeGates') return turnGates(story, what === 'openGates');
  if (what === 'ask') return test.call('registry.requestPromotion', { versionId, toStage, reason });
  if (what === 'archive') return test.call('registry.archiveVersion', { versionId, reason });
  if (what === 'rollBack') {
    const liveVersionId = live(story)[0] ?? null;
    return test.call('registry.rollBack', { modelId, liveVersionId, reason });
  }
  const { request, toStage: next } = okValue<'registry.getLifecycle'>(
    await test.call('registry.getLifecycle', { versionId }),
  );
  if (what === 'forward' && request === null && next !== null)
    return test.call('registry.requestPromotion', { versionId, toStage: next, reason });
  if (request === null) return null;
  const input = { requestId: request.id, reason };
  return what === 'withdraw'
    ? test.call('registry.withdrawPromotion', input)
    : test.call('registry.promote', input);
}

describe('whatever people try, in whatever order', () => {
  it('nothing gets past a closed gate, one version at most is live, and its time is told', async () => {
    const clock = testClock();
    const test = await createTestModel({ nowMs: clock.nowMs });
    let nStories = 0;
    let nLive = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(Step, { minLength: 15, maxLength: 30 }), async (steps) => {
        const story = await begin(test, clock, nStories++);
        const wasLive = new Set<ModelVersionId>();
        const past: unknown[] = [];
        const told: { readonly atUtc: string; readonly versionId: ModelVersionId | null }[] = [];
        for (const step of steps) {
          clock.advance(step.pauseMs + 1);
          const [before] = live(story);
          await act(story, step);
          const now = live(story);
          expect(now.length).toBeLessThanOrEqual(1);
          const [after] = now;
          const isNew = after !== undefined && after !== before;
          if (isNew) {
            // It came through open gates, or by a rollback of what had come through them before.
            const isRightful = step.act === 'rollBack' ? wasLive.has(after) : story.isOpen;
            if (!isRightful) past.push({ step, after });
            wasLive.add(after);
            nLive += 1;
          }
          const atUtc = new Date(clock.nowMs()).toISOString();
          told.push({ atUtc, versionId: after ?? null });
        }
        for (const { atUtc, versionId } of told) {
          const answer = await test.call('registry.liveAt', { modelId: story.modelId, atUtc });
          const found = okValue<'registry.liveAt'>(answer).live;
          expect(found?.change.versionId ?? null).toBe(versionId);
          expect(found?.untilUtc ?? '9999').toSatisfy((until: string) => until > atUtc);
        }
        expect(past).toEqual([]);
      }),
      { numRuns: 15, seed: 20260102 },
    );
    // The property is of something: versions did go live.
    expect(nLive).toBeGreaterThan(10);
    test.close();
  }, 120_000);
});

describe('changeToLive', () => {
  it('tells nobody before the first step and nobody after the last version left', () => {
    const change = (
      ordinal: number,
      versionId: string,
      fromStage: 'Staging' | 'Production',
      toStage: 'Production' | 'Archived',
      atUtc: string,
    ) => ({
      ordinal,
      versionId: versionId as ModelVersionId, // any text will do here
      version: 1,
      fromStage,
      toStage,
      kind: 'promotion' as const,
      requestId: null,
      atUtc,
      changedBy: 'Ada',
      reason: 'r',
    });
    const changes = [
      change(1, 'a', 'Staging', 'Production', '2026-01-02T00:00:00.000Z'),
      change(2, 'a', 'Production', 'Archived', '2026-01-03T00:00:00.000Z'),
      change(3, 'b', 'Staging', 'Production', '2026-01-03T00:00:00.000Z'),
      change(4, 'b', 'Production', 'Archived', '2026-01-04T00:00:00.000Z'),
    ];
    const at = (day: string) => changeToLive(changes, `2026-01-${day}T00:00:00.000Z`)?.versionId;
    expect([at('01'), at('02'), at('03'), at('04')]).toEqual([undefined, 'a', 'b', undefined]);
  });
});
