/** Random numbers that a kernel can draw: a hash of where they are used, the same in WGSL and in TypeScript. */

/** A number in [0, 1) from a network's seed, the step, the sample's place in the batch and the unit (PCG's output hash). */
export function drawnAt(seed: number, step: number, sample: number, unit: number): number {
  let bits = hash(seed >>> 0);
  for (const place of [step, sample, unit]) bits = hash((bits + place) >>> 0);
  return (bits >>> 8) / 2 ** 24;
}

function hash(input: number): number {
  const state = (Math.imul(input, 747796405) + 2891336453) >>> 0;
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737) >>> 0;
  return ((word >>> 22) ^ word) >>> 0;
}

/** The same in WGSL: `fn drawn_at(seed : u32, step : u32, sample : u32, unit : u32) -> f32`. */
export const drawnAtWgsl = `
fn drawn_hash(input : u32) -> u32 {
  let state = input * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}
fn drawn_at(seed : u32, step : u32, sample : u32, unit : u32) -> f32 {
  let bits = drawn_hash(drawn_hash(drawn_hash(drawn_hash(seed) + step) + sample) + unit);
  return f32(bits >> 8u) / 16777216.0;
}`;
