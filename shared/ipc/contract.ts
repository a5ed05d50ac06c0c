import { auditChannels } from '../audit/channels';
import { timestampChannels } from '../audit/timestampChannels';
import { cardChannels } from '../card/channels';
import { cardExchangeChannels } from '../card/exchangeChannels';
import { cardPictureChannels } from '../card/pictureChannels';
import { canaryChannels } from '../canary/channels';
import { dataflowChannels } from '../dataflow/channels';
import { dataflowExportChannels } from '../dataflow/exportChannels';
import { driftChannels } from '../drift/channels';
import { explanationChannels } from '../explanation/channels';
import { modelExplanationChannels } from '../explanation/modelChannels';
import { explanationRequestChannels } from '../explanation/requestChannels';
import { handoffChannels } from '../handoff/channels';
import { loopChannels } from '../handoff/loopChannels';
import { alertChannels } from '../incident/alertChannels';
import { featureChannels } from '../feature/channels';
import { incidentChannels } from '../incident/channels';
import { intakeChannels } from '../intake/channels';
import { artefactChannels } from '../registry/artefactChannels';
import { exportChannels } from '../registry/exportChannels';
import { modelSigningChannels } from '../registry/modelSigningChannels';
import { performanceChannels } from '../performance/channels';
import { registryChannels } from '../registry/channels';
import { lifecycleChannels } from '../registry/lifecycleChannels';
import { lineageChannels } from '../registry/lineageChannels';
import { importChannels } from '../registry/importChannels';
import { compareChannels } from '../registry/compareChannels';
import { factsChannels } from '../registry/factsChannels';
import { listChannels } from '../registry/listChannels';
import { backupChannels } from '../vault/backupChannels';
import { vaultChannels } from '../vault/channels';
import { keychainChannels } from '../vault/keychainChannels';
import { peopleChannels } from '../vault/peopleChannels';
import { signingChannels } from '../vault/signingChannels';

/** Every call that exists between a window (or the command line) and core. */
export const contract = {
  ...vaultChannels,
  ...peopleChannels,
  ...keychainChannels,
  ...signingChannels,
  ...backupChannels,
  ...registryChannels,
  ...lifecycleChannels,
  ...lineageChannels,
  ...importChannels,
  ...factsChannels,
  ...listChannels,
  ...compareChannels,
  ...artefactChannels,
  ...exportChannels,
  ...modelSigningChannels,
  ...cardChannels,
  ...cardExchangeChannels,
  ...cardPictureChannels,
  ...featureChannels,
  ...dataflowChannels,
  ...dataflowExportChannels,
  ...canaryChannels,
  ...driftChannels,
  ...explanationChannels,
  ...modelExplanationChannels,
  ...explanationRequestChannels,
  ...performanceChannels,
  ...alertChannels,
  ...incidentChannels,
  ...handoffChannels,
  ...intakeChannels,
  ...loopChannels,
  ...auditChannels,
  ...timestampChannels,
} as const;

export type Contract = typeof contract;
export type ChannelName = keyof Contract;
