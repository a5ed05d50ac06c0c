import { describe, expect, it } from 'vitest';
import { measurePassphrase } from '../../electron/vault/passphraseStrength';

describe('measuring a passphrase', () => {
  it.each([
    ['violet tractor humming beneath nine lanterns', true],
    ['correct horse battery staple', true],
    ['Jkw#8s0-qPz!me', true],
    ['Jkw#8s0-qPz!m', false],
    ['qwertyuiopasdfgh', false],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', false],
    ['passwordpassword', false],
    ['', false],
  ])('judges "%s": accepted %s', (passphrase, isAccepted) => {
    const strength = measurePassphrase(passphrase, []);
    expect(strength.isAccepted).toBe(isAccepted);
    expect(strength.advice.length > 0 || isAccepted).toBe(true);
  });

  it('counts what the person is known by as guessed', () => {
    const context = ['Ada Analyst', 'Retail models'];
    expect(measurePassphrase('ada analyst retail models', context).isAccepted).toBe(false);
    expect(measurePassphrase('RetailModels+AdaAnalyst', context).isAccepted).toBe(false);
    expect(measurePassphrase('violet tractor humming ada', context).isAccepted).toBe(true);
  });

  it('answers soon for the longest passphrase that is allowed', () => {
    measurePassphrase('warm up', []);
    const startMs = performance.now();
    expect(measurePassphrase('k1!xQ'.repeat(204), []).score).toBeGreaterThanOrEqual(0);
    expect(performance.now() - startMs).toBeLessThan(500);
  });
});
