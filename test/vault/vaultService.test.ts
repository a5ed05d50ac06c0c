import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTestCore, PASSPHRASE, type TestCore } from '../support/testCore';
import { tempFolder } from '../support/tempFolder';
import type { VaultStatus } from '../../shared/vault/channels';

const NEW = { name: 'Retail: models', printedName: 'Ada Analyst', passphrase: PASSPHRASE } as const;

async function statusOf({ call }: TestCore): Promise<VaultStatus> {
  const result = await call('vault.status', {});
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('the vault through the gate', () => {
  it('creates, locks, opens and unlocks a workspace', async () => {
    const test = await createTestCore({ hasWorkspace: false });
    const { call, token } = test;
    expect(await statusOf(test)).toEqual({ state: 'closed' });
    const created = await call('vault.create', { ...NEW, folderToken: null });
    expect(created).toMatchObject({ ok: true, value: { state: 'unlocked', nEvents: 2 } });
    const status = await statusOf(test);
    if (status.state !== 'unlocked') throw new Error('not unlocked');
    const { folder } = status.workspace;
    expect(folder.endsWith(join('Assay', 'Retail- models'))).toBe(true);
    expect(await call('vault.close', {})).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect(await call('vault.lock', { reason: 'person' })).toEqual({ ok: true, value: {} });
    await setImmediate();
    expect(test.restarts).toEqual(['person']);
    expect(await statusOf(test)).toMatchObject({ state: 'locked' });
    expect(await call('vault.close', {})).toEqual({ ok: true, value: { state: 'closed' } });
    const opened = await call('vault.open', { folderToken: token(folder) });
    expect(opened).toMatchObject({ ok: true, value: { state: 'locked', workspaceName: NEW.name } });
    const unlocked = await call('vault.unlock', {
      personId: status.person.id,
      passphrase: PASSPHRASE,
    });
    expect(unlocked).toMatchObject({ ok: true, value: { state: 'unlocked', nEvents: 4 } });
    test.close();
  });

  it('answers FORBIDDEN with the wait for a wrong passphrase', async () => {
    const test = await createTestCore();
    const status = await statusOf(test);
    if (status.state !== 'unlocked') throw new Error('not unlocked');
    await test.call('vault.lock', { reason: 'idle' });
    const refused = await test.call('vault.unlock', {
      personId: status.person.id,
      passphrase: 'no',
    });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN', details: { retryAfterMs: 1000 } },
    });
    test.close();
  });

  it('refuses a weak passphrase with advice and makes nothing', async () => {
    const test = await createTestCore({ hasWorkspace: false });
    const folder = tempFolder();
    const refused = await test.call('vault.create', {
      ...NEW,
      passphrase: 'Ada Analyst Retail',
      folderToken: test.token(folder),
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    expect(readdirSync(folder)).toEqual([]);
    const measured = await test.call('vault.measurePassphrase', {
      passphrase: 'Ada Analyst Retail',
      context: ['Ada Analyst', 'Retail'],
    });
    expect(measured).toMatchObject({ ok: true, value: { isAccepted: false } });
    test.close();
  });

  it('hands out a token for a chosen folder, and CANCELLED for a closed dialog', async () => {
    const test = await createTestCore({ hasWorkspace: false });
    const folder = tempFolder();
    test.picks.push(folder);
    const picked = await test.call('vault.pickFolder', { purpose: 'create' });
    expect(picked).toMatchObject({ ok: true, value: { folder } });
    expect(await test.call('vault.pickFolder', { purpose: 'open' })).toMatchObject({
      ok: false,
      error: { code: 'CANCELLED' },
    });
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect(await test.call('vault.open', { folderToken: unknown })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
    expect(await test.call('vault.open', { folderToken: test.token(folder) })).toMatchObject({
      ok: false,
      error: {
        code: 'NOT_FOUND',
        message: expect.stringContaining('not an Assay workspace') as string,
      },
    });
    test.close();
  });

  it('answers LOCKED to everything that needs a person', async () => {
    const test = await createTestCore({ hasWorkspace: false });
    expect(await test.call('vault.check', {})).toMatchObject({
      ok: false,
      error: { code: 'LOCKED' },
    });
    expect(await test.call('vault.lock', { reason: 'idle' })).toMatchObject({
      ok: false,
      error: { code: 'LOCKED' },
    });
    test.close();
  });

  it('sweeps the workspace, and stops when the person cancels', async () => {
    const test = await createTestCore();
    expect(await test.call('vault.check', {})).toMatchObject({
      ok: true,
      value: { isIntact: true },
    });
    const controller = new AbortController();
    controller.abort();
    const scope = { progress: () => undefined, signal: controller.signal };
    expect(await test.call('vault.check', {}, scope)).toMatchObject({
      ok: false,
      error: { code: 'CANCELLED' },
    });
    test.close();
  });

  it('lets a person do only what their roles allow', async () => {
    const test = await createTestCore({ roles: ['reviewer'] });
    const refused = await test.call('registry.createModel', {
      name: 'Churn',
      purpose: 'Retention',
      owner: 'Sales',
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    test.close();
  });

  it('deletes a sample workspace whose story broke off, and no other', async () => {
    const test = await createTestCore();
    expect(() => test.core.context.vault.discard()).toThrow('only a sample');
    test.close();
    const folder = join(tempFolder(), 'sample');
    const { vault } = test.core.context;
    await vault.create({ ...NEW, folder, isSample: true });
    expect(vault.status()).toMatchObject({ isSample: true });
    vault.discard();
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(join(test.folder, 'vault.json'))).toBe(true);
  });
});
