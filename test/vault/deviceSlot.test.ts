import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppContext } from '../../electron/app/context';
import { createAppContext } from '../../electron/app/createContext';
import { openDeviceSlot, readDeviceSlot, removeDeviceSlot } from '../../electron/vault/deviceSlot';
import { enableKeychain } from '../../electron/vault/keychainService';
import { revealDeviceKey } from '../../electron/vault/keychainUnlock';
import { AppFailure } from '../../shared/ipc/errors';
import { enabled, personOf } from '../support/keychainOn';
import { PASSPHRASE } from '../support/testCore';
import { okValue } from '../support/testModel';

describe('either half alone', () => {
  it('opens nothing, and neither the file nor the shell ever holds a key', async () => {
    const { test, keychain, owner, path } = await enabled();
    test.core.context.vault.lock('person');
    okValue<'vault.unlockWithKeychain'>(
      await test.call('vault.unlockWithKeychain', personOf(owner)),
    );
    const slot = readDeviceSlot(test.userDataFolder, owner)!;
    const [half] = keychain.seen;
    expect(openDeviceSlot(slot, half!)).not.toBeNull();
    // The file with a guess of the other half; the other half with a guess of the file's.
    expect(openDeviceSlot(slot, Buffer.alloc(32))).toBeNull();
    expect(openDeviceSlot(slot, Buffer.from(slot.protectedHalf, 'base64'))).toBeNull();
    expect(openDeviceSlot({ ...slot, salt: '00'.repeat(32) }, half!)).toBeNull();
    expect(openDeviceSlot({ ...slot, salt: '00'.repeat(32) }, Buffer.alloc(32))).toBeNull();
    const session = test.core.context.vault.session()!;
    const keys = await session.withSlotKeys(PASSPHRASE, ({ personKek, dataKey }) => [
      Buffer.from(personKek),
      Buffer.from(dataKey),
    ]);
    const file = readFileSync(path);
    for (const key of keys) {
      for (const saw of [...keychain.seen, file]) expect(saw.includes(key)).toBe(false);
      expect(file.includes(key.toString('hex'))).toBe(false);
      expect(file.includes(key.toString('base64'))).toBe(false);
    }
    for (const form of [half!, half!.toString('hex'), half!.toString('base64')]) {
      expect(file.includes(form)).toBe(false);
    }
    for (const saw of keychain.seen) expect(saw.toString('hex')).not.toBe(slot.salt);
    test.close();
  });

  it('is no use in another workspace or for another person', async () => {
    const one = await enabled();
    const two = await enabled(undefined);
    copyFileSync(one.path, two.path);
    two.test.core.context.vault.lock('person');
    expect(await two.test.call('vault.unlockWithKeychain', personOf(two.owner))).toMatchObject({
      error: { code: 'BAD_DATA' },
    });
    one.test.close();
    two.test.close();
  });
});

describe('the file of a device', () => {
  it('is for its owner only', async () => {
    const { test, path } = await enabled();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(path))).toHaveLength(1);
    test.close();
  });

  it('is refused when any single bit of it is another', async () => {
    const { test, keychain, owner, path } = await enabled();
    const whole = readFileSync(path);
    const others: { readonly bit: number; readonly code: unknown }[] = [];
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const flipped = Buffer.from(whole);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      writeFileSync(path, flipped);
      const code = await revealDeviceKey(keychain, test.userDataFolder, owner).then(
        () => 'opened',
        (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
      );
      if (code !== 'BAD_DATA') others.push({ bit, code });
    }
    const nBits = whole.length * 8;
    console.log(`device slot: ${nBits - others.length} of ${nBits} flipped bits refused`);
    expect(others).toEqual([]);
    writeFileSync(path, whole);
    const { personKek } = await revealDeviceKey(keychain, test.userDataFolder, owner);
    expect(personKek).toHaveLength(32);
    test.close();
  });

  it('is taken back when its event cannot be recorded', async () => {
    const { test, owner, path } = await enabled();
    const { context } = test.core;
    const scope = { progress: () => undefined, signal: new AbortController().signal };
    const ctx = createAppContext(
      { ...context, ...scope, call: test.call },
      context.vault.session()!,
    );
    const full: AppContext = {
      ...ctx,
      write: (_action, _subject, _detail, fn) => {
        fn(ctx.db);
        throw new AppFailure('STORAGE', 'The disk is full.');
      },
    };
    const enable = () => enableKeychain(full, { passphrase: PASSPHRASE });
    // One that is on record stays; it opens the same.
    await expect(enable()).rejects.toMatchObject({ code: 'STORAGE' });
    expect(existsSync(path)).toBe(true);
    removeDeviceSlot(test.userDataFolder, owner);
    await expect(enable()).rejects.toMatchObject({ code: 'STORAGE' });
    expect(readdirSync(dirname(path))).toEqual([]);
    test.close();
  });
});
