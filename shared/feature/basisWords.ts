import type { LawfulBasis, Sensitivity, SpecialCondition } from './feature';

/** How people and registers call a lawful basis. */
export const LAWFUL_BASIS_WORDS: Readonly<Record<LawfulBasis, string>> = {
  consent: 'Consent, Art. 6(1)(a)',
  contract: 'Contract, Art. 6(1)(b)',
  legalObligation: 'Legal obligation, Art. 6(1)(c)',
  vitalInterests: 'Vital interests, Art. 6(1)(d)',
  publicTask: 'Public task, Art. 6(1)(e)',
  legitimateInterests: 'Legitimate interests, Art. 6(1)(f)',
};

/** How people and registers call a condition under which special categories may be processed. */
export const SPECIAL_CONDITION_WORDS: Readonly<Record<SpecialCondition, string>> = {
  explicitConsent: 'Explicit consent, Art. 9(2)(a)',
  employmentLaw: 'Employment and social security law, Art. 9(2)(b)',
  vitalInterests: 'Vital interests, Art. 9(2)(c)',
  notForProfitBody: 'Members of a not-for-profit body, Art. 9(2)(d)',
  madePublic: 'Made public by the person, Art. 9(2)(e)',
  legalClaims: 'Legal claims, Art. 9(2)(f)',
  substantialPublicInterest: 'Substantial public interest, Art. 9(2)(g)',
  healthCare: 'Health care, Art. 9(2)(h)',
  publicHealth: 'Public health, Art. 9(2)(i)',
  research: 'Archiving, research, statistics, Art. 9(2)(j)',
};

/** How people and registers call what data say about people. */
export const SENSITIVITY_WORDS: Readonly<Record<Sensitivity, string>> = {
  notAssessed: 'Not assessed',
  none: 'Not personal',
  personal: 'Personal',
  special: 'Special category',
  criminal: 'Criminal',
};
