import { formatCount, formatShare } from '../base/formatNumber';
import type { Contribution, ExplainedCase } from './explanation';
import { outcomeWords } from './counterfactualWords';
import type { LetterContent, UsualRange } from './letter';
import type { Counterfactual } from './modelCase';

/** A part of a letter as people read it, in the window and on paper alike. */
export interface LetterSection {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly table?: {
    readonly header: readonly string[];
    readonly rows: readonly (readonly string[])[];
  };
}

const SHOWN = 8;
const STRONG = 0.3;
const CLEAR = 0.1;
const WITHHELD = '[withheld]';

/**
 * A letter in plain language, part by part.
 *
 * @param isRedacted true for the copy that leaves out the features its author marked, and says so
 */
export function letterText(content: LetterContent, isRedacted: boolean): LetterSection[] {
  return [
    { title: 'What was decided', paragraphs: [content.decision] },
    { title: 'How the result came about', paragraphs: resultParagraphs(content) },
    factorSection(content, isRedacted),
    {
      title: 'What would have led to another result',
      paragraphs: otherResult(content, isRedacted),
    },
    { title: 'How sure this explanation is', paragraphs: surenessParagraphs(content) },
    ...(isRedacted ? [redactionSection(content)] : []),
    { title: 'What you can do', paragraphs: rightsParagraphs(content) },
  ];
}

function resultParagraphs({ case: explained, resultWords, modelName, version }: LetterContent) {
  const { prediction } = explained;
  return [
    `A computer model was used: \`${modelName}\`, version ${version}. From the facts in your case it computes ${resultWords}.`,
    `For your case the result is ${resultFigure(prediction, explained)}. Before anything about a case is known, the model starts from ${resultFigure(startOf(explained), explained)}. The facts of your case moved it from there.`,
  ];
}

/** The base value in the unit of the prediction. */
function startOf({ base, space }: ExplainedCase): number {
  return space === 'logit' ? 1 / (1 + Math.exp(-base)) : base;
}

function resultFigure(value: number, { space }: ExplainedCase): string {
  return space === 'logit' ? formatShare(value) : shortNumber(value);
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function factorSection(content: LetterContent, isRedacted: boolean): LetterSection {
  const { contributions } = content.case;
  const total = contributions.reduce((sum, { shap }) => sum + Math.abs(shap), 0);
  const shown = contributions.slice(0, SHOWN);
  const rest = contributions.slice(SHOWN);
  const isHidden = (feature: string) => isRedacted && content.hiddenFeatures.includes(feature);
  const rangeOf = new Map(content.ranges.map((range) => [range.feature, range]));
  const row = (part: Contribution, i: number): string[] =>
    isHidden(part.feature)
      ? [String(i + 1), WITHHELD, WITHHELD, WITHHELD, WITHHELD]
      : [
          String(i + 1),
          part.feature,
          part.value === null ? 'not said' : valueWords(part.value),
          usualWords(rangeOf.get(part.feature)),
          effectWords(part.shap, total),
        ];
  const others =
    rest.length === 0
      ? []
      : [
          `${formatCount(rest.length)} further facts together made up ${formatShare(shareOf(rest, total))} of all movement.`,
        ];
  return {
    title: 'Which facts mattered most',
    paragraphs: [
      'The facts are ordered by how far they moved the result in your case. The percentage is their part of all movement, up and down.',
      ...others,
    ],
    table: {
      header: ['No.', 'Fact', 'In your case', 'In most cases', 'Effect on your result'],
      rows: shown.map(row),
    },
  };
}

function shareOf(parts: readonly Contribution[], total: number): number {
  return total === 0 ? 0 : parts.reduce((sum, { shap }) => sum + Math.abs(shap), 0) / total;
}

/** A value with at most six digits, where it is a number. */
function valueWords(value: string): string {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || value.length <= 8) return value;
  return String(Number(number.toPrecision(6)));
}

