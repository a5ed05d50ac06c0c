import { z } from 'zod';

const GeneratorSpec = z.object({
  kind: z.enum(['uniform', 'ih12', 'round', 'grid', 'pareto', 'zeroinfl', 'cat', 'bern', 'const']),
  n: z.number(),
  seed: z.number().default(0),
  lo: z.number().default(0),
  span: z.number().default(0),
  loc: z.number().default(0),
  scale: z.number().default(0),
  decimals: z.number().default(0),
  k: z.number().default(0),
  p0: z.number().default(0),
  p: z.number().default(0),
  value: z.number().default(0),
  cum: z.array(z.number()).default([]),
  missing: z.object({ seed: z.number(), rate: z.number() }).optional(),
});

const GeneratorCheck = z.object({
  first: z.array(z.number()),
  last: z.number(),
  min: z.number(),
  max: z.number(),
  n_missing: z.number(),
});

const Checked = z.object({ check: GeneratorCheck });

type GeneratorSpec = z.infer<typeof GeneratorSpec>;
export type GeneratorCheck = z.infer<typeof GeneratorCheck>;

/** The file's mulberry32: 32-bit integers from a seed. */
export function mulberry32(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** Makes the sample that an input with a `kind` describes; missing values are NaN. */
export function generate(input: unknown): Float64Array {
  const spec = GeneratorSpec.parse(input);
  const next = mulberry32(spec.seed);
  const uniform = (): number => next() / 4294967296;
  const sample = Float64Array.from({ length: spec.n }, () => draw(spec, uniform));
  if (spec.missing !== undefined) {
    const { seed, rate } = spec.missing;
    const nextMissing = mulberry32(seed);
    for (let i = 0; i < spec.n; i++) if (nextMissing() / 4294967296 < rate) sample[i] = NaN;
  }
  return sample;
}

/** What the file says about the generated sample, or null when it says nothing. */
export function generatorCheck(input: unknown): GeneratorCheck | null {
  const parsed = Checked.safeParse(input);
  return parsed.success ? parsed.data.check : null;
}

function draw(spec: GeneratorSpec, uniform: () => number): number {
  switch (spec.kind) {
    case 'uniform':
      return spec.lo + spec.span * uniform();
    case 'ih12':
    case 'round':
      return nearNormal(spec, uniform);
    case 'grid':
      return spec.loc + spec.scale * Math.floor(uniform() * spec.k);
    case 'pareto':
      return spec.scale / (1 - uniform());
    case 'zeroinfl': {
      const [a, b] = [uniform(), uniform()];
      return a < spec.p0 ? 0 : spec.scale / (1 - b);
    }
    case 'cat': {
      const a = uniform();
      return spec.cum.filter((share) => a >= share).length;
    }
    case 'bern':
      return uniform() < spec.p ? 1 : 0;
    case 'const':
      return spec.value;
  }
}

function nearNormal(spec: GeneratorSpec, uniform: () => number): number {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += uniform();
  const value = spec.loc + spec.scale * (sum - 6);
  if (spec.kind !== 'round') return value;
  const unit = 10 ** spec.decimals;
  return Math.floor(value * unit + 0.5) / unit;
}
