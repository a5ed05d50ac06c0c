import { useState } from 'react';
import type { CalendarDay } from '../../shared/base/time';

/** The calendar day in UTC on which the page was opened. */
export function useToday(): CalendarDay {
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  return today;
}
