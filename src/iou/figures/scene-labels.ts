/** Labels beside boxes that move: inside the frame, none upon another. */

export interface SceneLabel {
  readonly text: string;
  readonly color: string;
  /** Where its left end would stand on the line it is written on, in pixels. */
  readonly x: number;
  readonly y: number;
  /** The way it gives way to others. */
  readonly side: "above" | "below";
}

const lineHeight = 15;
/** What a letter at 12 px takes, generously. */
const letterWidth = 6.6;
const inset = 4;

/**
 * Gives every label a free place, in order: each moves off its box line by line until it meets no other, and turns
 * round at the frame. A box that left the frame has its label at the border nearest to it.
 */
export function placeLabels(labels: readonly SceneLabel[], width: number, height: number): readonly SceneLabel[] {
  const placed: SceneLabel[] = [];
  const [top, bottom] = [lineHeight, height - inset];
  for (const label of labels) {
    const x = clamp(label.x, inset, width - label.text.length * letterWidth - inset);
    const y = clamp(label.y, top, bottom);
    const isFree = (at: number) => placed.every((other) => !overlap(other, {...label, x, y: at}));
    const away = label.side === "above" ? -lineHeight : lineHeight;
    const places = [...lines(y, away, top, bottom), ...lines(y, -away, top, bottom)];
    placed.push({...label, x, y: places.find(isFree) ?? y});
  }
  return placed;
}

function lines(from: number, by: number, top: number, bottom: number): readonly number[] {
  const count = Math.floor((by < 0 ? from - top : bottom - from) / Math.abs(by)) + 1;
  return Array.from({length: Math.max(1, count)}, (_, i) => from + i * by);
}

function overlap(a: SceneLabel, b: SceneLabel): boolean {
  const apart = a.x < b.x ? a.x + a.text.length * letterWidth <= b.x : b.x + b.text.length * letterWidth <= a.x;
  return !apart && Math.abs(a.y - b.y) < lineHeight - 1e-6;
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high));
