import { join } from 'node:path';
import type { PromotionRequestId } from '../../shared/base/ids';
import type { ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import { importAll, newFolder } from '../registry/importDesk';
import { USUAL } from '../registry/mlflowFixture';
import { tempFolder } from '../support/tempFolder';
import { csvFile, okValue, registerVersion, SIGNING, type TestModel } from '../support/testModel';
import type { MutatingActs } from './mutatingActs';

function askForPromotion(
  { call, versionId }: TestModel,
  toStage: 'Staging' | 'Production',
): Promise<ResultOf<Contract['registry.requestPromotion']>> {
  return call('registry.requestPromotion', { versionId, toStage, reason: 'ready' });
}

async function openRequest({ call, versionId }: TestModel): Promise<PromotionRequestId> {
  const { request } = okValue<'registry.getLifecycle'>(
    await call('registry.getLifecycle', { versionId }),
  );
  return request!.id;
}

async function promoteTo(model: TestModel, toStage: 'Staging' | 'Production'): Promise<unknown> {
  okValue<'registry.requestPromotion'>(await askForPromotion(model, toStage));
  return model.call('registry.promote', { requestId: await openRequest(model), reason: 'go' });
}

const FACTS = {
  purpose: 'Predict churn',
  owner: 'Bela',
  intendedUse: 'By the retention team',
  riskClass: 'minimal',
  tags: ['retail'],
} as const;

/** One act per mutating call about models and versions. */
export const registryActs: MutatingActs = {
  'registry.createModel': {
    leaves: 'registry.modelCreated',
    act: ({ call }) => call('registry.createModel', { name: 'Other', purpose: 'p', owner: 'o' }),
  },
  'registry.registerVersion': {
    leaves: 'registry.versionRegistered',
    act: (model) => registerVersion(model, model.modelId),
  },
  'registry.setLifecyclePolicy': {
    leaves: 'registry.gatesSet',
    act: ({ call, modelId }) =>
      call('registry.setLifecyclePolicy', {
        modelId,
        policy: { Staging: [], Production: [] },
        reason: 'none needed',
        revision: 0,
      }),
  },
  'registry.setAlias': {
    leaves: 'registry.aliasSet',
    act: ({ call, modelId, versionId }) =>
      call('registry.setAlias', { modelId, versionId, alias: 'champion', reason: 'best' }),
  },
  'registry.requestPromotion': {
    leaves: 'registry.promotionRequested',
    act: (model) => askForPromotion(model, 'Staging'),
  },
  'registry.withdrawPromotion': {
    leaves: 'registry.promotionWithdrawn',
    act: async (model) => {
      const requestId = await openRequest(model);
      return model.call('registry.withdrawPromotion', { requestId, reason: 'not yet' });
    },
  },
  'registry.promote': {
    leaves: 'registry.versionPromoted',
    act: async (model) => {
      await promoteTo(model, 'Staging');
      return promoteTo(model, 'Production');
    },
  },
  'registry.archiveVersion': {
    leaves: 'registry.versionArchived',
    act: ({ call, versionId }) => call('registry.archiveVersion', { versionId, reason: 'old' }),
  },
  'registry.rollBack': {
    leaves: 'registry.rolledBack',
    act: ({ call, modelId }) =>
      call('registry.rollBack', { modelId, liveVersionId: null, reason: 'needed again' }),
  },
  'registry.importVersions': {
    leaves: 'registry.versionsImported',
    act: (model) => importAll(model, newFolder(USUAL)),
  },
  'registry.updateModel': {
    leaves: 'registry.modelChanged',
    act: ({ call, modelId }) =>
      call('registry.updateModel', { modelId, facts: FACTS, reason: 'assessed', revision: 0 }),
  },
  'registry.setVersionTags': {
    leaves: 'registry.versionTagsSet',
    act: ({ call, versionId }) =>
      call('registry.setVersionTags', { versionId, tags: ['night'], revision: 0 }),
  },
  'registry.exportVersion': {
    leaves: 'registry.versionExported',
    act: ({ call, picks, versionId }) => {
      picks.push(join(tempFolder(), 'version.json'));
      return call('registry.exportVersion', { versionId, format: 'json' });
    },
  },
  'registry.exportModel': {
    leaves: 'registry.modelExported',
    act: ({ call, picks, modelId }) => {
      picks.push(join(tempFolder(), 'model.zip'));
      return call('registry.exportModel', { modelId, format: 'mlflow' });
    },
  },
  'registry.signModel': {
    leaves: 'registry.modelSigned',
    act: async (model) => {
      const { call, picks } = model;
      const artefacts = csvFile({ weight: [1] });
      const { id: versionId } = okValue<'registry.registerVersion'>(
        await registerVersion(model, model.modelId, artefacts),
      );
      const { stageId } = okValue<'registry.previewModelSignature'>(
        await call('registry.previewModelSignature', { versionId }),
      );
      picks.push(join(tempFolder(), 'signature.zip'));
      return call('registry.signModel', { stageId, signing: SIGNING });
    },
  },
};
