/** Where a tree's states stand: those gone into as boxes, the others of a parent as a patch of dots, or a list. */
import type {Trace, TraceNode} from "../trace.js";

export const boxWidth = 178;
export const boxHeight = 42;
const columnGap = 46;
const rowGap = 8;
const dot = 9;
const dotsInRow = 18;
const listRow = 17;

export interface PlacedBox<S> {
  readonly kind: "box";
  readonly node: TraceNode<S>;
  readonly x: number;
  readonly y: number;
  readonly collapsed: boolean;
}

/** The left-out children of one parent. */
export interface PlacedPatch<S> {
  readonly kind: "patch";
  readonly parent: TraceNode<S>;
  readonly nodes: readonly TraceNode<S>[];
  readonly x: number;
  readonly y: number;
  readonly open: boolean;
  readonly height: number;
  /** Of each of its nodes, from the patch's corner. */
  readonly places: readonly (readonly [number, number])[];
}

export interface TreeLayout<S> {
  readonly boxes: readonly PlacedBox<S>[];
  readonly patches: readonly PlacedPatch<S>[];
  readonly width: number;
  readonly height: number;
}

export interface LayoutOptions {
  /** Boxes whose branches are folded away. */
  readonly collapsed: ReadonlySet<number>;
  /** Parents whose left-out children are listed. */
  readonly open: ReadonlySet<number>;
}

/** Lays out the whole search, so that nothing moves while it is stepped through. */
export function layoutTree<S>({nodes}: Trace<S>, {collapsed, open}: LayoutOptions): TreeLayout<S> {
  const boxes: PlacedBox<S>[] = [];
  const patches: PlacedPatch<S>[] = [];
  let deepest = 0;
  let width = 0;
  const columnX = (depth: number) => 4 + depth * (boxWidth + columnGap);
  /** Places a branch from y down; gives where its box's middle is, and where the branch ends. */
  const place = (node: TraceNode<S>, top: number): {readonly middle: number; readonly bottom: number} => {
    const folded = collapsed.has(node.id);
    const children = folded ? [] : node.children.map((id) => nodes[id]!);
    const [inside, outside] = [children.filter(isBox), children.filter((child) => !isBox(child))];
    deepest = Math.max(deepest, node.depth);
    let y = top;
    const middles: number[] = [];
    for (const child of inside) {
      const {middle, bottom} = place(child, y);
      middles.push(middle);
      y = bottom + rowGap;
    }
    if (outside.length > 0) {
      const listed = open.has(node.id);
      const places = outside.map((_, i): readonly [number, number] =>
        listed ? [6, i * listRow + 10] : [(i % dotsInRow) * dot + 7, Math.floor(i / dotsInRow) * dot + 7]);
      const height = (listed ? outside.length * listRow : Math.ceil(outside.length / dotsInRow) * dot) + 5;
      patches.push({kind: "patch", parent: node, nodes: outside, x: columnX(node.depth + 1), y, open: listed, height, places});
      width = Math.max(width, columnX(node.depth + 1) + (listed ? 250 : boxWidth));
      middles.push(y + height / 2);
      y += height + rowGap;
    }
    const spread = middles.length ? (middles[0]! + middles[middles.length - 1]!) / 2 : top + boxHeight / 2;
    const middle = Math.max(top + boxHeight / 2, spread);
    boxes.push({kind: "box", node, x: columnX(node.depth), y: middle - boxHeight / 2, collapsed: folded});
    return {middle, bottom: Math.max(y - rowGap, middle + boxHeight / 2)};
  };
  const {bottom} = place(nodes[0]!, 4);
  return {boxes, patches, width: Math.max(width, columnX(deepest) + boxWidth) + 4, height: bottom + 4};
}

/** Gone into at some time. */
export const isBox = <S>(node: TraceNode<S>): boolean => node.kept < Infinity;
