/**
 * Deviance part x ln(x / m) + m - x: how far a count is from its expectation, in nats.
 *
 * The plain formula loses every digit when x and m are close; this one keeps them all, and is
 * never negative.
 *
 * @param x >= 0
 * @param expected m > 0
 * @param difference x - m, for callers that know it more exactly than the subtraction gives it
 * @returns nats, >= 0; exactly 0 when x = m
 * @source Loader, Fast and Accurate Computation of Binomial Probabilities (2000), function bd0
 */
export function deviance(x: number, expected: number, difference = x - expected): number {
  if (x === 0) return expected;
  if (Math.abs(difference) >= 0.1 * (x + expected)) {
    return Math.max(0, x * Math.log(x / expected) - difference);
  }
  const ratio = difference / (x + expected);
  const squared = ratio * ratio;
  let sum = difference * ratio;
  let term = 2 * x * ratio;
  for (let k = 3; k < 100; k += 2) {
    term *= squared;
    const next = sum + term / k;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
