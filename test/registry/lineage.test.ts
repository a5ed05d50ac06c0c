import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { layOutLineage, NODE_WIDTH_PX } from '../../renderer/registry/lineageLayout';
import type { VersionLineage } from '../../shared/registry/lineageChannels';
import { bring, nextVersion, setGates } from '../support/lifecycle';
import { tellModelStory } from '../support/modelStory';
import { tempFolder } from '../support/tempFolder';
import { createTestModel, okValue, type TestModel } from '../support/testModel';

let test: TestModel;
afterEach(() => test.close());

async function lineageOf(versionId: TestModel['versionId']): Promise<VersionLineage> {
  return okValue<'registry.lineage'>(await test.call('registry.lineage', { versionId }));
}

describe('registry.lineage', () => {
  it('goes from the profile to the version, its deployments and the packages', async () => {
    test = await createTestModel();
    const { versionId } = test;
    await tellModelStory(test, join(tempFolder(), 'package.zip'));
    const { nodes, edges } = await lineageOf(versionId);
    expect(nodes.map(({ kind, title }) => [kind, title])).toEqual([
      ['profile', 'reference.csv'],
      ['version', 'Version 1'],
      ['deployment', 'Was live in Production'],
      ['deployment', 'Live in Production'],
      ['package', 'Audit package'],
    ]);
    const [profile, version, before, deployment, packed] = nodes;
    expect(edges).toEqual([
      { from: profile!.id, to: version!.id },
      { from: version!.id, to: before!.id },
      { from: version!.id, to: deployment!.id },
      { from: deployment!.id, to: packed!.id },
    ]);
  });

  it('shows each time a version was live, and leaves out what is not its own', async () => {
    test = await createTestModel();
    const { modelId, versionId } = test;
    await setGates(test, {});
    const second = await nextVersion(test);
    for (const one of [versionId, second]) {
      await bring(test, one, 'Staging');
      await bring(test, one, 'Production');
    }
    okValue<'registry.rollBack'>(
      await test.call('registry.rollBack', { modelId, liveVersionId: second, reason: 'Fell' }),
    );
    const titles = (await lineageOf(versionId)).nodes
      .filter(({ kind }) => kind === 'deployment')
      .map(({ title }) => title);
    expect(titles).toEqual(['Was live in Production', 'Live in Production']);
    expect((await lineageOf(second)).nodes.map(({ kind }) => kind)).toEqual([
      'version',
      'deployment',
    ]);
  });
});

describe('the layout of a lineage', () => {
  it('gives every node a place of its own, and every edge its ends', async () => {
    test = await createTestModel();
    await tellModelStory(test, join(tempFolder(), 'package.zip'));
    const lineage = await lineageOf(test.versionId);
    const { nodes, paths, widthPx, heightPx } = layOutLineage(lineage);
    expect(new Set(nodes.map(({ xPx, yPx }) => `${xPx} ${yPx}`)).size).toBe(nodes.length);
    expect(nodes.every(({ xPx, yPx }) => xPx + NODE_WIDTH_PX <= widthPx && yPx < heightPx)).toBe(
      true,
    );
    expect(paths).toHaveLength(lineage.edges.length);
    expect(layOutLineage({ nodes: [], edges: [{ from: 'a', to: 'b' }] }).paths).toEqual([]);
  });
});
