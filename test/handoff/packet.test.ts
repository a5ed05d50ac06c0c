import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readZip } from '../../electron/io/zip';
import type { HandoffPacket } from '../../shared/handoff/packet';
import { addConfirmed, draftPacket, judgePacket, packetDraft, PIPELINES } from '../support/handoff';
import { bring, nextVersion, setGates } from '../support/lifecycle';
import { anotherModel } from '../support/predictions';
import { tempFolder } from '../support/tempFolder';
import { createTestModel, okValue, SIGNING, type TestModel } from '../support/testModel';

const REVIEWER = 'Rosa Reviewer';
const HAND_OVER = { ...SIGNING, meaning: 'responsibility' as const };

let workspace: TestModel;
beforeAll(async () => {
  workspace = await createTestModel();
  await addConfirmed(workspace, REVIEWER, ['reviewer']);
});
afterAll(() => workspace.close());

async function read({ call }: TestModel, packetId: string): Promise<HandoffPacket> {
  return okValue<'handoff.getPacket'>(await call('handoff.getPacket', { packetId }));
}

async function setPipelines({ call, modelId }: TestModel): Promise<void> {
  const change = { modelId, policy: PIPELINES, reason: 'Ours', revision: 0 };
  okValue<'handoff.setSettings'>(await call('handoff.setSettings', change));
}

function exportTo(model: TestModel, { id, revision }: HandoffPacket, format: 'zip' | 'folder') {
  return model.call('handoff.exportPacket', {
    packetId: id,
    revision,
    format,
    signing: HAND_OVER,
  });
}

