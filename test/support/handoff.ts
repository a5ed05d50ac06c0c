import type { RawInputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { HandoffPacket } from '../../shared/handoff/packet';
import type { PipelineSettings } from '../../shared/handoff/pipelineSettings';
import type { Meaning } from '../../shared/audit/signature';
import type { Role } from '../../shared/vault/person';
import { addPerson, passphraseOf, personNamed, signAs, signInAs } from './people';
import { PASSPHRASE } from './testCore';
import { okValue, type TestModel } from './testModel';
import { PRINTED_NAME } from './testVault';

/** Every kind of pipeline at once. */
export const PIPELINES: PipelineSettings = {
  github: { eventType: 'retrain', pythonVersion: '3.12', commands: ['python train.py'] },
  kubeflow: {
    pipelineId: 'f1c0',
    pipelineVersionId: 'a77e',
    experimentId: null,
    pipelineRoot: 's3://runs/churn',
    serviceAccount: 'trainer',
  },
  argo: { namespace: 'ml', workflowTemplate: 'retrain-churn' },
  seldon: {
    namespace: 'ml',
    deployment: 'churn',
    implementation: 'SKLEARN_SERVER',
    modelUri: 's3://models/{model}/{version}',
    requirements: ['sklearn'],
    memory: '500Mi',
  },
  parameters: [{ name: 'window_days', value: '90' }],
};

type Draft = RawInputOf<Contract['handoff.draftPacket']>['draft'];

/** What a packet of the model's first version asks, unless told otherwise. */
export function packetDraft({ versionId }: TestModel, changes: Partial<Draft> = {}): Draft {
  return {
    title: 'Train on the new source',
    purpose: 'retrain',
    request: 'The data source changed; train on the last 90 days.',
    versionId,
    candidatePercent: null,
    evidence: [],
    ...changes,
  };
}

export async function draftPacket(
  model: TestModel,
  changes: Partial<Draft> = {},
): Promise<HandoffPacket> {
  const { call, modelId } = model;
  const draft = packetDraft(model, changes);
  return okValue<'handoff.draftPacket'>(await call('handoff.draftPacket', { modelId, draft }));
}

/** Adds a person whose key the first one confirms; the first one is signed in after. */
export async function addConfirmed(
  model: TestModel,
  name: string,
  roles: readonly Role[],
): Promise<void> {
  const owner = await personNamed(model, PRINTED_NAME);
  await addPerson(model, name, roles);
  await signInAs(model, owner.id, PASSPHRASE);
  const { key } = await personNamed(model, name);
  const ref = { recordType: 'vault.key', recordId: key?.keyId ?? '' } as const;
  okValue<'vault.confirmKey'>(
    await signAs(model.call, 'vault.confirmKey', ref, 'approval', { printedName: PRINTED_NAME }),
  );
}

/** Lets another person do something, then signs the first one in again. */
export async function asPerson<T>(
  model: TestModel,
  name: string,
  act: () => Promise<T>,
): Promise<T> {
  const owner = await personNamed(model, PRINTED_NAME);
  await signInAs(model, (await personNamed(model, name)).id, passphraseOf(name));
  const done = await act();
  await signInAs(model, owner.id, PASSPHRASE);
  return done;
}

/** Another person signs a packet. */
export function judgePacket(
  model: TestModel,
  packetId: string,
  name: string,
  meaning: Meaning = 'approval',
) {
  const ref = { recordType: 'handoff.packet', recordId: packetId } as const;
  const typed = { printedName: name, passphrase: passphraseOf(name) };
  return asPerson(model, name, () => signAs(model.call, 'vault.signRecord', ref, meaning, typed));
}
