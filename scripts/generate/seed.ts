// Random numbers from a seed. Every part of the generator draws from a stream of its own, so that a change in one part
// leaves the others as they were.

export type Uniform = () => number;

/** 32-bit FNV-1a, then the finaliser of MurmurHash3: spreads labels that differ in one letter. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, numbers in [0, 1). */
export function stream(seed: number, label: string): Uniform {
  let a = hash(`${label}/a/${seed}`);
  let b = hash(`${label}/b/${seed}`);
  let c = hash(`${label}/c/${seed}`);
  let counter = 1;
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** Standard normal, polar method of Marsaglia and Bray (1964); the second number of a pair is not kept. */
export function normal(uniform: Uniform): number {
  for (;;) {
    const u = 2 * uniform() - 1;
    const v = 2 * uniform() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
  }
}

/** Gamma with scale 1. Marsaglia & Tsang (2000), "A simple method for generating gamma variables". */
export function gamma(uniform: Uniform, shape: number): number {
  if (shape <= 0) return 0;
  if (shape < 1) return gamma(uniform, shape + 1) * Math.pow(1 - uniform(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(uniform);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - uniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Poisson by Knuth's products, in steps of 20 so that the product does not underflow. */
export function poisson(uniform: Uniform, mean: number): number {
  let count = 0;
  for (let left = mean; left > 0; left -= 20) {
    const floor = Math.exp(-Math.min(left, 20));
    for (let product = uniform(); product > floor; product *= uniform()) count++;
  }
  return count;
}

/** Draws an index from cumulative weights by bisection. */
export function pickCumulative(uniform: Uniform, cumulative: Float64Array): number {
  const target = uniform() * cumulative[cumulative.length - 1]!;
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function cumulate(weights: ArrayLike<number>): Float64Array {
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) cumulative[i] = total += weights[i]!;
  return cumulative;
}

export function pickOne<T>(uniform: Uniform, items: readonly T[]): T {
  return items[Math.floor(uniform() * items.length)]!;
}

/** Fisher-Yates, on a copy. */
export function shuffled<T>(uniform: Uniform, items: readonly T[]): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}
