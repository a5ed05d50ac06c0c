/** Sizes of charts that set one named bar per row. */
export const BARS = { width: 760, nameWidth: 220, rowHeight: 26, top: 8, right: 110 } as const;

const LONGEST_NAME = 32;

/** A name that fits beside its bar; the table has it whole. */
export function barName(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;
}

/** Maps values to x so that all of them fit beside the names. */
export function barScale(values: readonly number[]): (value: number) => number {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const reach = Math.max(high - low, Number.EPSILON);
  const space = BARS.width - BARS.nameWidth - BARS.right;
  return (value) => BARS.nameWidth + ((value - low) / reach) * space;
}
