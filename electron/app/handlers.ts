import type { Channel, InputOf, OutputOf } from '../../shared/ipc/channel';
import type { ChannelName, Contract } from '../../shared/ipc/contract';
import * as audit from '../audit/auditService';
import * as card from '../card/cardService';
import * as cardExport from '../card/cardExportService';
import * as cardImport from '../card/cardImportService';
import * as cardPicture from '../card/pictureService';
import * as canary from '../canary/canaryService';
import * as drift from '../drift/driftService';
import * as explanation from '../explanation/explanationService';
import * as modelCases from '../explanation/modelCaseService';
import * as modelExplanations from '../explanation/modelExplanationService';
import * as letters from '../explanation/letterService';
import * as requests from '../explanation/requestService';
import * as performanceLogs from '../performance/logService';
import * as outcomes from '../performance/outcomeService';
import * as performanceRules from '../performance/performancePolicyService';
import * as performance from '../performance/performanceService';
import { driftRelation } from '../performance/relationService';
import { settle } from '../handoff/loopService';
import * as outbox from '../handoff/outboxService';
import { verifyPacket } from '../handoff/packetCheckService';
import { exportPacket } from '../handoff/packetExportService';
import * as handoff from '../handoff/packetService';
import * as retraining from '../handoff/retrainingService';
import { listActions } from '../handoff/ruleActionService';
import * as alerts from '../incident/alertService';
import * as feature from '../feature/featureService';
import * as dataflow from '../dataflow/dataflowService';
import * as dataflowExport from '../dataflow/dataflowExportService';
import * as featureImport from '../feature/featureImportService';
import * as closing from '../incident/closingService';
import * as incident from '../incident/incidentService';
import * as intake from '../intake/intakeService';
import * as modelHistory from '../registry/historyService';
import * as lifecycle from '../registry/lifecycleService';
import { lineage } from '../registry/lineageService';
import * as registryImport from '../registry/importService';
import { importVersions } from '../registry/importVersions';
import * as comparison from '../registry/compareService';
import * as facts from '../registry/factsService';
import * as lists from '../registry/listService';
import * as artefactCopies from '../registry/artefactCopyService';
import * as artefacts from '../registry/artefactService';
import * as modelSigning from '../registry/modelSigningService';
import * as registryExport from '../registry/exportService';
import * as registry from '../registry/registryService';
import * as access from '../vault/accessService';
import * as keychain from '../vault/keychainService';
import * as people from '../vault/peopleService';
import * as signing from '../vault/signingService';
import * as backup from '../vault/backupService';
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
  'vault.listPeople': people.listPeople,
  'vault.listPermissions': people.listPermissions,
  'vault.addPerson': people.addPerson,
  'vault.setRoles': people.setRoles,
  'vault.deactivatePerson': people.deactivatePerson,
  'vault.resetAccess': people.resetAccess,
  'vault.recordTraining': people.recordTraining,
  'vault.changePassphrase': access.changePassphrase,
  'vault.getRecoveryKit': access.getRecoveryKit,
  'vault.makeRecoveryKit': access.makeRecoveryKit,
  'vault.firstSignIn': access.firstSignIn,
  'vault.recover': access.recover,
  'vault.keychainState': keychain.keychainState,
  'vault.enableKeychain': keychain.enableKeychain,
  'vault.disableKeychain': keychain.disableKeychain,
  'vault.unlockWithKeychain': keychain.unlockWithKeychain,
  'vault.signingState': signing.signingState,
  'vault.listSignatures': signing.listSignatures,
  'vault.previewSigning': signing.previewSigning,
  'vault.signRecord': signing.signRecord,
  'vault.confirmKey': signing.confirmKey,
  'vault.signAccountability': signing.signAccountability,
  'vault.backUp': backup.backUp,
  'vault.lastBackup': backup.lastBackup,
  'vault.inspectBackup': backup.inspectBackup,
  'vault.restore': backup.restore,
  'registry.searchModels': lists.searchModels,
  'registry.modelChoices': lists.modelChoices,
  'registry.searchVersions': lists.searchVersions,
  'registry.versionChoices': lists.versionChoices,
  'registry.getModel': lists.getModel,
  'registry.createModel': registry.createModel,
  'registry.stageTrainingData': registry.stageTrainingData,
  'registry.previewVersion': registry.previewVersion,
  'registry.registerVersion': registry.registerVersion,
  'registry.getVersion': registry.getVersion,
  'registry.getLifecycle': lifecycle.getLifecycle,
  'registry.requestPromotion': lifecycle.requestPromotion,
  'registry.withdrawPromotion': lifecycle.withdrawPromotion,
  'registry.promote': lifecycle.promote,
  'registry.rollBack': lifecycle.rollBack,
  'registry.archiveVersion': lifecycle.archiveVersion,
  'registry.getLifecyclePolicy': modelHistory.getLifecyclePolicy,
  'registry.setLifecyclePolicy': modelHistory.setLifecyclePolicy,
  'registry.setAlias': modelHistory.setAlias,
  'registry.history': modelHistory.history,
  'registry.liveAt': modelHistory.liveAt,
  'registry.lineage': lineage,
  'registry.pickImportFolder': registryImport.pickImportFolder,
  'registry.inspectImport': registryImport.inspectImport,
  'registry.importVersions': importVersions,
  'registry.updateModel': facts.updateModel,
  'registry.compareVersions': comparison.compareVersions,
  'registry.setVersionTags': facts.setVersionTags,
  'registry.stageArtefacts': artefacts.stageArtefacts,
  'registry.artefactCopy': artefactCopies.artefactCopy,
  'registry.keepArtefacts': artefactCopies.keepArtefacts,
  'registry.saveArtefacts': artefactCopies.saveArtefacts,
  'registry.checkArtefacts': artefacts.checkArtefacts,
  'registry.exportVersion': registryExport.exportVersion,
  'registry.exportModel': registryExport.exportModel,
  'registry.previewModelSignature': modelSigning.previewModelSignature,
  'registry.signModel': modelSigning.signModel,
  'registry.verifyModelSignature': modelSigning.verifyModelSignature,
  'feature.search': feature.search,
  'feature.get': feature.get,
  'feature.define': feature.define,
  'feature.revise': feature.revise,
  'feature.inspectImport': featureImport.inspectImport,
  'feature.import': featureImport.importFeatures,
  'dataflow.get': dataflow.get,
  'dataflow.listRevisions': dataflow.listRevisions,
  'dataflow.getRevision': dataflow.getRevision,
  'dataflow.save': dataflow.save,
  'dataflow.acceptFinding': dataflow.acceptFinding,
  'dataflow.exportRegister': dataflowExport.exportRegister,
  'dataflow.exportMap': dataflowExport.exportMap,
  'card.get': card.getCard,
  'card.standings': card.standings,
  'card.save': card.saveCard,
  'card.fill': card.fill,
  'card.evidence': card.evidence,
  'card.revisions': card.revisions,
  'card.getRevision': card.getRevision,
  'card.comment': card.comment,
  'card.resolveComment': card.resolveComment,
  'card.export': cardExport.exportCard,
  'card.inspectImport': cardImport.inspectImport,
  'card.import': cardImport.importCard,
  'card.addPicture': cardPicture.addPicture,
  'card.picture': cardPicture.getPicture,
  'canary.compareFiles': canary.compareFiles,
  'canary.list': canary.list,
  'canary.get': canary.get,
  'canary.listVerdicts': canary.listVerdicts,
  'canary.forecast': canary.forecast,
  'canary.plan': canary.plan,
  'canary.revisePlan': canary.revisePlan,
  'canary.inspectData': canary.inspectData,
  'canary.importLook': canary.importLook,
  'canary.judge': canary.judge,
  'canary.replay': canary.replay,
  'drift.inspectReference': drift.inspectReference,
  'drift.freezeReference': drift.freezeReference,
  'drift.getReference': drift.getReference,
  'drift.inspectBatch': drift.inspectBatch,
  'drift.importBatch': drift.importBatch,
  'drift.compareFiles': drift.compareFiles,
  'drift.latestReports': drift.latestReports,
  'drift.getReport': drift.getReport,
  'drift.getFeature': drift.getFeature,
  'drift.history': drift.history,
  'drift.getPolicy': drift.getPolicy,
  'drift.setPolicy': drift.setPolicy,
  'explanation.list': explanation.list,
  'explanation.get': explanation.get,
  'explanation.inspectShap': explanation.inspectShap,
  'explanation.importShap': explanation.importShap,
  'explanation.openCases': explanation.openCases,
  'explanation.explainCase': explanation.explainCase,
  'explanation.inspectModel': modelExplanations.inspectModel,
  'explanation.inspectModelData': modelExplanations.inspectModelData,
  'explanation.compute': modelExplanations.compute,
  'explanation.readCaseInputs': modelCases.readCaseInputs,
  'explanation.tryInputs': modelCases.tryInputs,
  'explanation.findOtherOutcome': modelCases.findOtherOutcome,
  'explanation.listRequests': requests.listRequests,
  'explanation.getRequest': requests.getRequest,
  'explanation.openRequest': requests.openRequest,
  'explanation.extendRequest': requests.extendRequest,
  'explanation.writeLetter': letters.writeLetter,
  'explanation.exportLetter': letters.exportLetter,
  'explanation.closeRequest': requests.closeRequest,
  'explanation.eraseRequest': requests.eraseRequest,
  'performance.inspectLog': performanceLogs.inspectLog,
  'performance.importLog': performanceLogs.importLog,
  'performance.inspectOutcomes': outcomes.inspectOutcomes,
  'performance.importOutcomes': outcomes.importOutcomes,
  'performance.overview': performance.overview,
  'performance.driftRelation': driftRelation,
  'performance.getReport': performance.getReport,
  'performance.setSettings': performance.setSettings,
  'performance.dropJoin': performance.dropJoin,
  'performance.getPolicy': performanceRules.getPolicy,
  'performance.replayPolicy': performanceRules.replayPolicy,
  'performance.setPolicy': performanceRules.setPolicy,
  'incident.listAlerts': alerts.listAlerts,
  'incident.acknowledgeAlert': alerts.acknowledgeAlert,
  'incident.ownAlert': alerts.ownAlert,
  'incident.explainAlert': alerts.explainAlert,
  'incident.snoozeAlert': alerts.snoozeAlert,
  'incident.closeAlert': alerts.closeAlert,
  'incident.listIncidents': incident.listIncidents,
  'incident.listHappenings': incident.listHappenings,
  'incident.getIncident': incident.getIncident,
  'incident.openIncident': incident.openIncident,
  'incident.addEntry': incident.addEntry,
  'incident.setBegan': incident.setBegan,
  'incident.writePostMortem': incident.writePostMortem,
  'incident.previewClosing': closing.previewClosing,
  'incident.closeIncident': closing.closeIncident,
  'incident.reopenIncident': incident.reopenIncident,
  'incident.getTarget': incident.getTarget,
  'incident.setTarget': incident.setTarget,
  'handoff.verifyPacket': verifyPacket,
  'handoff.listPackets': handoff.listPackets,
  'handoff.getPacket': handoff.getPacket,
  'handoff.evidenceChoices': handoff.evidenceChoices,
  'handoff.draftPacket': handoff.draftPacket,
  'handoff.revisePacket': handoff.revisePacket,
  'handoff.withdrawPacket': handoff.withdrawPacket,
  'handoff.exportPacket': exportPacket,
  'handoff.getSettings': handoff.getSettings,
  'handoff.setSettings': handoff.setSettings,
  'intake.getState': intake.getState,
  'intake.listRecords': intake.listRecords,
  'intake.setFolder': intake.setFolder,
  'intake.setWatch': intake.setWatch,
  'intake.pause': intake.pause,
  'intake.take': intake.take,
  'handoff.listActions': listActions,
  'handoff.getOutbox': outbox.getOutbox,
  'handoff.setOutbox': outbox.setOutbox,
  'handoff.settle': settle,
  'handoff.getRules': retraining.getRules,
  'handoff.setRules': retraining.setRules,
  'audit.listEvents': audit.listEvents,
  'audit.verifyChain': audit.verifyChain,
  'audit.previewPackage': audit.previewPackage,
  'audit.exportPackage': audit.exportPackage,
  'audit.verifyPackage': audit.verifyPackage,
  'audit.requestTimestamp': audit.requestTimestamp,
  'audit.importTimestamp': audit.importTimestamp,
  'audit.listTimestamps': audit.listTimestamps,
} satisfies Handlers;
