import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createShellKeychain } from '../../electron/app/shellKeychain';
import type { KeychainAnswer } from '../../electron/app/shellMessages';
import {
  answerKeychain,
  isTrusted,
  type SystemKeychain,
} from '../../electron/shell/keychainAnswers';

const REFUSED: KeychainAnswer = { isAvailable: false, bytes: null };

function systemWith(changed: Partial<SystemKeychain> = {}, mark = 'v11'): SystemKeychain {
  return {
    platform: 'linux',
    backend: () => 'gnome_libsecret',
    isAvailable: () => Promise.resolve(true),
    encrypt: (text) => Promise.resolve(Buffer.from(`${mark}${text}`)),
    decrypt: (encrypted) => Promise.resolve(encrypted.subarray(3).toString()),
    ...changed,
  };
}

describe('the shell', () => {
  it('trusts a keyring, and nothing that keeps texts under a known password', async () => {
    const cases: readonly (readonly [string, SystemKeychain, boolean])[] = [
      ['GNOME', systemWith(), true],
      ['KWallet', systemWith({ backend: () => 'kwallet6' }), true],
      ['basic_text', systemWith({ backend: () => 'basic_text' }), false],
      ['unknown', systemWith({ backend: () => 'unknown' }), false],
      ['not available', systemWith({ isAvailable: () => Promise.resolve(false) }), false],
      ['chosen, and not used', systemWith({}, 'v10'), false],
      ['macOS, which marks with v10', systemWith({ platform: 'darwin' }, 'v10'), true],
      ['Windows', systemWith({ platform: 'win32', backend: () => '' }, 'v10'), true],
      [
        'macOS, locked',
        systemWith({ platform: 'darwin', isAvailable: () => Promise.resolve(false) }),
        false,
      ],
      ['another system', systemWith({ platform: 'freebsd' }), false],
    ];
    for (const [name, system, isOne] of cases) {
      expect([name, await isTrusted(system)]).toEqual([name, isOne]);
      expect(await answerKeychain(system, { kind: 'isAvailable' })).toEqual({
        isAvailable: isOne,
        bytes: null,
      });
    }
  });

  it('gives a keychain that it does not trust neither a half to keep nor one to reveal', async () => {
    const half = randomBytes(32).toString('base64');
    let nAsked = 0;
    const untrusted = systemWith({
      backend: () => 'basic_text',
      encrypt: () => Promise.reject(new Error(`asked ${(nAsked += 1)} times`)),
      decrypt: () => Promise.reject(new Error(`asked ${(nAsked += 1)} times`)),
    });
    expect(await answerKeychain(untrusted, { kind: 'protect', half })).toEqual(REFUSED);
    const reveal = { kind: 'reveal', protectedHalf: half } as const;
    expect(await answerKeychain(untrusted, reveal)).toEqual(REFUSED);
    expect(nAsked).toBe(0);
  });

  it('keeps and gives back halves of 32 bytes, and nothing else', async () => {
    const system = systemWith();
    const half = randomBytes(32).toString('base64');
    const { bytes } = await answerKeychain(system, { kind: 'protect', half });
    const kept = { kind: 'reveal', protectedHalf: bytes! } as const;
    expect(await answerKeychain(system, kept)).toEqual({ isAvailable: true, bytes: half });
    for (const length of [0, 1, 31, 33, 64]) {
      const other = randomBytes(length).toString('base64');
      expect(await answerKeychain(system, { kind: 'protect', half: other })).toMatchObject({
        bytes: null,
      });
      const protectedHalf = Buffer.from(`v11${other}`).toString('base64');
      expect(await answerKeychain(system, { kind: 'reveal', protectedHalf })).toMatchObject({
        bytes: null,
      });
    }
    expect(await answerKeychain(system, { kind: 'protect', half: `${half}\n` })).toMatchObject({
      bytes: null,
    });
    const underKnown = Buffer.from(`v10${half}`).toString('base64');
    expect(
      await answerKeychain(system, { kind: 'reveal', protectedHalf: underKnown }),
    ).toMatchObject({ bytes: null });
  });
});

describe('core and the shell', () => {
  it('pass halves to each other as bytes, also when the answers come in another order', async () => {
    const asked: (() => Promise<void>)[] = [];
    const core = createShellKeychain((message) => {
      if (message.type !== 'askKeychain') throw new Error(`core posted ${message.type}`);
      const { id, question } = message;
      asked.push(async () => core.answered(id, await answerKeychain(systemWith(), question)));
    });
    const [one, two] = [randomBytes(32), randomBytes(32)];
    const kept = [
      core.port.protect(one),
      core.port.protect(two),
      core.port.protect(Buffer.alloc(8)),
    ];
    for (const answer of asked.splice(0).reverse()) await answer();
    const [first, second, tooShort] = await Promise.all(kept);
    expect(tooShort).toBeNull();
    const revealed = [core.port.reveal(first!), core.port.reveal(second!), core.port.isAvailable()];
    for (const answer of asked.splice(0)) await answer();
    expect(await Promise.all(revealed)).toEqual([one, two, true]);
  });
});
