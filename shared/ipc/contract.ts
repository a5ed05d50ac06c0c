import { auditChannels } from '../audit/channels';
import { driftChannels } from '../drift/channels';
import { incidentChannels } from '../incident/channels';
import { registryChannels } from '../registry/channels';
import { vaultChannels } from '../vault/channels';

/** Every call that exists between a window (or the command line) and core. */
export const contract = {
  ...vaultChannels,
  ...registryChannels,
  ...driftChannels,
  ...incidentChannels,
  ...auditChannels,
} as const;

export type Contract = typeof contract;
export type ChannelName = keyof Contract;
