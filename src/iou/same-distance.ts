/** Boxes at one and the same coordinate distance from a target that overlap it well, badly, or in between. */
import {toCenter, toCorners} from "./box.js";
import type {Box} from "./box.js";
import {iou} from "./measure.js";

/** The two distances of the GIoU paper's Figure 1: L2 over the corners, L1 over centre and size. */
export type CoordinateDistance = "l2-corners" | "l1-center";

type Coordinates = readonly [number, number, number, number];

const toCoordinates = (kind: CoordinateDistance, box: Box): Coordinates => (kind === "l2-corners" ? box : toCenter(box));
const toBox = (kind: CoordinateDistance, c: Coordinates): Box => (kind === "l2-corners" ? c : toCorners(c));

function norm(kind: CoordinateDistance, c: Coordinates): number {
  return kind === "l2-corners" ? Math.hypot(...c) : c.reduce((sum, v) => sum + Math.abs(v), 0);
}

function offset(kind: CoordinateDistance, box: Box, target: Box): Coordinates {
  const goal = toCoordinates(kind, target);
  return toCoordinates(kind, box).map((v, i) => v - goal[i]!) as unknown as Coordinates;
}

/** How far `box` is from `target`, in the boxes' unit. */
export function coordinateDistance(kind: CoordinateDistance, box: Box, target: Box): number {
  return norm(kind, offset(kind, box, target));
}

/**
 * The box at exactly `distance` from the target in the direction of `box`, or null where there is none: `box` is the
 * target itself, or so far that way the box would be inside out.
 */
export function atDistance(kind: CoordinateDistance, box: Box, target: Box, distance: number): Box | null {
  const away = offset(kind, box, target);
  const length = norm(kind, away);
  if (length === 0) return null;
  const goal = toCoordinates(kind, target);
  const moved = toBox(kind, goal.map((v, i) => v + (away[i]! * distance) / length) as unknown as Coordinates);
  return moved[2] > moved[0] && moved[3] > moved[1] ? moved : null;
}

const candidates = 1500;
const refinements = 400;

// Roberts' R4 sequence: points that fill a four-dimensional cube evenly, the same at every call. g⁵ = g + 1.
const g = 1.1673039782614187;
const strides = [1 / g, 1 / g ** 2, 1 / g ** 3, 1 / g ** 4] as const;

/** The i-th direction, each coordinate in [−1, 1). */
function direction(i: number): Coordinates {
  return strides.map((stride) => 2 * ((0.5 + i * stride) % 1) - 1) as unknown as Coordinates;
}

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
  const found: Box[] = [];
  for (let i = 0; i < candidates; i++) {
    const box = nudged(kind, target, direction(i), target, distance);
    if (box && isSizable(box, target)) found.push(box);
  }
  if (found.length === 0) return [];
  const rated = found.map((box) => ({box, iou: iou(box, target)})).sort((a, b) => b.iou - a.iou);
  const best = refined(kind, rated[0]!.box, target, distance, 1);
  const worst = refined(kind, rated[rated.length - 1]!.box, target, distance, -1);
  const [high, low] = [iou(best, target), iou(worst, target)];
  const between = Array.from({length: count - 2}, (_, i) => {
    const wanted = high + ((low - high) * (i + 1)) / (count - 1);
    return rated.reduce((near, each) => (Math.abs(each.iou - wanted) < Math.abs(near.iou - wanted) ? each : near)).box;
  });
  return [best, ...between, worst];
}

/** A box squeezed to a line overlaps nothing and shows nothing: sides stay above a third of the target's. */
function isSizable([x1, y1, x2, y2]: Box, [X1, Y1, X2, Y2]: Box): boolean {
  return x2 - x1 > (X2 - X1) / 3 && y2 - y1 > (Y2 - Y1) / 3;
}

/** `box` moved by `by` in the distance's coordinates and put back at the distance. */
function nudged(kind: CoordinateDistance, box: Box, by: Coordinates, target: Box, distance: number): Box | null {
  const coordinates = toCoordinates(kind, box).map((v, i) => v + by[i]!) as unknown as Coordinates;
  return atDistance(kind, toBox(kind, coordinates), target, distance);
}

/** Climbs IoU (`sign` 1) or descends it (−1) by small moves along the sphere, ever smaller. */
function refined(kind: CoordinateDistance, start: Box, target: Box, distance: number, sign: 1 | -1): Box {
  let box = start;
  for (let i = 0; i < refinements; i++) {
    const size = 0.3 * distance * (1 - i / refinements);
    const by = direction(i).map((v) => v * size) as unknown as Coordinates;
    const moved = nudged(kind, box, by, target, distance);
    if (moved && isSizable(moved, target) && sign * iou(moved, target) > sign * iou(box, target)) box = moved;
  }
  return box;
}
