import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import { ReasonText } from '../base/text';
import { CalendarDay } from '../base/time';
import { ExplainedCase } from './explanation';
import { OtherOutcome } from './modelCase';

const Prose = z.string().trim().min(1).max(4000).pipe(ReasonText);
const FeatureName = z.string().min(1).max(1024);

/** What the author of a letter writes; the rest comes from the case. */
export const LetterDraft = z.strictObject({
  /** What was decided, in plain language. */
  decision: Prose,
  /** What the prediction is, e.g. `the probability that you repay`. */
  resultWords: z.string().trim().min(1).max(200).pipe(ReasonText),
  /** Where to turn to for a review by a person. */
  contact: Prose,
  /** Features that a redacted copy leaves out. */
  hiddenFeatures: z.array(FeatureName).max(200).readonly(),
  /** Why; needed when there are any. */
  hiddenReason: z.string().trim().max(2000).pipe(z.literal('').or(ReasonText)),
});
export type LetterDraft = z.infer<typeof LetterDraft>;

/** Where most cases lie. */
const UsualRange = z.strictObject({
  feature: FeatureName,
  /** Of a number: inner ends of the outer bins; null: open. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Of a category: the most frequent one, and its share of the cases that are told apart. */
  label: z.string().nullable(),
  share: z.number().min(0).max(1).nullable(),
});
export type UsualRange = z.infer<typeof UsualRange>;

/** A letter with the case that it is about: everything that is erased when it is no longer needed. */
export const LetterContent = LetterDraft.extend({
  /** Random, so that the digest of an erased letter cannot be found by guessing what it said. */
  salt: Sha256Hex,
  reference: z.string(),
  modelName: z.string(),
  version: z.number().int().positive(),
  snapshotSha256: Sha256Hex,
  /** Of the data that the case was read from. */
  fileSha256: Sha256Hex,
  bases: z.array(z.string()).readonly(),
  receivedOn: CalendarDay,
  case: ExplainedCase,
  ranges: z.array(UsualRange).readonly(),
  /** What would have led to another result; absent where nobody looked for it. */
  otherOutcome: OtherOutcome.optional(),
});
export type LetterContent = z.infer<typeof LetterContent>;