function usualWords(range: UsualRange | undefined): string {
  if (range === undefined) return 'not known';
  const { low, high, label, share } = range;
  if (label !== null && share !== null) return `${label} (${formatShare(share)} of cases)`;
  if (low !== null && high !== null) return `${shortNumber(low)} to ${shortNumber(high)}`;
  return 'not known';
}

function effectWords(shap: number, total: number): string {
  const share = total === 0 ? 0 : Math.abs(shap) / total;
  if (share === 0) return 'none';
  const way = shap > 0 ? 'raised it' : 'lowered it';
  const how = share >= STRONG ? 'strongly' : share >= CLEAR ? 'clearly' : 'slightly';
  return `${way} ${how} (${formatShare(share)})`;
}

function otherResult(content: LetterContent, isRedacted: boolean): string[] {
  const { otherOutcome, case: explained, hiddenFeatures } = content;
  if (otherOutcome === undefined)
    return [
      'The explanation at hand says how much each fact counted. It does not say which change would have led to another result, so this letter does not claim one. You can ask the contact below.',
    ];
  const { threshold, isAbove, found, fixed } = otherOutcome;
  const turns = `Another result begins ${isAbove ? 'at' : 'below'} ${resultFigure(threshold, explained)}.`;
  const isHidden = ({ changes }: Counterfactual): boolean =>
    isRedacted && changes.some(({ feature }) => hiddenFeatures.includes(feature));
  const hidden = found.filter(isHidden).length;
  return [
    found.length === 0
      ? `${turns} Changes of up to five facts within what is usual were tried; none of them leads there. That does not prove that there is none.`
      : `${turns} Each of the following changes alone leads there. The model was run with it, all other facts as they are.`,
    ...found
      .filter((one) => !isHidden(one))
      .map((one) => `${outcomeWords(one)} ${resultFigure(one.prediction, explained)}.`),
    ...(hidden === 0
      ? []
      : [`${formatCount(hidden)} of ${formatCount(found.length)} changes: ${WITHHELD}`]),
    `${fixedWords(fixed.filter((feature) => !isRedacted || !hiddenFeatures.includes(feature)))}The changes say how the model answers, not what is possible or advisable for you.`,
  ];
}

function fixedWords(fixed: readonly string[]): string {
  return fixed.length === 0 ? '' : `Left as they are in all of this: ${fixed.join(', ')}. `;
}

function surenessParagraphs({ case: explained, fileSha256, snapshotSha256 }: LetterContent) {
  const { isAdditive } = explained;
  return [
    `${isAdditive ? 'The parts in the table, all facts taken together, add up to your result; that was checked.' : 'The parts do not add up to your result exactly.'} They say how the model came to it. They do not say that a fact is the cause of anything outside the model.`,
    `For whoever checks this letter: version snapshot ${snapshotSha256}; data ${fileSha256} (SHA-256).`,
  ];
}

function redactionSection({
  hiddenFeatures,
  hiddenReason,
  case: one,
}: LetterContent): LetterSection {
  const shown = one.contributions.slice(0, SHOWN).map(({ feature }) => feature);
  const nHidden = hiddenFeatures.filter((feature) => shown.includes(feature)).length;
  return {
    title: 'What is left out of this copy',
    paragraphs: [
      `In this copy ${formatCount(nHidden)} of the ${formatCount(shown.length)} facts above are withheld: their name, your value, the usual values and their effect (marked ${WITHHELD}). Reason: ${hiddenReason}`,
      'The whole letter is kept and will be given to the supervisory authority or the court that asks for it, which then weighs the interests at stake (Court of Justice of the European Union, C-203/22).',
    ],
  };
}

function rightsParagraphs({ bases, contact }: LetterContent): string[] {
  const decided = bases.includes('gdprDecision')
    ? 'You can have a person look at the decision, say what you think of it, and contest it (Article 22(3) GDPR). '
    : '';
  return [
    `${decided}You can complain to a data protection authority, in particular where you live or work (Article 77 GDPR).`,
    contact,
  ];
}
