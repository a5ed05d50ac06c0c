import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract, type ChannelName } from '../../shared/ipc/contract';
import type { Channel } from '../../shared/ipc/channel';
import { dispatch } from '../../electron/app/dispatch';
import { ROLES, type Role } from '../../shared/vault/person';
import { createTestCore, type TestCore } from '../support/testCore';

const guarded = (Object.entries(contract) as [ChannelName, Channel][]).filter(
  ([, { session }]) => session === 'unlocked',
);

/** What the gate says to an input that no channel takes: past the role check it is INVALID_INPUT. */
async function answer(core: TestCore, name: ChannelName): Promise<string> {
  const result = await dispatch(core.core, name as string, { __unknown: 1 });
  return result.ok ? 'ok' : result.error.code;
}

describe('the gate', () => {
  let unlocked: TestCore;
  beforeAll(async () => {
    unlocked = await createTestCore();
  });
  afterAll(() => unlocked.close());

  it('answers every call that needs a session with LOCKED while nothing is open', async () => {
    const closed = await createTestCore({ hasWorkspace: false });
    for (const [name] of guarded) expect(await answer(closed, name), name).toBe('LOCKED');
    closed.close();
  });

  it('refuses a call that does not exist, also one named like a property of every object', async () => {
    for (const name of ['vault.nothing', '__proto__', 'constructor', 'toString']) {
      expect(await dispatch(unlocked.core, name, {})).toMatchObject({
        ok: false,
        error: { code: 'INVALID_INPUT' },
      });
    }
  });

  it('says which part of an input is wrong without repeating it', async () => {
    const secret = 'do-not-repeat-me';
    const result = await dispatch(unlocked.core, 'registry.createModel', {
      name: '',
      purpose: 7,
      owner: secret,
    });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', details: { issues: expect.any(Array) } },
    });
    expect(JSON.stringify(result)).not.toContain(secret);
  });
});

describe.each(ROLES)('a person who is only %s', (role: Role) => {
  let core: TestCore;
  beforeAll(async () => {
    core = await createTestCore({ roles: [role] });
  });
  afterAll(() => core.close());

  it.each(guarded.map(([name, spec]) => ({ name, isAllowed: spec.allow.includes(role) })))(
    'may call $name: $isAllowed',
    async ({ name, isAllowed }) => {
      expect(await answer(core, name)).toBe(isAllowed ? 'INVALID_INPUT' : 'FORBIDDEN');
    },
  );

  it('leaves an event for every call that was refused, and for no other', () => {
    const refused = guarded.filter(([, { allow }]) => !allow.includes(role)).map(([name]) => name);
    const { db } = core.core.context.vault.session()!;
    const recorded = db
      .prepare<[], string>(
        `SELECT json_extract(CAST(body AS TEXT), '$.after.call') FROM audit_event
         WHERE action = 'vault.callRefused'`,
      )
      .pluck()
      .all();
    expect(recorded.sort()).toEqual(refused.sort());
    console.log(
      `${role}: ${guarded.length} of ${guarded.length} calls answered as the matrix says, ${refused.length} refused and recorded`,
    );
  });
});
