import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyPackage } from '../../electron/audit/verifyPackage';
import { readZip } from '../../electron/io/zip';
import { approveAs } from '../support/breach';
import { judgeTrial, planTrial } from '../support/canary';
import { addConfirmed, draftPacket, judgePacket } from '../support/handoff';
import { tempFolder } from '../support/tempFolder';
import { createTestModel, okValue, SIGNING, type TestModel } from '../support/testModel';

const MANAGER = 'Mara Manager';

let model: TestModel;
beforeAll(async () => {
  model = await createTestModel();
  await addConfirmed(model, MANAGER, ['manager']);
});
afterAll(() => model.close());

it('a package carries canaries and packets with every signature under them, and verifies', async () => {
  const { canaryId } = await planTrial(model);
  await approveAs(model, MANAGER, { recordType: 'canary.plan', recordId: canaryId });
  const { verdicts } = await judgeTrial(model, canaryId, [0.8, 0.81]);
  const verdictId = verdicts[0]!.id;
  await approveAs(model, MANAGER, { recordType: 'canary.verdict', recordId: verdictId });
  const packet = await draftPacket(model, {
    evidence: [{ kind: 'canaryVerdict', verdictId }],
  });
  okValue<'vault.signRecord'>(await judgePacket(model, packet.id, MANAGER));

  const path = join(tempFolder(), 'package.zip');
  model.picks.push(path);
  const scope = { modelId: model.modelId, periodStart: null, periodEnd: null };
  const { stageId } = okValue<'audit.previewPackage'>(
    await model.call('audit.previewPackage', scope),
  );
  okValue<'audit.exportPackage'>(
    await model.call('audit.exportPackage', { stageId, signing: SIGNING }),
  );
  const bytes = readFileSync(path);
  expect(verifyPackage(bytes).isValid).toBe(true);
  const files = readZip(bytes);
  const read = (name: string): readonly Record<string, unknown>[] =>
    JSON.parse(Buffer.from(files.get(name)!).toString('utf8'));
  expect(read('data/handoff.json')).toMatchObject([
    { id: packet.id, state: 'approved', content: { title: packet.content.title } },
  ]);
  expect(read('data/canaries.json')).toMatchObject([
    { id: canaryId, verdicts: [{ id: verdictId }] },
  ]);
  const signed = read('data/signatures.json').map(({ recordType, printedName }) =>
    [recordType, printedName].join(' by '),
  );
  expect(signed).toEqual(
    expect.arrayContaining([
      `canary.plan by ${MANAGER}`,
      `canary.verdict by ${MANAGER}`,
      `handoff.packet by ${MANAGER}`,
    ]),
  );
});
