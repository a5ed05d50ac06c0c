import type { Channel, InputOf, OutputOf } from '../../shared/ipc/channel';
import type { ChannelName, Contract } from '../../shared/ipc/contract';
import * as audit from '../audit/auditService';
import * as drift from '../drift/driftService';
import * as incident from '../incident/incidentService';
import * as registry from '../registry/registryService';
import * as vault from '../vault/vaultService';
import type { AppContext, CoreContext } from './context';
import { exploreSample } from './sampleStory';

type ContextOf<C extends Channel> = C['session'] extends 'none' ? CoreContext : AppContext;

type Handlers = {
  readonly [K in ChannelName]: (
    ctx: ContextOf<Contract[K]>,
    input: InputOf<Contract[K]>,
  ) => OutputOf<Contract[K]> | Promise<OutputOf<Contract[K]>>;
};

/** One line per channel; a missing, misspelt or mistyped one does not compile. */
export const handlers = {
  'vault.status': vault.status,
  'vault.pickFolder': vault.pickFolder,
  'vault.measurePassphrase': vault.measurePassphrase,
  'vault.create': vault.create,
  'vault.open': vault.open,
  'vault.unlock': vault.unlock,
  'vault.exploreSample': exploreSample,
  'vault.lock': vault.lock,
  'vault.close': vault.close,
  'vault.check': vault.check,
  'vault.checkLocked': vault.checkLocked,
  'registry.listModels': registry.listModels,
  'registry.getModel': registry.getModel,
  'registry.createModel': registry.createModel,
  'registry.stageTrainingData': registry.stageTrainingData,
  'registry.registerVersion': registry.registerVersion,
  'registry.getVersion': registry.getVersion,
  'drift.inspectReference': drift.inspectReference,
  'drift.freezeReference': drift.freezeReference,
  'drift.getReference': drift.getReference,
  'drift.inspectBatch': drift.inspectBatch,
  'drift.importBatch': drift.importBatch,
  'drift.compareFiles': drift.compareFiles,
  'drift.listReports': drift.listReports,
  'drift.getReport': drift.getReport,
  'drift.getFeature': drift.getFeature,
  'drift.history': drift.history,
  'drift.getPolicy': drift.getPolicy,
  'drift.setPolicy': drift.setPolicy,
  'incident.listAlerts': incident.listAlerts,
  'incident.acknowledgeAlert': incident.acknowledgeAlert,
  'audit.listEvents': audit.listEvents,
  'audit.verifyChain': audit.verifyChain,
  'audit.previewPackage': audit.previewPackage,
  'audit.exportPackage': audit.exportPackage,
  'audit.verifyPackage': audit.verifyPackage,
} satisfies Handlers;
