const PI2 = Math.PI ** 2;
const SQRT_2_PI = Math.sqrt(2 * Math.PI);

/**
 * Distribution function of the one-sample Kolmogorov-Smirnov statistic by Pelz and Good's
 * expansion: Kolmogorov's limit and three corrections in powers of 1 / sqrt(n).
 *
 * @param n rows, > 140
 * @param d between 0 and 1
 * @returns P(D_n < d), 0..1; absolute error below 1e-6 where kolmogorovSf uses it, falling with n
 * @source Pelz & Good, JRSS B 38 (1976) 152, as arranged by Simard & L'Ecuyer, J. Stat. Softw. 39
 *   (2011) 11
 * Cost: about 5 sqrt(n) d terms.
 */
export function pelzGoodCdf(n: number, d: number): number {
  const z = Math.sqrt(n) * d;
  const logQ = -PI2 / (8 * z * z);
  if (logQ < -708) return 0;
  const terms = Math.ceil((16 * z) / Math.PI);
  const [k0, k1, k2, k3] = oddSums(z, Math.exp(logQ), terms);
  const [extra2, extra3] = wholeSums(z, Math.exp(4 * logQ), terms);
  const root = Math.sqrt(n);
  const cdf = k0 + k1 / root + (k2 + extra2) / n + (k3 + extra3) / (n * root);
  return Math.min(1, Math.max(0, cdf));
}

/** Sums over odd integers m of polynomials in m^2 times q^(m^2), by Horner's scheme. */
function oddSums(z: number, q: number, terms: number): readonly [number, number, number, number] {
  const z2 = z ** 2;
  const z4 = z ** 4;
  const z6 = z ** 6;
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let k = terms; k >= 1; k--) {
    const m2 = (2 * k - 1) ** 2;
    const step = q ** (8 * k);
    const x = m2 * PI2;
    s0 = s0 * step + 1;
    s1 = s1 * step - z2 + x / 4;
    s2 = s2 * step + 6 * z6 + 2 * z4 + (x * (2 * z4 - 5 * z2)) / 4 + (x ** 2 * (1 - 2 * z2)) / 16;
    s3 =
      s3 * step -
      30 * z6 -
      90 * z ** 8 +
      (x * (135 * z4 - 96 * z6)) / 4 +
      (x ** 2 * (212 * z4 - 60 * z2)) / 16 +
      (x ** 3 * (5 - 30 * z2)) / 64;
  }
  const scale = q * SQRT_2_PI;
  return [
    (s0 * scale) / z,
    (s1 * scale) / (6 * z4),
    (s2 * scale) / (72 * z ** 7),
    (s3 * scale) / (6480 * z ** 10),
  ];
}

/** The parts of the second and third correction that run over all integers. */
function wholeSums(z: number, q: number, terms: number): readonly [number, number] {
  let second = 0;
  let third = 0;
  for (let k = terms; k >= 1; k--) {
    const x = PI2 * k * k;
    const power = q ** (k * k);
    second += x * power;
    third += (3 * z * z - x) * x * power;
  }
  return [(-second * SQRT_2_PI) / (36 * z ** 3), (third * SQRT_2_PI) / (216 * z ** 6)];
}
