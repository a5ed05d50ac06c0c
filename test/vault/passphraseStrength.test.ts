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

  it('looks at no more of the longest passphrase that is allowed than it can in a moment', () => {
    const longest = 'k1!xQ'.repeat(204);
    // Its cost grows much faster than the text: what comes after the first 64 characters is not measured.
    expect(measurePassphrase(longest, [])).toEqual(measurePassphrase(longest.slice(0, 64), []));
    expect(measurePassphrase(longest.slice(0, 64), []).guessesLog10).toBeGreaterThan(
      measurePassphrase(longest.slice(0, 12), []).guessesLog10,
    );
  });
});
