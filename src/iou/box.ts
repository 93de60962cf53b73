/** A box by its corners, in any unit, y downwards; x1 ≤ x2 and y1 ≤ y2. */
export type Box = readonly [x1: number, y1: number, x2: number, y2: number];

/** The same box by its centre and size. */
export type CenterBox = readonly [x: number, y: number, w: number, h: number];

export function toCenter([x1, y1, x2, y2]: Box): CenterBox {
  return [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1];
}

export function toCorners([x, y, w, h]: CenterBox): Box {
  return [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
}

/** A box from two opposite corners, given in any order. */
export function ordered([ax = 0, ay = 0, bx = 0, by = 0]: readonly number[]): Box {
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}
