import { assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  proposeSensitivity,
  VALUE_PATTERNS,
  type ValuePattern,
} from '../../shared/feature/proposeSensitivity';

describe('what a name seems to say about people', () => {
  it.each([
    ['workEmail', 'personal', 'email'],
    ['date_of_birth', 'personal', 'birth'],
    ['ETHNICITY', 'special', 'ethnicity'],
    ['patient.diagnosis', 'special', 'diagnosis'],
    ['Religionszugehörigkeit', 'special', 'religionszugehörigkeit'],
    ['n_prior_convictions', 'criminal', 'convictions'],
    ['age', 'personal', 'age'],
  ])('%s: %s, because of "%s"', (name, sensitivity, word) => {
    expect(proposeSensitivity(name)).toEqual({
      sensitivity,
      reason: `The name says "${word}".`,
    });
  });

  it.each(['temperature', 'x1', '', 'page', 'storage', 'trace'])('%s: nothing', (name) => {
    expect(proposeSensitivity(name)).toBeNull();
  });

  it('is the same in every style of writing', () => {
    const styles = [
      (words: readonly string[]) => words.join('_'),
      (words: readonly string[]) => words.join(' ').toUpperCase(),
      (words: readonly string[]) =>
        words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join(''),
    ];
    const word = constantFrom('email', 'salary', 'gender', 'height', 'blood');
    assert(
      property(word, constantFrom('last', 'raw', 'first'), (found, other) => {
        const [first] = styles.map((write) => proposeSensitivity(write([other, found])));
        for (const write of styles)
          expect(proposeSensitivity(write([other, found]))).toEqual(first);
      }),
    );
  });
});

describe('what values seem to say about people', () => {
  const EXAMPLES: Readonly<Record<ValuePattern, readonly [string, string]>> = {
    email: ['ada@example.org', 'ada at example.org'],
    iban: ['DE89 3704 0044 0532 0130 00', 'DE89'],
    ipAddress: ['192.168.0.1', '192.168.0.256'],
    phone: ['+49 30 123456', '30123456'],
    usSocialSecurity: ['123-45-6789', '123456789'],
  };

  it.each(Object.keys(VALUE_PATTERNS) as ValuePattern[])('%s is told from what is none', (kind) => {
    const [one, none] = EXAMPLES[kind];
    const { pattern } = VALUE_PATTERNS[kind];
    expect([pattern.test(one), pattern.test(none)]).toEqual([true, false]);
  });

  it('counts from half of the values on, and says the share', () => {
    expect(proposeSensitivity('contact', { email: 0.499 })).toBeNull();
    expect(proposeSensitivity('contact', { email: 0.987 })).toEqual({
      sensitivity: 'personal',
      reason: '98 % of its values look like e-mail addresses.',
    });
  });

  it('does not hide a special category that the name says', () => {
    expect(proposeSensitivity('health_contact', { email: 1 })).toMatchObject({
      sensitivity: 'special',
    });
  });
});
