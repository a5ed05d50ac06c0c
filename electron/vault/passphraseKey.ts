import { randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { AppFailure } from '../../shared/ipc/errors';
import { KEY_BYTES } from './sealing';

/** How much work one guess of a passphrase costs. */
export interface KdfCost {
  readonly memoryMib: number;
  readonly passes: number;
  readonly lanes: number;
}

export const DEFAULT_KDF_COST: KdfCost = { memoryMib: 256, passes: 3, lanes: 4 };
/** What a new passphrase's derivation should take: a person waits for it once, a guesser every time. */
const TARGET_MS = 750;
const MOST_PASSES = 10;

/** Less is refused, when a slot is made and when it is read. */
export const LOWEST_KDF_COST: KdfCost = { memoryMib: 64, passes: 3, lanes: 4 };

const Salt = z.string().regex(/^[0-9a-f]{32}$/);

/** How a slot's passphrase becomes a key. The bounds refuse a slot that was weakened, or made to hang. */
export const Kdf = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('argon2id'),
    /** Memory in KiB, passes, lanes: the letters of the Argon2 standard. */
    m: z
      .int()
      .min(LOWEST_KDF_COST.memoryMib * 1024)
      .max(1024 * 1024),
    t: z.int().min(LOWEST_KDF_COST.passes).max(MOST_PASSES),
    p: z.int().min(LOWEST_KDF_COST.lanes).max(8),
    salt: Salt,
  }),
  z.strictObject({
    name: z.literal('scrypt'),
    n: z.literal(2 ** 17),
    r: z.literal(8),
    p: z.literal(1),
    salt: Salt,
  }),
]);
export type Kdf = z.infer<typeof Kdf>;

type Argon2 = typeof import('@node-rs/argon2');

/**
 * Chooses how a new passphrase becomes a key: Argon2id, or scrypt where its module cannot load.
 *
 * @throws RangeError when the cost is below {@link LOWEST_KDF_COST}
 */
export async function newKdf(cost: KdfCost, load = loadArgon2): Promise<Kdf> {
  const salt = randomBytes(16).toString('hex');
  const { memoryMib, passes, lanes } = cost;
  const kdf = Kdf.safeParse({ name: 'argon2id', m: memoryMib * 1024, t: passes, p: lanes, salt });
  if (!kdf.success) throw new RangeError('the cost of guessing a passphrase is out of bounds');
  if ((await load()) !== null) return kdf.data;
  return { name: 'scrypt', n: 2 ** 17, r: 8, p: 1, salt };
}

/**
 * Finds the passes that make a derivation take 0.5 to 1 s on this machine, with the default memory.
 *
 * Never below the default, which a slow machine keeps; more passes than 10 are not tried.
 *
 * @param measureMs how long one derivation of this cost takes, in milliseconds
 * Cost: one derivation of the default.
 */
export async function calibrateKdfCost(
  measureMs: (cost: KdfCost) => Promise<number> = timeDerivation,
): Promise<KdfCost> {
  const { passes } = DEFAULT_KDF_COST;
  const perPassMs = (await measureMs(DEFAULT_KDF_COST)) / passes;
  const wanted = Math.round(TARGET_MS / Math.max(perPassMs, 1));
  return { ...DEFAULT_KDF_COST, passes: Math.min(MOST_PASSES, Math.max(passes, wanted)) };
}

/**
 * The cost of new passphrases: as given, or measured when it is first asked for. Those of a sample are public,
 * so a guess may cost as little as it likes.
 */
export function costSource(given: KdfCost | undefined): (isSample: boolean) => Promise<KdfCost> {
  let cost = given === undefined ? null : Promise.resolve(given);
  return (isSample) =>
    isSample ? Promise.resolve(LOWEST_KDF_COST) : (cost ??= calibrateKdfCost());
}

async function timeDerivation(cost: KdfCost): Promise<number> {
  const kdf = await newKdf(cost);
  if (kdf.name !== 'argon2id') return Number.POSITIVE_INFINITY; // its cost is fixed
  const startMs = performance.now();
  await deriveMasterKey('measured once', kdf);
  return performance.now() - startMs;
}

/**
 * Turns a passphrase into the 32-byte master key of its slot.
 *
 * The same letters give the same key however they were typed (NFKC). Runs on a thread; the caller wipes
 * the key.
 *
 * Cost: what the slot says; 0.5 to 1 s and 256 MiB for one that was calibrated here.
 */
export async function deriveMasterKey(
  passphrase: string,
  kdf: Kdf,
  load = loadArgon2,
): Promise<Buffer> {
  const secret = Buffer.from(passphrase.normalize('NFKC'), 'utf8');
  const salt = Buffer.from(kdf.salt, 'hex');
  try {
    if (kdf.name === 'scrypt') return await scryptKey(secret, salt, kdf);
    const argon2 = await load();
    if (argon2 === null) throw missingArgon2();
    // The module's default is Argon2id, version 1.3; its enums cannot be imported without their types.
    const cost = { memoryCost: kdf.m, timeCost: kdf.t, parallelism: kdf.p, outputLen: KEY_BYTES };
    return await argon2.hashRaw(secret, { ...cost, salt });
  } finally {
    secret.fill(0);
  }
}

async function loadArgon2(): Promise<Argon2 | null> {
  try {
    return await import('@node-rs/argon2');
  } catch {
    return null; // no build for this machine
  }
}

function scryptKey(secret: Buffer, salt: Buffer, kdf: Kdf & { name: 'scrypt' }): Promise<Buffer> {
  const options = { N: kdf.n, r: kdf.r, p: kdf.p, maxmem: 2 * 128 * kdf.n * kdf.r };
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function missingArgon2(): AppFailure {
  return new AppFailure(
    'STORAGE',
    'This workspace needs the Argon2 module, which cannot be loaded on this machine. Nothing was changed. Install Assay again, or open the workspace on another machine.',
    { reason: 'argon2' },
  );
}
