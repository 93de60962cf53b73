/** How sequences and units are spread over a GPU's invocations, and the WGSL that this makes of a number. */

export interface Mapping {
  /** Sequences that one invocation computes, in a vec4: 1 or 4. */
  readonly tile: 1 | 4;
  /** Invocations side by side over the sequences of a workgroup. */
  readonly across: number;
  /** Invocations side by side over the units: 1 needs no barrier between time steps. */
  readonly spread: number;
}

/** Sequences of one workgroup. */
export const sequencesOf = ({tile, across}: Mapping): number => tile * across;

/** A mapping that this batch fills: a hidden size of 4n may have its units spread. */
export function mappingOf(batch: number, hidden: number, spreadUnits: boolean): Mapping {
  const across = batch % 4 === 0 ? 4 : 1;
  const tile = batch % 16 === 0 ? 4 : 1;
  return {tile, across, spread: spreadUnits && hidden % 4 === 0 ? hidden / 4 : 1};
}

export const mappingKey = ({tile, across, spread}: Mapping): string => `${tile} ${across} ${spread}`;

/** Invocations of a dispatch over a batch. */
export const invocationsOf = (mapping: Mapping, batch: number): number =>
  (batch / mapping.tile) * mapping.spread;

/** WGSL: the type V of a tile, its loads and stores, the activations, and where an invocation stands. */
export function tileWgsl({tile, across, spread}: Mapping) {
  const lanes = Array.from({length: tile}, (_, j) => j * across);
  const type = tile === 1 ? "f32" : "vec4<f32>";
  return {
    head: `
  alias V = ${type};
  fn sigmoidOf(x : V) -> V { return 1.0 / (1.0 + exp(-clamp(x, V(-40.0), V(40.0)))); }
  fn tanhOf(x : V) -> V { let e = exp(-2.0 * abs(x)); return sign(x) * (1.0 - e) / (1.0 + e); }`,
    load: (buffer: string, at: string): string =>
      tile === 1 ? `${buffer}[${at}]` : `V(${lanes.map((lane) => `${buffer}[${at} + ${lane}]`).join(", ")})`,
    store: (at: string, value: string): string =>
      tile === 1
        ? `result[${at}] = ${value};`
        : `{ let at_ = ${at}; let v_ = ${value}; ${lanes.map((lane, j) => `result[at_ + ${lane}] = v_[${j}];`).join(" ")} }`,
    /** Declares s, the first sequence of the tile, and first, the invocation's place among the units. */
    place: `
    let member = index % ${across * spread};
    let s = (index / ${across * spread}) * ${tile * across} + member % ${across};
    let first = member / ${across};`,
    barrier: spread > 1 ? "storageBarrier();" : ""
  };
}
