import { deviceSlotPath } from '../../electron/vault/deviceSlot';
import { AuditEventBody } from '../../shared/audit/auditEvent';
import type { PersonId, WorkspaceId } from '../../shared/base/ids';
import { FakeKeychain } from './fakeKeychain';
import { tempFolder } from './tempFolder';
import { createTestCore, PASSPHRASE, type TestCore } from './testCore';
import { okValue } from './testModel';

export interface Enabled {
  readonly test: TestCore;
  readonly keychain: FakeKeychain;
  readonly owner: { readonly workspaceId: WorkspaceId; readonly personId: PersonId };
  readonly path: string;
}

/** Whose device slot it would be. */
export function actorOf({ core }: TestCore) {
  const { actor, workspace } = core.context.vault.session()!;
  return { workspaceId: workspace.id, personId: actor.id };
}

/** A workspace whose signed-in person has just switched the keychain on. */
export async function enabled(nowMs?: () => number, root = tempFolder()): Promise<Enabled> {
  const keychain = new FakeKeychain();
  const clock = nowMs === undefined ? {} : { nowMs };
  const test = await createTestCore({ keychain, root, ...clock });
  const owner = actorOf(test);
  okValue<'vault.enableKeychain'>(
    await test.call('vault.enableKeychain', { passphrase: PASSPHRASE }),
  );
  return { test, keychain, owner, path: deviceSlotPath(test.userDataFolder, owner) };
}

/** What is on record, newest first. */
export function events({ core }: TestCore): { readonly action: string; readonly after: unknown }[] {
  return core.context.vault
    .session()!
    .db.prepare<[], string>('SELECT CAST(body AS TEXT) FROM audit_event ORDER BY seq DESC')
    .pluck()
    .all()
    .map((body) => AuditEventBody.parse(JSON.parse(body)));
}

export function personOf({ personId }: Enabled['owner']) {
  return { personId };
}
