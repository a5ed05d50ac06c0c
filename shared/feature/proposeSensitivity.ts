import type { Sensitivity } from './feature';

/** What a column seems to say about people, and why; a person decides. */
export interface SensitivityProposal {
  readonly sensitivity: Exclude<Sensitivity, 'notAssessed'>;
  readonly reason: string;
}

/** Kinds of values that are told by how they are written. */
export const VALUE_PATTERNS = {
  email: { label: 'e-mail addresses', pattern: /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/u },
  iban: {
    label: 'bank accounts (IBAN)',
    pattern: /^[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7} ?[A-Z0-9]{0,4}$/u,
  },
  ipAddress: {
    label: 'network addresses',
    pattern: /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/u,
  },
  phone: {
    label: 'telephone numbers',
    pattern: /^(?:\+|00)\d{1,3}[\s./-]?(?:\(?\d+\)?[\s./-]?){2,8}$/u,
  },
  usSocialSecurity: { label: 'US social security numbers', pattern: /^\d{3}-\d{2}-\d{4}$/u },
} as const;
export type ValuePattern = keyof typeof VALUE_PATTERNS;
/** Share of the values, by kind, that are written like that. */
export type PatternShares = Readonly<Partial<Record<ValuePattern, number>>>;

/** Below this share a kind of value is taken for an accident. */
const MIN_SHARE = 0.5;

/** Words of names by what they say; compared with whole words in lower case. */
const WORDS: readonly {
  readonly sensitivity: 'special' | 'criminal' | 'personal';
  readonly words: string;
}[] = [
  {
    sensitivity: 'special',
    words:
      'ethnicity ethnic race racial religion religious faith church political politics party union health medical diagnosis diagnoses disease illness disability disabled icd medication drug drugs prescription symptom symptoms blood hiv pregnancy pregnant bmi genetic gene genome dna biometric biometrics fingerprint iris faceprint voiceprint sexual orientation sexuality gesundheit diagnose krankheit behinderung religionszugehörigkeit konfession gewerkschaft ethnie',
  },
  {
    sensitivity: 'criminal',
    words:
      'conviction convictions convicted criminal crime crimes offence offences offense offenses felony arrest arrests arrested prison vorstrafe vorstrafen straftat',
  },
  {
    sensitivity: 'personal',
    words:
      'name firstname lastname surname forename fullname email mail phone mobile telephone fax address street postcode postal zip zipcode birth birthday birthdate birthplace dob age gender sex ssn passport iban account ip cookie imei msisdn customer user client person patient employee member subject citizen salary income wage wages marital spouse children nationality citizenship education job occupation profession employer username login latitude longitude lat lon lng gps location geburtsdatum alter geschlecht vorname nachname straße strasse einkommen gehalt beruf familienstand kunde kundennummer',
  },
];
const SENSITIVITY_OF = new Map(
  WORDS.flatMap(({ sensitivity, words }) => words.split(' ').map((word) => [word, sensitivity])),
);
const RANK = { none: 0, personal: 1, criminal: 2, special: 3 } as const;

/**
 * Proposes what a column says about people, from its name and from how its values are written.
 *
 * A name is a hint and no more: `none` is never proposed, because nothing in a name shows that a column says
 * nothing about anybody.
 *
 * @param name of the column, in any style (`customerId`, `customer_id`, `Customer ID`)
 * @param shares 0..1 of the values that are written like each pattern; empty where no values are at hand
 * @returns null without a hint
 * @source the categories of GDPR Art. 4(1), 9(1) and 10
 */
export function proposeSensitivity(
  name: string,
  shares: PatternShares = {},
): SensitivityProposal | null {
  const byName = wordsOf(name)
    .flatMap((word) => {
      const sensitivity = SENSITIVITY_OF.get(word);
      return sensitivity === undefined ? [] : [{ sensitivity, reason: `The name says "${word}".` }];
    })
    .toSorted((a, b) => RANK[b.sensitivity] - RANK[a.sensitivity])[0];
  if (byName !== undefined && byName.sensitivity !== 'personal') return byName;
  return byPattern(shares) ?? byName ?? null;
}

function byPattern(shares: PatternShares): SensitivityProposal | null {
  for (const [kind, { label }] of Object.entries(VALUE_PATTERNS)) {
    // The keys of that table are the kinds.
    const share = shares[kind as ValuePattern] ?? 0;
    if (share < MIN_SHARE) continue;
    const percent = Math.floor(share * 100);
    return { sensitivity: 'personal', reason: `${percent} % of its values look like ${label}.` };
  }
  return null;
}

const WORD = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}]+|\p{N}+/gu;

function wordsOf(name: string): readonly string[] {
  return (name.match(WORD) ?? []).map((word) => word.toLowerCase());
}
