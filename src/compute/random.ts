/**
 * Seeded random numbers: same seed, same picture, on every machine.
 *
 * The generator is sfc32 (Chris Doty-Humphrey's Small Fast Counting generator, PractRand), 128 bits of state; the
 * seed is spread over the state by splitmix32 and the first 15 numbers are dropped, so that near seeds part ways.
 */

/** A source of numbers in [0, 1). */
export type Random = () => number;

/** Uniform numbers in [0, 1), multiples of 2⁻³²; the seed is taken as a 32-bit integer. */
export function seededRandom(seed: number): Random {
  const spread = splitmix32(seed);
  let a = spread();
  let b = spread();
  let c = spread();
  let counter = 1;
  const next = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** One number from the normal distribution of mean 0 and deviation 1 (Box–Muller; takes two uniform numbers). */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** Signed 32-bit integers from a seed: a Weyl sequence through a finaliser like MurmurHash3's (bryc's splitmix32). */
function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
}
