/** What is measured to see what runs in parallel: a training step of an LSTM and of an attention layer, by size. */
export type ParallelAxis = "batch" | "length" | "hidden";
export type ParallelLayer = "lstm" | "attention";

/** Sequences a step, time steps, and units, which are also the numbers that each time step brings. */
export type ParallelSizes = Readonly<Record<ParallelAxis, number>>;

export interface ParallelTiming extends ParallelSizes {
  readonly axis: ParallelAxis;
  readonly layer: ParallelLayer;
  /** Of a training step. */
  readonly milliseconds: number;
}

/** In the order of measuring: what the figure is about comes first. */
export const parallelAxes: readonly ParallelAxis[] = ["length", "batch", "hidden"];
export const parallelLayers: readonly ParallelLayer[] = ["lstm", "attention"];

/** The sizes along each axis; the other two stay where the reader has them. */
export const axisSizes: Readonly<Record<ParallelAxis, readonly number[]>> = {
  batch: [1, 4, 16, 64, 256],
  length: [8, 16, 32, 64, 128],
  hidden: [8, 16, 32, 64]
};

/** All that is to be measured, an axis after the other. */
export function parallelPlan(base: ParallelSizes, axes: readonly ParallelAxis[]): readonly Omit<ParallelTiming, "milliseconds">[] {
  return axes.flatMap((axis) =>
    axisSizes[axis].flatMap((size) => parallelLayers.map((layer) => ({...base, [axis]: size, axis, layer}))));
}

/** How many times as large an axis's last size is as its first, and how many times as long its step takes. */
export interface Growth {
  readonly size: number;
  readonly time: number;
}

/** From the smallest size measured to the largest; null before there are two. */
export function growthOf(timings: readonly ParallelTiming[], axis: ParallelAxis, layer: ParallelLayer): Growth | null {
  const own = timings.filter((timing) => timing.axis === axis && timing.layer === layer).sort((a, b) => a[axis] - b[axis]);
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last || first === last) return null;
  return {size: last[axis] / first[axis], time: last.milliseconds / first.milliseconds};
}

/** The earliest round in which step t (from 0) of any sequence can be computed, however many cores there are. */
export const earliestRound = (layer: ParallelLayer, t: number): number => (layer === "lstm" ? t + 1 : 1);
