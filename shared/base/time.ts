import { z } from 'zod';

/** An instant as ISO 8601 in UTC with milliseconds, e.g. `2026-01-02T03:04:05.000Z`. */
export const UtcInstant = z.iso.datetime({ precision: 3 });
export type UtcInstant = z.infer<typeof UtcInstant>;

/** A calendar day, e.g. `2010-11-30`. */
export const CalendarDay = z.iso.date();
export type CalendarDay = z.infer<typeof CalendarDay>;
