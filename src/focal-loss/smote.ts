/** SMOTE (Chawla and others, JAIR 2002): new rare points between a rare point and one of its nearest rare neighbours. */
import type {LabelledPoints} from "./datasets.js";
import {indicesOf} from "./datasets.js";

export interface SmoteOptions {
  /** Nearest neighbours among which one is drawn. The paper's 5 by default. */
  readonly neighbours?: number;
  /** How many points to make. Default: as many as make both classes equal. */
  readonly count?: number;
}

/** One new point: how far, `gap`, it is on the way from one rare point to another. */
export interface SmoteStep {
  readonly from: number;
  readonly to: number;
  readonly gap: number;
  readonly point: readonly [number, number];
}

/**
 * Makes the points one by one, from the rare points in turn. A single rare point has no neighbour: it is repeated.
 * @param uniform numbers in [0, 1)
 */
export function* smoteSteps(
  {points, labels}: LabelledPoints,
  uniform: () => number,
  {neighbours = 5, count}: SmoteOptions = {}
): Generator<SmoteStep, void> {
  const rare = indicesOf(labels, 1);
  const wanted = count ?? Math.max(0, labels.length - 2 * rare.length);
  const nearest = new Map<number, readonly number[]>();
  for (let made = 0; made < wanted; made++) {
    const from = rare[made % rare.length]!;
    const near = nearest.get(from) ?? nearestTo(from, rare, points, neighbours);
    nearest.set(from, near);
    const to = near[Math.floor(near.length * uniform())]!;
    const gap = uniform();
    const along = (axis: number) => points[2 * from + axis]! + gap * (points[2 * to + axis]! - points[2 * from + axis]!);
    yield {from, to, gap, point: [along(0), along(1)]};
  }
}

/** The new points, [count][2]. */
export function smote(data: LabelledPoints, uniform: () => number, options: SmoteOptions = {}): Float32Array {
  return Float32Array.from([...smoteSteps(data, uniform, options)].flatMap(({point}) => point));
}

function nearestTo(from: number, rare: readonly number[], points: Float32Array, count: number): readonly number[] {
  const distance = (i: number) => (points[2 * i]! - points[2 * from]!) ** 2 + (points[2 * i + 1]! - points[2 * from + 1]!) ** 2;
  const others = rare.filter((i) => i !== from);
  if (others.length === 0) return [from];
  return others
    .map((i) => [distance(i), i] as const)
    .sort(([a], [b]) => a - b)
    .slice(0, count)
    .map(([, i]) => i);
}
