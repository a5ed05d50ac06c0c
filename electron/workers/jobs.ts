import { readTimestampFile } from '../audit/timestampJob';
import { verifyPackageFile } from '../audit/verifyJob';
import { readCard } from '../card/cardReadJob';
import { readPicture } from '../card/pictureJob';
import { readCanaryLook } from '../canary/canaryJob';
import { compareDomains } from '../drift/domainJob';
import { compareFiles, computeDrift, profileReference } from '../drift/driftJob';
import { computeExplanation } from '../explanation/computeJob';
import { readCase, readShap } from '../explanation/explanationJob';
import {
  findOtherOutcome,
  readCaseInputs,
  readModelCase,
  tryInputs,
} from '../explanation/modelCaseJob';
import { readModel, readModelData } from '../explanation/modelJob';
import { inspectTable, inspectTables } from '../io/inspectTable';
import { readFeatures } from '../feature/featureImportJob';
import { checkPacketFile } from '../handoff/packetCheckJob';
import { hashIntakeFiles } from '../intake/intakeJob';
import { joinOutcomeFile, readLog } from '../performance/performanceJob';
import { hashMlflowArtefacts, readMlflow } from '../registry/mlflowJob';
import { compareArtefacts, hashArtefacts } from '../registry/artefactJob';
import { verifyOms } from '../registry/omsJob';

/** Every job that runs in a job process, by name. A job returns aggregates, never rows. */
export const jobs = {
  'canary.readLook': readCanaryLook,
  'table.inspect': inspectTable,
  'table.inspectAll': inspectTables,
  'card.read': readCard,
  'card.readPicture': readPicture,
  'drift.profile': profileReference,
  'drift.compute': computeDrift,
  'drift.domain': compareDomains,
  'explanation.readShap': readShap,
  'explanation.readCase': readCase,
  'explanation.readModel': readModel,
  'explanation.readModelData': readModelData,
  'explanation.compute': computeExplanation,
  'explanation.readModelCase': readModelCase,
  'explanation.readCaseInputs': readCaseInputs,
  'explanation.tryInputs': tryInputs,
  'explanation.findOtherOutcome': findOtherOutcome,
  'feature.read': readFeatures,
  'handoff.checkPacket': checkPacketFile,
  'intake.hashFiles': hashIntakeFiles,
  'performance.readLog': readLog,
  'performance.joinOutcomes': joinOutcomeFile,
  'audit.verifyPackage': verifyPackageFile,
  'audit.readTimestamp': readTimestampFile,
  'drift.compareFiles': compareFiles,
  'registry.readMlflow': readMlflow,
  'registry.hashMlflowArtefacts': hashMlflowArtefacts,
  'registry.hashArtefacts': hashArtefacts,
  'registry.compareArtefacts': compareArtefacts,
  'registry.verifyOms': verifyOms,
} as const;
