/** Generated points of two classes in the plane, as unequal and as mixed as one likes. */

export interface LabelledPoints {
  /** [count][2]. */
  readonly points: Float32Array;
  /** 1 for the rare class. */
  readonly labels: Uint8Array;
}

export const shapes = ["blobs", "ring", "islands"] as const;
export type Shape = (typeof shapes)[number];

export interface PointsSpec {
  readonly shape: Shape;
  readonly count: number;
  /** Common points for each rare one, 1 to 1000. */
  readonly ratio: number;
  /** 0: the classes hardly meet; 1: they cover each other. */
  readonly overlap: number;
}

/** Seeded sources of numbers: uniform in [0, 1), and normal of mean 0 and deviation 1. */
export interface Chance {
  uniform(): number;
  normal(): number;
}

type Place = readonly [x: number, y: number];
type Draw = (overlap: number, chance: Chance) => Place;

const islands: readonly Place[] = [[-0.85, 0.75], [0.9, 0.35], [-0.1, -0.9]];
const around = ([x, y]: Place, deviation: number, {normal}: Chance): Place => [x + deviation * normal(), y + deviation * normal()];

const common: Readonly<Record<Shape, Draw>> = {
  blobs: (overlap, chance) => around([-blobReach(overlap), 0], 0.42, chance),
  ring: (_, chance) => around([0, 0], 0.38, chance),
  islands(overlap, {uniform}) {
    // Clear water around the islands, the less the more the classes overlap.
    for (;;) {
      const [x, y] = [3 * uniform() - 1.5, 3 * uniform() - 1.5];
      if (islands.every(([ix, iy]) => Math.hypot(x - ix, y - iy) > 0.34 * (1 - overlap))) return [x, y];
    }
  }
};

const rare: Readonly<Record<Shape, Draw>> = {
  blobs: (overlap, chance) => around([blobReach(overlap), 0], 0.42, chance),
  ring(overlap, {uniform, normal}) {
    const [radius, angle] = [1.1 - 0.35 * overlap + (0.08 + 0.16 * overlap) * normal(), 2 * Math.PI * uniform()];
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
  islands: (_, chance) => around(islands[Math.floor(islands.length * chance.uniform())]!, 0.13, chance)
};

/** Half the distance between the blobs' centres. */
const blobReach = (overlap: number) => 1 - 0.85 * overlap;

/** At least one point is rare. Rare points are spread evenly among the others, so that any stretch has its share. */
export function generatePoints({shape, count, ratio, overlap}: PointsSpec, chance: Chance): LabelledPoints {
  const rareCount = Math.max(1, Math.round(count / (1 + ratio)));
  const points = new Float32Array(2 * count);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = Math.floor(((i + 1) * rareCount) / count) - Math.floor((i * rareCount) / count);
    points.set((labels[i] ? rare : common)[shape](overlap, chance), 2 * i);
  }
  return {points, labels};
}

/** Indices of the points with this label. */
export function indicesOf(labels: ArrayLike<number>, label: 0 | 1): readonly number[] {
  return Array.from(labels as ArrayLike<number>, (value, i) => (value === label ? i : -1)).filter((i) => i >= 0);
}
