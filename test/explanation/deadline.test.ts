import { describe, expect, it } from 'vitest';
import { addDays, addMonths, daysUntil, dueOn } from '../../shared/explanation/deadline';

describe('the time to answer a request', () => {
  it('ends on the same day of the next month, or on the last day of a shorter one', () => {
    expect(dueOn('2026-03-05', false)).toBe('2026-04-05');
    expect(dueOn('2026-01-31', false)).toBe('2026-02-28');
    expect(dueOn('2028-01-31', false)).toBe('2028-02-29');
    expect(dueOn('2026-12-15', false)).toBe('2027-01-15');
  });

  it('is three months when it is extended', () => {
    expect(dueOn('2026-11-30', true)).toBe('2027-02-28');
    expect(addMonths('2026-10-31', 12)).toBe('2027-10-31');
  });

  it('counts days across months and years', () => {
    expect(addDays('2026-12-30', 3)).toBe('2027-01-02');
    expect(daysUntil('2026-03-01', '2026-02-27')).toBe(2);
    expect(daysUntil('2026-02-27', '2026-03-01')).toBe(-2);
  });
});
