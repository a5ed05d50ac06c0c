/** Why a statistic has no value for these data. */
export const NO_RESULT_REASONS = ['empty', 'one category', 'one class', 'n<2', 'overflow'] as const;

export type NoResultReason = (typeof NO_RESULT_REASONS)[number];

/** What a statistic answers when the data cannot carry it: a value to show, never NaN. */
export interface NoResult {
  readonly status: 'undefined';
  readonly reason: NoResultReason;
}

/**
 * Makes the typed "no result" of a statistic.
 *
 * @param reason empty: a side has no usable value; one category: nothing to compare;
 *   one class: all rows have the same label; n<2: a spread needs two rows;
 *   overflow: the value is beyond the range of a double
 */
export function noResult(reason: NoResultReason): NoResult {
  return { status: 'undefined', reason };
}
