import { argon2Sync, scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_KDF_COST,
  Kdf,
  LOWEST_KDF_COST,
  calibrateKdfCost,
  deriveMasterKey,
  newKdf,
} from '../../electron/vault/passphraseKey';

const noModule = (): Promise<null> => Promise.resolve(null);

describe('the key of a passphrase', () => {
  it('is Argon2id as the standard defines it', async () => {
    const kdf = await newKdf(LOWEST_KDF_COST);
    expect(kdf).toEqual({ name: 'argon2id', m: 65_536, t: 3, p: 4, salt: kdf.salt });
    const key = await deriveMasterKey('a passphrase', kdf);
    // Node's own implementation, which Electron does not have.
    const expected = argon2Sync('argon2id', {
      message: 'a passphrase',
      nonce: Buffer.from(kdf.salt, 'hex'),
      memory: 65_536,
      passes: 3,
      parallelism: 4,
      tagLength: 32,
    });
    expect(key.equals(expected)).toBe(true);
  });

  it('is the same however the letters were typed, and another for another salt', async () => {
    const kdf = await newKdf(LOWEST_KDF_COST);
    const composed = await deriveMasterKey('caf\u00e9 \ufb01ve', kdf);
    const decomposed = await deriveMasterKey('cafe\u0301 five', kdf);
    expect(composed.equals(decomposed)).toBe(true);
    const other = await deriveMasterKey('caf\u00e9 \ufb01ve', await newKdf(LOWEST_KDF_COST));
    expect(composed.equals(other)).toBe(false);
  });

  it('costs 256 MiB, three passes and four lanes unless told', async () => {
    expect(await newKdf(DEFAULT_KDF_COST)).toMatchObject({ m: 262_144, t: 3, p: 4 });
  });

  it('falls back to scrypt, and the slot says so, where the Argon2 module cannot load', async () => {
    const kdf = await newKdf(DEFAULT_KDF_COST, noModule);
    expect(kdf).toEqual({ name: 'scrypt', n: 131_072, r: 8, p: 1, salt: kdf.salt });
    const key = await deriveMasterKey('a passphrase', kdf, noModule);
    const salt = Buffer.from(kdf.salt, 'hex');
    const options = { N: 131_072, r: 8, p: 1, maxmem: 2 ** 28 };
    expect(key.equals(scryptSync('a passphrase', salt, 32, options))).toBe(true);
  });

  it('is not weakened where the module is missing but the slot asks for Argon2', async () => {
    const kdf = await newKdf(LOWEST_KDF_COST);
    await expect(deriveMasterKey('a passphrase', kdf, noModule)).rejects.toMatchObject({
      code: 'STORAGE',
      message: expect.stringContaining('Argon2') as string,
    });
  });

  it.each([
    { memoryMib: 63, passes: 3, lanes: 4 },
    { memoryMib: 64, passes: 2, lanes: 4 },
    { memoryMib: 64, passes: 3, lanes: 3 },
    { memoryMib: 1025, passes: 3, lanes: 4 },
  ])('is never made with the cost $memoryMib MiB, $passes passes, $lanes lanes', async (cost) => {
    await expect(newKdf(cost)).rejects.toThrow('out of bounds');
  });

  const salt = '00'.repeat(16);
  it.each([
    { name: 'argon2id', m: 65_535, t: 3, p: 4, salt },
    { name: 'argon2id', m: 65_536, t: 1, p: 4, salt },
    { name: 'argon2id', m: 65_536, t: 3, p: 1, salt },
    { name: 'argon2id', m: 2 ** 31, t: 3, p: 4, salt },
    { name: 'argon2id', m: 65_536, t: 1000, p: 4, salt },
    { name: 'argon2id', m: 65_536, t: 3, p: 4, salt: '00' },
    { name: 'argon2d', m: 65_536, t: 3, p: 4, salt },
    { name: 'scrypt', n: 1024, r: 8, p: 1, salt },
    { name: 'scrypt', n: 131_072, r: 8, p: 1, salt, extra: 1 },
  ])('is never derived as a downgraded slot asks: %o', (kdf) => {
    expect(Kdf.safeParse(kdf).success).toBe(false);
  });
});

describe('the cost of a passphrase', () => {
  it.each([
    [150, 10],
    [250, 9],
    [400, 6],
    [700, 3],
    [5000, 3],
    [1, 10],
    [Number.POSITIVE_INFINITY, 3],
  ])('is set so that a derivation of %d ms takes 0.5 to 1 s where it can', async (ms, passes) => {
    const cost = await calibrateKdfCost(() => Promise.resolve(ms));
    expect(cost).toEqual({ memoryMib: 256, passes, lanes: 4 });
    expect(await newKdf(cost)).toMatchObject({ m: 256 * 1024, t: passes, p: 4 });
  });

  it('is measured on this machine when nobody gives it', async () => {
    const { passes, memoryMib } = await calibrateKdfCost();
    expect(memoryMib).toBe(256);
    expect(passes).toBeGreaterThanOrEqual(3);
    expect(passes).toBeLessThanOrEqual(10);
  });
});
