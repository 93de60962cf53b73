/** Labels beside boxes that move: inside the frame, none upon another. */
import type {Box} from "../iou.js";

export interface SceneLabel {
  readonly text: string;
  readonly color: string;
  /** What it names, in pixels. */
  readonly box: Box;
  /** The side of its box that it likes best. */
  readonly side: "above" | "below";
}

export interface PlacedLabel extends SceneLabel {
  /** Left end of the line it is written on. */
  readonly x: number;
  readonly y: number;
}

const lineHeight = 15;
/** What a letter at 12 px takes, generously. */
const letterWidth = 6.6;
const inset = 4;

/**
 * Gives every label, in order, the first free place: at a corner of its box on the side it likes, on the other side,
 * then the same a line further off, and so on. A box that left the frame has its label at the border nearest to it.
 */
export function placeLabels(labels: readonly SceneLabel[], width: number, height: number): readonly PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  const rows = Math.floor(height / lineHeight);
  for (const label of labels) {
    const right = width - textWidth(label) - inset;
    const place = ([x, y]: readonly [number, number]): PlacedLabel => ({
      ...label,
      x: clamp(x, inset, right),
      y: clamp(y, lineHeight, height - inset)
    });
    const isFree = (candidate: PlacedLabel) => placed.every((other) => !overlap(other, candidate));
    const candidates = Array.from({length: rows}, (_, row) => corners(label, row)).flat().map(place);
    placed.push(candidates.find(isFree) ?? candidates[0]!);
  }
  return placed;
}

/** Places `row` lines off the box: at its left and right end, on the side liked and on the other. */
function corners(label: SceneLabel, row: number): readonly (readonly [number, number])[] {
  const [x1, y1, x2, y2] = label.box;
  const above = y1 - 6 - row * lineHeight;
  const below = y2 + 17 + row * lineHeight;
  const right = x2 - textWidth(label);
  const [first, second] = label.side === "above" ? [above, below] : [below, above];
  return [[x1, first], [right, first], [x1, second], [right, second]];
}

const textWidth = ({text}: SceneLabel) => text.length * letterWidth;

function overlap(a: PlacedLabel, b: PlacedLabel): boolean {
  return a.x < b.x + textWidth(b) && b.x < a.x + textWidth(a) && Math.abs(a.y - b.y) < lineHeight - 1e-6;
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high));
