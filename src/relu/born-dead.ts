/**
 * Networks that are dead before training begins: ReLU, zero biases, weights drawn symmetrically around 0. Once all units
 * of a hidden layer are off on the whole input domain, the network is constant there and no gradient reaches it.
 *
 * Biases being zero, f(cx) = c f(x) for c ≥ 0: what happens along a ray is decided by one point of it.
 */

/** On which inputs a network has to be constant to count as dead. */
export type Domain = "point" | "line" | "plane";

interface DomainInputs {
  /** Numbers an input has. */
  readonly dimension: 1 | 2;
  /** One input a ray. */
  readonly rays: readonly (readonly number[])[];
}

/** One input; the real line, whose two rays say everything; and the plane, by 32 of its rays. */
export const domains: Readonly<Record<Domain, DomainInputs>> = {
  point: {dimension: 1, rays: [[1]]},
  line: {dimension: 1, rays: [[1], [-1]]},
  plane: {
    dimension: 2,
    rays: Array.from({length: 32}, (_, k) => {
      const angle = (2 * Math.PI * (k + 0.5)) / 32;
      return [Math.fround(Math.cos(angle)), Math.fround(Math.sin(angle))];
    })
  }
};

/**
 * 1 − Π (1 − (1/2)^N) over the depth − 1 hidden layers, each of `width` units (Lu, Shin, Su and Karniadakis, 2019, arXiv
 * 1903.06733). At one input it is the probability itself: given that the layer before is alive there, each of the N
 * sums is negative with probability 1/2, whatever the others are. On more inputs it bounds the probability from above:
 * who is dead on all of them is dead on one.
 */
export function deathBound(width: number, depth: number): number {
  return -Math.expm1((depth - 1) * Math.log1p(-(0.5 ** width)));
}

/** 32 bits to 32 bits, well mixed: the output function of PCG-RXS-M-XS (O'Neill 2014). */
function pcg(value: number): number {
  const state = (Math.imul(value, 747796405) + 2891336453) >>> 0;
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737) >>> 0;
  return ((word >>> 22) ^ word) >>> 0;
}

/** The number from which a layer's weights follow; layers count from 1. */
function layerKey(seed: number, network: number, layer: number): number {
  return pcg((pcg(network ^ pcg(seed)) + Math.imul(layer, 0x9e3779b9)) >>> 0);
}

/** A weight in [−1, 1): He's uniform initialisation but for its factor, which decides no sign. */
function weight(key: number, index: number): number {
  return (pcg((key + index) >>> 0) >>> 8) * 2 ** -23 - 1;
}

export interface NetworkShape {
  /** Units in each hidden layer. */
  readonly width: number;
  /** Hidden layers. */
  readonly layers: number;
  readonly domain: Domain;
}

/** The first hidden layer, counted from 1, that is off on the whole domain; 0 if none is. */
export function deathLayer({width, layers, domain}: NetworkShape, seed: number, network: number): number {
  const {dimension, rays} = domains[domain];
  const factor = Math.sqrt(6 / width);
  let inputs: number = dimension;
  let before = Float64Array.from(rays.flat());
  for (let layer = 1; layer <= layers; layer++) {
    const key = layerKey(seed, network, layer);
    const weights = Float64Array.from({length: width * inputs}, (_, index) => factor * weight(key, index));
    const after = new Float64Array(rays.length * width);
    let alive = false;
    for (let ray = 0; ray < rays.length; ray++) {
      for (let unit = 0; unit < width; unit++) {
        let sum = 0;
        for (let k = 0; k < inputs; k++) sum += weights[unit * inputs + k]! * before[ray * inputs + k]!;
        if (sum > 0) {
          after[ray * width + unit] = sum;
          alive = true;
        }
      }
    }
    if (!alive) return layer;
    before = after;
    inputs = width;
  }
  return 0;
}

/** How many of some networks are dead with so many layers in all, given in how many each hidden layer died first. */
export function deadAtDepth(deaths: readonly number[], depth: number): number {
  let dead = 0;
  for (let layer = 1; layer < depth; layer++) dead += deaths[layer]!;
  return dead;
}

/** Wilson's score interval of a share, 95 %: honest at 0 and 1, where the usual one has no width. */
export function shareInterval(hits: number, trials: number): readonly [low: number, high: number] {
  if (trials === 0) return [0, 1];
  const z = 1.959963984540054;
  const share = hits / trials;
  const middle = (share + (z * z) / (2 * trials)) / (1 + (z * z) / trials);
  const reach = (z / (1 + (z * z) / trials)) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}
