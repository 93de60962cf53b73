/** Seeded choice of rows and columns. The libraries' own random streams are not copied: their samples differ. */

/** Uniform numbers in [0, 1) from a seed (Mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number from the standard normal distribution (Box–Muller). */
export function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The numbers below `count` in random order. */
export function shuffled(count: number, random: () => number): Int32Array {
  const order = Int32Array.from({length: count}, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** A share of the columns, at least one, ascending. */
export function sampleColumns(columns: number, share: number, random: () => number): Int32Array {
  const all = Int32Array.from({length: columns}, (_, column) => column);
  if (share >= 1) return all;
  return shuffled(columns, random).slice(0, Math.max(1, Math.floor(share * columns))).sort();
}

/** 1 for each row taken, each with chance `share`; undefined where all are. */
export function sampleRows(rows: number, share: number, random: () => number): Uint8Array | undefined {
  return share >= 1 ? undefined : Uint8Array.from({length: rows}, () => Number(random() < share));
}
