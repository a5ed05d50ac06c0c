import type { CalendarDay } from '../base/time';

/** One month to answer, two more where that is needed (GDPR Art. 12(3)). */
const ANSWER_MONTHS = 1;
const EXTENDED_MONTHS = 3;
const DAY_MS = 86_400_000;

/**
 * The same day some months later; the last day of the month where it has no such day.
 *
 * That is how Regulation 1182/71 Art. 3(2)(c) counts. A period that ends on a weekend or holiday ends later; the
 * earlier day is kept here, since holidays differ from place to place.
 */
export function addMonths(day: CalendarDay, nMonths: number): CalendarDay {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + nMonths, 0)).getUTCDate();
  const found = new Date(Date.UTC(year, month - 1 + nMonths, Math.min(date, last)));
  return found.toISOString().slice(0, 10);
}

export function addDays(day: CalendarDay, nDays: number): CalendarDay {
  return new Date(Date.parse(day) + nDays * DAY_MS).toISOString().slice(0, 10);
}

/** When an answer is due. */
export function dueOn(receivedOn: CalendarDay, isExtended: boolean): CalendarDay {
  return addMonths(receivedOn, isExtended ? EXTENDED_MONTHS : ANSWER_MONTHS);
}

/** Days from one day to another; negative when it is over. */
export function daysUntil(day: CalendarDay, today: CalendarDay): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
}
