import { z } from 'zod';

/** Rules under which data may leave the EEA, in the order of GDPR Chapter V. */
export const TRANSFER_MECHANISMS = [
  'adequacy',
  'publicInstrument',
  'bindingCorporateRules',
  'standardClauses',
  'authorityClauses',
  'codeOfConduct',
  'certification',
  'authorisedClauses',
  'explicitConsent',
  'contract',
  'contractInInterest',
  'publicInterest',
  'legalClaims',
  'vitalInterests',
  'publicRegister',
  'compellingInterests',
] as const;
export const TransferMechanism = z.enum(TRANSFER_MECHANISMS);
export type TransferMechanism = z.infer<typeof TransferMechanism>;

/** How people and registers call a transfer mechanism. */
export const MECHANISM_WORDS: Readonly<Record<TransferMechanism, string>> = {
  adequacy: 'Adequacy decision, Art. 45',
  publicInstrument: 'Instrument between public authorities, Art. 46(2)(a)',
  bindingCorporateRules: 'Binding corporate rules, Art. 46(2)(b), 47',
  standardClauses: 'Standard clauses of the Commission, Art. 46(2)(c)',
  authorityClauses: 'Standard clauses of an authority, Art. 46(2)(d)',
  codeOfConduct: 'Approved code of conduct, Art. 46(2)(e)',
  certification: 'Approved certification, Art. 46(2)(f)',
  authorisedClauses: 'Clauses authorised by the authority, Art. 46(3)',
  explicitConsent: 'Explicit consent, Art. 49(1)(a)',
  contract: 'Contract with the person, Art. 49(1)(b)',
  contractInInterest: 'Contract in the interest of the person, Art. 49(1)(c)',
  publicInterest: 'Important public interest, Art. 49(1)(d)',
  legalClaims: 'Legal claims, Art. 49(1)(e)',
  vitalInterests: 'Vital interests, Art. 49(1)(f)',
  publicRegister: 'Public register, Art. 49(1)(g)',
  compellingInterests: 'Compelling legitimate interests, Art. 49(1), second subparagraph',
};

/** Derogations for specific situations (Art. 49): not for transfers again and again. */
export function isDerogation(mechanism: TransferMechanism): boolean {
  return TRANSFER_MECHANISMS.indexOf(mechanism) >= TRANSFER_MECHANISMS.indexOf('explicitConsent');
}
