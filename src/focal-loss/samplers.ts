/** The remedies that change which points a network sees, as samplers: an epoch's indices, the same for the same seed. */
import {shuffle} from "../networks/sampling.js";
import type {Sampler} from "../networks/sampling.js";
import {indicesOf} from "./datasets.js";

/** Makes a seeded source of numbers in [0, 1). */
export type RandomOf = (seed: number) => () => number;

/** One number from a stream's seed and an epoch's; 0 is the stream's own. */
const mixed = (seed: number, epoch: number) => seed * 7919 + epoch;

/** The listed points, each once an epoch, in random order. */
export function listed(indices: ArrayLike<number>, random: RandomOf): Sampler {
  return {
    length: indices.length,
    epoch: (seed, epoch) => shuffle(Float32Array.from(indices), random(mixed(seed, epoch + 1)))
  };
}

/** Random undersampling: all rare points and as many common ones, drawn once for each stream; the others are never seen. */
export function undersampled(labels: ArrayLike<number>, random: RandomOf): Sampler {
  const [common, rare] = [indicesOf(labels, 0), indicesOf(labels, 1)];
  const kept = Math.min(common.length, rare.length);
  return {
    length: kept + rare.length,
    epoch(seed, epoch) {
      const drawn = shuffle(Float32Array.from(common), random(mixed(seed, 0))).subarray(0, kept);
      return shuffle(Float32Array.of(...drawn, ...rare), random(mixed(seed, epoch + 1)));
    }
  };
}

/** Random oversampling: every point once an epoch, and rare points again, drawn with replacement, to equal numbers. */
export function oversampled(labels: ArrayLike<number>, random: RandomOf): Sampler {
  const [common, rare] = [indicesOf(labels, 0), indicesOf(labels, 1)];
  const again = Math.max(0, common.length - rare.length);
  return {
    length: common.length + rare.length + again,
    epoch(seed, epoch) {
      const draw = random(mixed(seed, epoch + 1));
      const repeats = Array.from({length: again}, () => rare[Math.floor(rare.length * draw())]!);
      return shuffle(Float32Array.of(...common, ...rare, ...repeats), draw);
    }
  };
}

/** Balanced batches: the first half of every batch is common, the second rare; an epoch is as long as the data. */
export function balancedBatches(labels: ArrayLike<number>, batch: number, random: RandomOf): Sampler {
  const [common, rare] = [indicesOf(labels, 0), indicesOf(labels, 1)];
  const batches = Math.max(1, Math.floor(labels.length / batch));
  const half = Math.ceil(batch / 2);
  return {
    length: batches * batch,
    epoch(seed, epoch) {
      const draw = random(mixed(seed, epoch + 1));
      const [nextCommon, nextRare] = [common, rare].map((indices) => rounds(indices, draw)) as [() => number, () => number];
      return Float32Array.from({length: batches * batch}, (_, i) => (i % batch < half ? nextCommon() : nextRare()));
    }
  };
}

/** Goes through the indices in random order, and again in another, and so on. */
function rounds(indices: readonly number[], random: () => number): () => number {
  const order = Float32Array.from(indices);
  let at = order.length;
  return () => {
    if (at === order.length) {
      shuffle(order, random);
      at = 0;
    }
    return order[at++]!;
  };
}
