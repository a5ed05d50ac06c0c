/**
 * Shapley values of a game by full enumeration: exact, and the measure of every quicker way.
 *
 * @param values worth of each coalition, shape (2^n); bit j of a position says that player j takes part
 * @param n players, 0 to 20
 * @returns shape (n); their sum is the worth of all minus the worth of none
 * @source Shapley, A value for n-person games (1953)
 * Cost: O(n 2^n).
 */
export function shapleyValues(values: ArrayLike<number>, n: number): Float64Array {
  if (values.length !== 2 ** n) throw new RangeError('shapleyValues: not one value per coalition');
  const shares = new Float64Array(n);
  const weights = Array.from({ length: n }, (_none, size) => shapleyWeight(size, n - size - 1));
  for (let coalition = 0; coalition < values.length; coalition++) {
    const worth = values[coalition]!;
    const size = bitCount(coalition);
    for (let player = 0; player < n; player++) {
      const takesPart = (coalition >> player) & 1;
      shares[player]! +=
        takesPart === 1 ? weights[size - 1]! * worth : -(weights[size] ?? 0) * worth;
    }
  }
  return shares;
}

/** p! q! / (p + q + 1)!: how much one order of joining counts after p others and before q. */
export function shapleyWeight(p: number, q: number): number {
  let weight = 1 / (p + q + 1);
  for (let i = 1; i <= q; i++) weight *= i / (p + i);
  return weight;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
