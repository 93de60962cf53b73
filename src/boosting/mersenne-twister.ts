/**
 * MT19937 (Matsumoto and Nishimura, 1998), seeded as NumPy's RandomState is: scikit-learn draws from it in which order
 * it looks at the features of a tree, which decides between splits that are exactly equally good.
 */

const size = 624;

/** A source of unsigned 32-bit integers. */
export function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(size);
  state[0] = seed;
  for (let i = 1; i < size; i++)
    state[i] = Math.imul(1812433253, state[i - 1]! ^ (state[i - 1]! >>> 30)) + i;
  let next = size;
  return () => {
    if (next === size) {
      for (let i = 0; i < size; i++) {
        const y = (state[i]! & 0x80000000) | (state[(i + 1) % size]! & 0x7fffffff);
        state[i] = state[(i + 397) % size]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      next = 0;
    }
    let y = state[next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

/** RandomState.randint(0, 2³¹ − 1): drawn again while the masked bits are too large. */
export function randomSeed(random: () => number): number {
  for (;;) {
    const drawn = random() & 0x7fffffff;
    if (drawn < 0x7fffffff) return drawn;
  }
}

/** scikit-learn's xorshift generator: whole numbers in [low, high). */
export function xorshift(seed: number): (low: number, high: number) => number {
  let state = seed || 1;
  return (low, high) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return low + (((state >>> 0) % 0x80000000) % (high - low));
  };
}
