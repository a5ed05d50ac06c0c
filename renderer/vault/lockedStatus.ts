import type { VaultStatus } from '../../shared/vault/channels';

/** What is known of a workspace before anybody has signed in. */
export type LockedStatus = Extract<VaultStatus, { state: 'locked' }>;
