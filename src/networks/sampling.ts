/** Which points a network sees, and in which order: an endless stream of indices, cut into batches. */

/**
 * One epoch's indices for a stream: of `length` each time, and the same for the same seed and epoch, so that a training
 * can go on from any step. Resampling (balanced batches, oversampling, …) is only another sampler.
 */
export interface Sampler {
  readonly length: number;
  epoch(seed: number, epoch: number): ArrayLike<number>;
}

/** Every point of `points` once an epoch, in random order. @param random makes a seeded source of numbers in [0, 1) */
export function shuffled(points: number, random: (seed: number) => () => number): Sampler {
  return {
    length: points,
    epoch(seed, epoch) {
      const indices = new Float32Array(points);
      for (let i = 0; i < points; i++) indices[i] = i;
      return shuffle(indices, random(seed * 7919 + epoch));
    }
  };
}

/** Fisher–Yates, in place. */
export function shuffle(indices: Float32Array, random: () => number): Float32Array {
  for (let i = indices.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = indices[i]!;
    indices[i] = indices[j]!;
    indices[j] = kept;
  }
  return indices;
}

export interface Stream {
  readonly sampler: Sampler;
  readonly seed: number;
}

export interface BatchReader {
  /** Indices for the steps from `start`, [streams][steps][batch]. */
  read(start: number, steps: number, batch: number): Float32Array;
  /** The same, with a rest after each stream: an epoch of thousands of points takes a while to shuffle. */
  readWithRests(start: number, steps: number, batch: number, rest: () => Promise<void>): Promise<Float32Array>;
}

/** Cuts streams into batches, remembering each one's epoch. */
export function batchReader(streams: readonly Stream[]): BatchReader {
  const open = streams.map(() => ({epoch: -1, indices: [] as ArrayLike<number>}));
  function fill(result: Float32Array, s: number, start: number, count: number): void {
    const {sampler, seed} = streams[s]!;
    const at = open[s]!;
    let epoch = Math.floor(start / sampler.length);
    let place = start - epoch * sampler.length;
    for (let i = 0; i < count; i++, place++) {
      if (place === sampler.length) [place, epoch] = [0, epoch + 1];
      if (epoch !== at.epoch) Object.assign(at, {epoch, indices: sampler.epoch(seed, epoch)});
      result[s * count + i] = at.indices[place]!;
    }
  }
  const room = (count: number) => new Float32Array(Math.max(1, streams.length * count));
  return {
    read(start, steps, batch) {
      const result = room(steps * batch);
      for (let s = 0; s < streams.length; s++) fill(result, s, start * batch, steps * batch);
      return result;
    },
    async readWithRests(start, steps, batch, rest) {
      const result = room(steps * batch);
      for (let s = 0; s < streams.length; s++) {
        fill(result, s, start * batch, steps * batch);
        await rest();
      }
      return result;
    }
  };
}
