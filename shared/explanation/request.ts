import { z } from 'zod';
import { formatCount } from '../base/formatNumber';
import { ExplanationLetterId, ExplanationRequestId, ModelId, ModelVersionId } from '../base/ids';
import { CalendarDay, UtcInstant } from '../base/time';
import { daysUntil } from './deadline';
import { LetterContent } from './letter';

/** What the person relies on. */
export const REQUEST_BASES = ['gdprAccess', 'gdprDecision', 'aiActExplanation'] as const;
export const RequestBasis = z.enum(REQUEST_BASES);
export type RequestBasis = z.infer<typeof RequestBasis>;

export const BASIS_WORDS: Readonly<Record<RequestBasis, string>> = {
  gdprAccess: 'GDPR Art. 15(1)(h): meaningful information about the logic involved',
  gdprDecision: 'GDPR Art. 22: a decision based solely on automated processing',
  aiActExplanation: 'EU AI Act Art. 86: explanation of individual decision-making',
};

/** Stands for the person in every record and event: a number of the case system, never a name. */
export const RequestReference = z
  .string()
  .regex(/^(?=.*\d)[A-Za-z0-9][A-Za-z0-9._/-]{2,63}$/u, 'a reference number, without spaces');

export const REQUEST_OUTCOMES = ['answered', 'refused', 'withdrawn'] as const;
const RequestOutcome = z.enum(REQUEST_OUTCOMES);
export type RequestOutcome = z.infer<typeof RequestOutcome>;

/** Longest time for which a frozen case is kept after closing: the usual limit of claims. */
export const MOST_RETENTION_DAYS = 3650;

const LetterState = z.enum(['none', 'draft', 'approved', 'erased']);
export type LetterState = z.infer<typeof LetterState>;

export const RequestHead = z.strictObject({
  id: ExplanationRequestId,
  reference: RequestReference,
  modelId: ModelId,
  modelName: z.string(),
  versionId: ModelVersionId,
  version: z.number().int().positive(),
  bases: z.array(RequestBasis).min(1).readonly(),
  receivedOn: CalendarDay,
  dueOn: CalendarDay,
  isExtended: z.boolean(),
  /** Null while it is open. */
  outcome: RequestOutcome.nullable(),
  closedOn: CalendarDay.nullable(),
  /** When what is kept of the person is to be erased; null while it is open. */
  eraseOn: CalendarDay.nullable(),
  /** True while something about the person is kept. */
  holdsCase: z.boolean(),
  letter: LetterState,
  revision: z.number().int().nonnegative(),
});
export type RequestHead = z.infer<typeof RequestHead>;

const RequestStep = z.strictObject({
  revision: z.number().int().nonnegative(),
  act: z.enum(['open', 'extend', 'write', 'close', 'erase']),
  text: z.string(),
  changedBy: z.string(),
  atUtc: UtcInstant,
});
export type RequestStep = z.infer<typeof RequestStep>;

const Letter = z.strictObject({
  id: ExplanationLetterId,
  ordinal: z.number().int().positive(),
  /** Of the salted content: proves later what was written without telling it. */
  contentSha256: z.string(),
  writtenAtUtc: UtcInstant,
  writtenBy: z.string(),
  erasedAtUtc: UtcInstant.nullable(),
  /** Null once it is erased. */
  content: LetterContent.nullable(),
});
export type Letter = z.infer<typeof Letter>;

export const Request = RequestHead.extend({
  steps: z.array(RequestStep).readonly(),
  /** The newest one; null before the first. */
  newest: Letter.nullable(),
});
export type Request = z.infer<typeof Request>;

/** How a request stands today, in one sentence. */
export function requestSentence(request: RequestHead, today: CalendarDay): string {
  const { outcome, dueOn, eraseOn, holdsCase, closedOn } = request;
  if (outcome === null) {
    const days = daysUntil(dueOn, today);
    const clock =
      days < 0
        ? `Overdue since ${dueOn}, by ${formatCount(-days)} ${-days === 1 ? 'day' : 'days'}`
        : `Due on ${dueOn}, in ${formatCount(days)} ${days === 1 ? 'day' : 'days'}`;
    const longer = request.isExtended ? ' (extended)' : '';
    const letters: Readonly<Record<LetterState, string>> = {
      none: 'no letter is written yet',
      draft: 'the letter waits for its approval',
      approved: 'the letter is approved',
      erased: 'the letter is erased',
    };
    return `${clock}${longer}; ${letters[request.letter]}.`;
  }
  const kept = !holdsCase
    ? 'nothing about the person is kept any more'
    : isEraseDue(request, today)
      ? `what is kept of the person was to be erased on ${eraseOn ?? ''}`
      : `what is kept of the person is erased on ${eraseOn ?? ''}`;
  return `Closed on ${closedOn ?? ''}: ${outcome}; ${kept}.`;
}

export function isOverdue({ outcome, dueOn }: RequestHead, today: CalendarDay): boolean {
  return outcome === null && daysUntil(dueOn, today) < 0;
}

/** True when something about the person is kept for longer than it was to be. */
export function isEraseDue({ holdsCase, eraseOn }: RequestHead, today: CalendarDay): boolean {
  return holdsCase && eraseOn !== null && eraseOn <= today;
}
