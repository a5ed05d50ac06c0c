import {
  createRecoverySlot,
  createSlot,
  type KeySlotV2,
  type RecoverySlot,
  type SlotKeys,
  type SlotOwner,
} from './keySlot';
import type { RecoveryKitId } from '../../shared/base/ids';
import { deriveMasterKey, newKdf, type KdfCost } from './passphraseKey';

export type { KdfCost } from './passphraseKey';

/** Makes a person's slot that a passphrase opens. Cost: one key derivation. */
export function lockWithPassphrase(
  workspaceId: string,
  owner: SlotOwner,
  passphrase: string,
  keys: SlotKeys,
  cost: KdfCost,
): Promise<KeySlotV2> {
  return withMasterKey(passphrase, cost, (kdf, masterKey) =>
    createSlot(workspaceId, owner, { kdf, masterKey, keys }),
  );
}

/** Makes the slot that the code of a recovery kit opens. Cost: one key derivation. */
export function lockWithCode(
  workspaceId: string,
  kitId: RecoveryKitId,
  code: string,
  keys: SlotKeys,
  cost: KdfCost,
): Promise<RecoverySlot> {
  return withMasterKey(code, cost, (kdf, masterKey) =>
    createRecoverySlot(workspaceId, kitId, { kdf, masterKey, keys }),
  );
}

async function withMasterKey<T>(
  secret: string,
  cost: KdfCost,
  use: (kdf: Awaited<ReturnType<typeof newKdf>>, masterKey: Buffer) => Promise<T>,
): Promise<T> {
  const kdf = await newKdf(cost);
  const masterKey = await deriveMasterKey(secret, kdf);
  try {
    return await use(kdf, masterKey);
  } finally {
    masterKey.fill(0);
  }
}
