/** Boxes at one and the same coordinate distance from a target that overlap it well, badly, or in between. */
import {toCenter, toCorners} from "./box.js";
import type {Box, CenterBox} from "./box.js";
import {iou} from "./measure.js";

/** The two distances of the GIoU paper's Figure 1: L2 over the corners, L1 over centre and size. */
export type CoordinateDistance = "l2-corners" | "l1-center";

/** How far a box is from the target in centre and size; L2 over the corners, too, can be said in these. */
function norm(kind: CoordinateDistance, [dx, dy, dw, dh]: CenterBox): number {
  if (kind === "l1-center") return Math.abs(dx) + Math.abs(dy) + Math.abs(dw) + Math.abs(dh);
  // Δx1 = Δx − Δw/2 and Δx2 = Δx + Δw/2, so Δx1² + Δx2² = 2 Δx² + Δw²/2.
  return Math.sqrt(2 * (dx * dx + dy * dy) + (dw * dw + dh * dh) / 2);
}

const plus = (a: CenterBox, b: CenterBox): CenterBox => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];
const times = (a: CenterBox, t: number): CenterBox => [a[0] * t, a[1] * t, a[2] * t, a[3] * t];
const offset = (box: Box, target: Box): CenterBox => plus(toCenter(box), times(toCenter(target), -1));

/** How far `box` is from `target`, in the boxes' unit. */
export function coordinateDistance(kind: CoordinateDistance, box: Box, target: Box): number {
  return norm(kind, offset(box, target));
}

/**
 * The box at exactly `distance` from the target in the direction of `box`. A side that would shrink below
 * `smallestShare` of the target's stays there, and the other coordinates go the rest of the distance. Null where there
 * is none: `box` is the target itself, or does nothing but shrink.
 */
export function atDistance(
  kind: CoordinateDistance,
  box: Box,
  target: Box,
  distance: number,
  smallestShare = 0
): Box | null {
  const goal = toCenter(target);
  const away = offset(box, target);
  const length = norm(kind, away);
  if (length === 0) return null;
  const floor = smallestShare - 1;
  const stretched = (t: number): CenterBox => [
    away[0] * t,
    away[1] * t,
    Math.max(away[2] * t, floor * goal[2]),
    Math.max(away[3] * t, floor * goal[3])
  ];
  const reach = (t: number) => norm(kind, stretched(t)) - distance;
  const plain = distance / length;
  const held = reach(plain) < -1e-12 * distance;
  const t = held ? root(reach, plain) : plain;
  return t === null ? null : toCorners(plus(goal, stretched(t)));
}

/** Where a function that rises from below 0 at `low` reaches 0, or null if it never does. */
function root(f: (t: number) => number, low: number): number | null {
  let high = 2 * low;
  while (f(high) < 0) {
    if (high > 1e6 * low) return null;
    high *= 2;
  }
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}

const candidates = 700;
const refinements = 250;

/** A box squeezed to a line overlaps nothing and shows nothing: found boxes keep sides of at least this share. */
export const smallestFoundShare = 1 / 3;

// Roberts' R4 sequence: points that fill a four-dimensional cube evenly, the same at every call. g⁵ = g + 1.
const g = 1.1673039782614187;
const strides = [1 / g, 1 / g ** 2, 1 / g ** 3, 1 / g ** 4] as const;

/** The i-th direction, each coordinate in [−1, 1). */
function direction(i: number): CenterBox {
  return strides.map((stride) => 2 * ((0.5 + i * stride) % 1) - 1) as unknown as CenterBox;
}

// Overlap has kinks where edges line up, and the best boxes lie on them: one edge moved alone is worth a look.
const edgeMoves: readonly CenterBox[] = [-1, 1].flatMap((way): CenterBox[] => [
  [way / 2, 0, way, 0],
  [way / 2, 0, -way, 0],
  [0, way / 2, 0, way],
  [0, way / 2, 0, -way]
]);

/**
 * `count` boxes at `distance` from the target: the one with the highest IoU that an even search finds, the one with the
 * lowest, and between them boxes at even steps of IoU, from high to low.
 */
export function boxesAtDistance(
  kind: CoordinateDistance,
  target: Box,
  distance: number,
  count: number
): readonly Box[] {
  const goal = toCenter(target);
  const sphere = (away: CenterBox) => toCorners(plus(goal, times(away, distance / norm(kind, away))));
  const directions = [...edgeMoves, ...Array.from({length: candidates}, (_, i) => direction(i))];
  const rated = directions
    .map(sphere)
    .filter((box) => isSizable(box, target))
    .map((box) => ({box, iou: iou(box, target)}))
    .sort((a, b) => b.iou - a.iou);
  if (rated.length === 0) return [];
  const moved = (box: Box, by: CenterBox) => sphere(plus(offset(box, target), by));
  const best = refined(rated[0]!.box, target, distance, moved, 1);
  const worst = refined(rated[rated.length - 1]!.box, target, distance, moved, -1);
  const [high, low] = [iou(best, target), iou(worst, target)];
  const between = Array.from({length: count - 2}, (_, i) => {
    const wanted = high + ((low - high) * (i + 1)) / (count - 1);
    return rated.reduce((near, each) => (Math.abs(each.iou - wanted) < Math.abs(near.iou - wanted) ? each : near)).box;
  });
  return [best, ...between, worst];
}

function isSizable([x1, y1, x2, y2]: Box, [X1, Y1, X2, Y2]: Box): boolean {
  return x2 - x1 > (X2 - X1) * smallestFoundShare && y2 - y1 > (Y2 - Y1) * smallestFoundShare;
}

/** Climbs IoU (`sign` 1) or descends it (−1) by small moves along the sphere, ever smaller. */
function refined(
  start: Box,
  target: Box,
  distance: number,
  moved: (box: Box, by: CenterBox) => Box,
  sign: 1 | -1
): Box {
  let box = start;
  let value = iou(box, target);
  for (let i = 0; i < refinements; i++) {
    const next = moved(box, times(direction(i), 0.3 * distance * (1 - i / refinements)));
    if (!isSizable(next, target)) continue;
    const nextValue = iou(next, target);
    if (sign * nextValue > sign * value) [box, value] = [next, nextValue];
  }
  return box;
}
