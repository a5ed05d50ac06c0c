/** A typed day and time in UTC as an instant; null when it is none. */
export function toUtcInstant(typed: string): string | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/u.exec(typed.trim());
  if (match === null) return null;
  const date = new Date(`${match[1] ?? ''}T${match[2] ?? ''}:00.000Z`);
  // A day that does not exist would roll over to the next month.
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== match[1]
    ? null
    : date.toISOString();
}
