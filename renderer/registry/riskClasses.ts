import type { RiskClass } from '../../shared/registry/model';

/** The risk classes of the EU AI Act in words, with the place in the regulation that defines each. */
export const RISK_WORDS: Readonly<
  Record<
    RiskClass,
    {
      readonly label: string;
      /** Where a heading says what it is. */
      readonly short: string;
      readonly article: string;
      readonly hint: string;
    }
  >
> = {
  prohibited: {
    label: 'Prohibited practice',
    short: 'Prohibited',
    article: 'Article 5',
    hint: 'Such as social scoring or manipulation that does harm. It may not be used in the Union.',
  },
  high: {
    label: 'High risk',
    short: 'High',
    article: 'Article 6',
    hint: 'A use listed in Annex III, such as credit scoring or recruitment, or a safety part of a product.',
  },
  limited: {
    label: 'Limited risk',
    short: 'Limited',
    article: 'Article 50',
    hint: 'People are to be told: a conversation with a machine, or content that it made.',
  },
  minimal: {
    label: 'Minimal risk',
    short: 'Minimal',
    article: 'none of Articles 5, 6 and 50',
    hint: 'No duty of its own under the regulation.',
  },
  generalPurpose: {
    label: 'General-purpose model',
    short: 'General-purpose',
    article: 'Chapter V',
    hint: 'It serves many tasks and is built into other systems.',
  },
};

export const NOT_ASSESSED = 'Not assessed yet';

/** A risk class in one line, e.g. `High risk (Article 6)`. */
export function riskLine(riskClass: RiskClass | null): string {
  if (riskClass === null) return NOT_ASSESSED;
  const { label, article } = RISK_WORDS[riskClass];
  return `${label} (${article})`;
}
