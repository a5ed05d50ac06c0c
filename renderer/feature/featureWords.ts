import { SENSITIVITY_WORDS } from '../../shared/feature/basisWords';
import type { FeaturePage } from '../../shared/feature/channels';
import type { ConsentRule, Feature, Sensitivity, ValueType } from '../../shared/feature/feature';
import { formatCount, formatNoun } from '../ui/formatNumber';
import type { StateBadgeProps } from '../ui/StateBadge';

/** How a sensitivity is called, and how much it asks of those who use the feature. */
export const SENSITIVITY_LOOK: Readonly<Record<Sensitivity, StateBadgeProps>> = {
  notAssessed: { state: 'unknown', label: SENSITIVITY_WORDS.notAssessed },
  none: { state: 'ok', label: SENSITIVITY_WORDS.none },
  personal: { state: 'watch', label: SENSITIVITY_WORDS.personal },
  special: { state: 'alert', label: SENSITIVITY_WORDS.special },
  criminal: { state: 'alert', label: SENSITIVITY_WORDS.criminal },
};

export const SENSITIVITY_CHOICES: Readonly<Record<Sensitivity, string>> = {
  notAssessed: 'Not assessed yet',
  none: 'Not personal: says nothing about a person',
  personal: 'Personal data (GDPR Art. 4)',
  special: 'Special category (GDPR Art. 9): health, beliefs, origin, biometrics…',
  criminal: 'Criminal convictions and offences (GDPR Art. 10)',
};

export const CONSENT_WORDS: Readonly<Record<ConsentRule, string>> = {
  none: 'Nobody needs to be asked',
  consent: 'Only with consent',
  optOut: 'Unless the person opts out',
};

export const VALUE_TYPE_WORDS: Readonly<Record<ValueType, string>> = {
  number: 'Number',
  category: 'Category',
  boolean: 'Yes or no',
  time: 'Date or time',
  text: 'Text',
  other: 'Other',
};

/** Choices of a list, in the order of its words. */
export function choicesOf<T extends string>(
  words: Readonly<Record<T, string>>,
): readonly { readonly value: string; readonly label: string }[] {
  return Object.entries<string>(words).map(([value, label]) => ({ value, label }));
}

/** The state of the catalogue in one sentence. */
export function catalogueSentence({ nTotal, nPersonal, nNotAssessed }: FeaturePage): string {
  if (nTotal === 0) return 'No feature is in the catalogue yet.';
  const personal =
    nPersonal === 0
      ? 'none is known to say something about people'
      : `${formatCount(nPersonal)} ${nPersonal === 1 ? 'says' : 'say'} something about people`;
  const open =
    nNotAssessed === 0
      ? 'all are assessed'
      : `${formatCount(nNotAssessed)} ${nNotAssessed === 1 ? 'is' : 'are'} not assessed yet`;
  return `${formatNoun(nTotal, 'feature')}; ${personal}, ${open}.`;
}

/** What a change of a feature would reach, in one sentence. */
export function impactSentence({ name, uses, nUses }: Feature): string {
  if (nUses === 0)
    return `No version names a column "${name}" or one of its other names: a change breaks nothing that is registered here.`;
  const models = new Set(uses.map(({ modelId }) => modelId)).size;
  const live = uses.filter(({ stage }) => stage === 'Production').length;
  const liveWords =
    live === 0 ? 'none of them live' : `${formatCount(live)} of them live in Production`;
  return `A change reaches ${formatNoun(nUses, 'version')} of ${formatNoun(models, 'model')}, ${liveWords}.`;
}