describe('a hand-off packet', () => {
  it('cites records with their digests, and says when one changed since', async () => {
    const model = await anotherModel(workspace);
    const other = workspace;
    const report = await other.importDrifted();
    const [alert] = okValue<'incident.listAlerts'>(
      await other.call('incident.listAlerts', { modelId: other.modelId }),
    );
    const opening = { alertIds: [alert!.id], title: 'Moved', beganAtUtc: null, reason: 'All' };
    const incident = okValue<'incident.openIncident'>(
      await other.call('incident.openIncident', opening),
    );
    const evidence = [
      { kind: 'driftReport', reportId: report.id },
      { kind: 'incident', incidentId: incident.id },
    ] as const;
    const packet = await draftPacket(other, { evidence: [...evidence] });
    const { revision } = incident;
    const entry = { kind: 'note', atUtc: '2026-01-02T03:04:05.000Z', evidence: null } as const;
    okValue<'incident.addEntry'>(
      await other.call('incident.addEntry', {
        incidentId: incident.id,
        revision,
        ...entry,
        text: 'Asked',
      }),
    );
    const shown = await read(other, packet.id);
    expect(
      shown.citations.map(({ evidence: { kind }, isUnchanged }) => [kind, isUnchanged]),
    ).toEqual([
      ['driftReport', true],
      ['incident', false],
    ]);
    const foreign = {
      modelId: model.modelId,
      draft: packetDraft(model, { evidence: [evidence[0]] }),
    };
    expect(await model.call('handoff.draftPacket', foreign)).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND', message: expect.stringContaining('not of this model') },
    });
  });

  it('is not approved by who wrote it, and is a draft again once it is changed', async () => {
    const model = await anotherModel(workspace);
    const packet = await draftPacket(model);
    const ref = { recordType: 'handoff.packet', recordId: packet.id } as const;
    const { meanings } = okValue<'vault.previewSigning'>(
      await model.call('vault.previewSigning', ref),
    );
    expect(meanings.find(({ meaning }) => meaning === 'approval')?.obstacle).toContain('own work');
    okValue<'vault.signRecord'>(await judgePacket(model, packet.id, REVIEWER));
    expect((await read(model, packet.id)).state).toBe('approved');
    const draft = packetDraft(model, { title: 'Train on half a year' });
    const change = { packetId: packet.id, revision: 1, draft, reason: 'More data' };
    okValue<'handoff.revisePacket'>(await model.call('handoff.revisePacket', change));
    expect(await read(model, packet.id)).toMatchObject({ state: 'draft', revision: 2 });
    expect(await model.call('handoff.revisePacket', change)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
    okValue<'vault.signRecord'>(await judgePacket(model, packet.id, REVIEWER, 'rejection'));
    expect((await read(model, packet.id)).state).toBe('rejected');
  });

  it('does not leave while it is a draft, or withdrawn', async () => {
    const model = await anotherModel(workspace);
    const packet = await draftPacket(model);
    expect(await exportTo(model, packet, 'zip')).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('is a draft') },
    });
    okValue<'handoff.withdrawPacket'>(
      await model.call('handoff.withdrawPacket', {
        packetId: packet.id,
        revision: 1,
        reason: 'Too early',
      }),
    );
    expect(await exportTo(model, packet, 'zip')).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('was withdrawn') },
    });
  });

  it('does not leave with a manifest that is not valid, and says where', async () => {
    const model = await anotherModel(workspace);
    await setPipelines(model);
    await setGates(model, {});
    await bring(model, model.versionId, 'Staging');
    await bring(model, model.versionId, 'Production');
    const candidateId = await nextVersion(model);
    const packet = await draftPacket(model, {
      purpose: 'rollOut',
      versionId: candidateId,
      candidatePercent: 2.5,
    });
    okValue<'vault.signRecord'>(await judgePacket(model, packet.id, REVIEWER));
    expect(await exportTo(model, packet, 'zip')).toMatchObject({
      ok: false,
      error: {
        code: 'CONFLICT',
        message: expect.stringContaining(
          'manifests/seldon-v1/deployment.yaml is not valid at spec.predictors.0.traffic',
        ),
      },
    });
  });

  it('leaves as a signed archive that openssl and sha256sum check', async () => {
    const model = await anotherModel(workspace);
    await setPipelines(model);
    const packet = await draftPacket(model);
    okValue<'vault.signRecord'>(await judgePacket(model, packet.id, REVIEWER));
    const path = join(tempFolder(), 'packet.zip');
    model.picks.push(path);
    const written = okValue<'handoff.exportPacket'>(await exportTo(model, packet, 'zip'));
    expect(existsSync(`${path}.partial`)).toBe(false);
    const folder = tempFolder();
    for (const [name, bytes] of readZip(readFileSync(path))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const commands = readme.split('\n').filter((line) => line.startsWith('    '));
    expect(commands).toHaveLength(4);
    const checked = execFileSync('sh', ['-euc', commands.join('\n')], { cwd: folder });
    expect(checked.toString()).toContain('Signature Verified Successfully');
    expect(readme).toContain(`${REVIEWER}, approval`);
    expect(written.sizeBytes).toBe(readFileSync(path).length);
  });

  it('is the same bytes each time but for the signature of who hands it over, also as a folder', async () => {
    const model = await anotherModel(workspace);
    await setPipelines(model);
    const packet = await draftPacket(model);
    okValue<'vault.signRecord'>(await judgePacket(model, packet.id, REVIEWER));
    const parents = [tempFolder(), tempFolder()];
    const digests: string[] = [];
    for (const parent of parents) {
      model.picks.push(parent);
      const { path } = okValue<'handoff.exportPacket'>(await exportTo(model, packet, 'folder'));
      digests.push(readFileSync(join(path, 'digests-sha256.txt'), 'utf8'));
    }
    expect(digests[0]).toBe(digests[1]);
    model.picks.push(parents[0]!);
    expect(await exportTo(model, packet, 'folder')).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('already') },
    });
  });

  it('splits traffic only beside a version that is live', async () => {
    const model = await anotherModel(workspace);
    const draft = packetDraft(model, { purpose: 'rollOut', candidatePercent: 5 });
    expect(
      await model.call('handoff.draftPacket', { modelId: model.modelId, draft }),
    ).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  });
});
