/** A search as a tree: boxes for what was gone into, dots for what was left out; zoom, fold, choose. */
import {html} from "htl";
import {select} from "d3-selection";
import type {Trace, TraceNode} from "../trace.js";
import {boxHeight, boxWidth, layoutTree} from "./tree-layout.js";
import type {PlacedBox, PlacedPatch} from "./tree-layout.js";
import {labelColors, labelNames} from "./tree-look.js";

const labels = {
  tree: "The tree so far",
  zoomIn: "Larger",
  zoomOut: "Smaller",
  scroll: "Tree, scrollable",
  patch: (count: number) => `${count} left out: list them`,
  solved: "24",
  votes: (votes: readonly number[]) => votes.map((count, i) => `${count} ${labelNames[i]}`).join(", ")
};

export interface TreeViewOptions<S> {
  /** What a box says in its second line. */
  readonly remains: (node: TraceNode<S>) => string;
  /** What the start says in its first line. */
  readonly start: string;
  readonly solved: (node: TraceNode<S>) => boolean;
  readonly onChoose: (id: number) => void;
}

export interface TreeViewState<S> {
  readonly trace: Trace<S>;
  /** Events seen so far. */
  readonly upTo: number;
  readonly chosen: number;
  /** States in sight now: the step's own. */
  readonly lit: ReadonlySet<number>;
}

type Status = "later" | "open" | "kept" | "pruned" | "solved";

export function treeView<S>({remains, start, solved, onChoose}: TreeViewOptions<S>) {
  const collapsed = new Set<number>();
  const open = new Set<number>();
  let zoom = 1;
  let last: TreeViewState<S> | undefined;
  let scrolledTo = -1;
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "thought-tree").attr("role", "group").attr("aria-label", labels.tree);
  const edges = svg.append("g").attr("class", "thought-edges");
  const patches = svg.append("g");
  const boxes = svg.append("g");
  const frame = html`<div class="thought-frame" tabindex="0" role="region" aria-label=${labels.scroll}>${svg.node()}</div>`;
  const zoomButton = (label: string, sign: string, factor: number) => {
    const button = html`<button type="button" class="quiet" aria-label=${label} title=${label}>${sign}</button>`;
    button.addEventListener("click", () => {
      zoom = Math.min(2, Math.max(0.4, zoom * factor));
      draw();
    });
    return button;
  };
  const element = html`<div class="thought-view">
    <div class="thought-zoom">${zoomButton(labels.zoomOut, "−", 0.8)}${zoomButton(labels.zoomIn, "+", 1.25)}</div>${frame}</div>`;

  const statusOf = (node: TraceNode<S>, upTo: number): Status => {
    if (node.proposed >= upTo) return "later";
    if (node.kept < upTo) return solved(node) ? "solved" : "kept";
    return node.pruned < upTo ? "pruned" : "open";
  };
  const toggle = (set: Set<number>, id: number) => {
    if (!set.delete(id)) set.add(id);
    draw();
  };

  function draw(): void {
    if (!last) return;
    const {trace, upTo, chosen, lit} = last;
    const layout = layoutTree(trace, {collapsed, open});
    svg.attr("width", layout.width * zoom).attr("height", layout.height * zoom).attr("viewBox", `0 0 ${layout.width} ${layout.height}`);
    const boxAt = new Map(layout.boxes.map((box) => [box.node.id, box]));
    const targets = [
      ...layout.boxes.filter(({node}) => node.parent >= 0)
        .map(({node, x, y}) => ({from: boxAt.get(node.parent)!, x, y: y + boxHeight / 2, status: statusOf(node, upTo)})),
      ...layout.patches.map(({parent, nodes, x, y, height}) => ({from: boxAt.get(parent.id)!, x, y: y + height / 2, status: statusOf(nodes[0]!, upTo)}))
    ];
    edges.selectAll("path").data(targets).join("path").attr("class", ({status}) => status)
      .attr("d", ({from, x, y}) => {
        const [x0, y0] = [from.x + boxWidth, from.y + boxHeight / 2];
        return `M${x0},${y0}C${(x0 + x) / 2},${y0} ${(x0 + x) / 2},${y} ${x},${y}`;
      });
    patches.selectAll<SVGGElement, PlacedPatch<S>>("g.thought-patch").data(layout.patches, ({parent}) => parent.id)
      .join((enter) => enter.append("g").attr("class", "thought-patch"))
      .attr("transform", ({x, y}) => `translate(${x},${y})`)
      .each(function (patch) { drawPatch(this, patch, upTo, (node) => statusOf(node, upTo), lit, () => toggle(open, patch.parent.id)); });
    boxes.selectAll<SVGGElement, PlacedBox<S>>("g.thought-box").data(layout.boxes, ({node}) => node.id)
      .join((enter) => enter.append("g"))
      .attr("transform", ({x, y}) => `translate(${x},${y})`)
      .attr("class", ({node, collapsed: folded}) =>
        ["thought-box", statusOf(node, upTo), node.id === chosen && "chosen", lit.has(node.id) && "lit", folded && "folded"].filter(Boolean).join(" "))
      .each(function ({node}) {
        drawBox(this, node, upTo, {first: node.parent < 0 ? start : node.text, second: remains(node)}, () => onChoose(node.id));
      });
    bringIntoSight(lit, boxAt);
  }

  /** The frame follows the step, as long as the reader does not look elsewhere. */
  function bringIntoSight(lit: ReadonlySet<number>, boxAt: ReadonlyMap<number, PlacedBox<S>>): void {
    const id = [...lit].find((node) => boxAt.has(node));
    const box = id === undefined ? undefined : boxAt.get(id);
    if (!box || box.node.id === scrolledTo) return;
    scrolledTo = box.node.id;
    const [x, y, width, height] = [box.x, box.y, boxWidth, boxHeight].map((value) => value * zoom) as [number, number, number, number];
    if (y < frame.scrollTop || y + height > frame.scrollTop + frame.clientHeight) frame.scrollTop = y - frame.clientHeight / 2;
    if (x < frame.scrollLeft || x + width > frame.scrollLeft + frame.clientWidth) frame.scrollLeft = x + width + 12 - frame.clientWidth;
  }

  return {
    element,
    show(state: TreeViewState<S>) {
      if (state.trace.nodes !== last?.trace.nodes) {
        collapsed.clear();
        open.clear();
        scrolledTo = -1;
      }
      last = state;
      draw();
    },
    fold: (id: number) => toggle(collapsed, id),
    isFolded: (id: number) => collapsed.has(id)
  };
}

const pressed = (action: () => void) => (event: Event) => {
  if (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  action();
};

function drawBox<S>(
  group: SVGGElement, node: TraceNode<S>, upTo: number, {first, second}: {readonly first: string; readonly second: string}, choose: () => void
): void {
  const place = select(group);
  place.selectAll("*").remove();
  if (node.proposed >= upTo) {
    place.attr("tabindex", null).attr("role", null).attr("aria-label", null).on("click keydown", null);
    return;
  }
  const verdict = node.valued < upTo ? node.verdict : undefined;
  const votes = verdict?.votes;
  place.attr("tabindex", 0).attr("role", "button").on("click keydown", pressed(choose))
    .attr("aria-label", [`${first} ${second}`.trim(), votes && labels.votes(votes)].filter(Boolean).join("; "));
  place.append("rect").attr("class", "thought-card").attr("width", boxWidth).attr("height", boxHeight).attr("rx", 4);
  place.append("text").attr("class", "strong").attr("x", 8).attr("y", second || verdict ? 16 : 26).text(`${first} `);
  if (second) place.append("text").attr("x", 8).attr("y", 31).text(second);
  if (!verdict) return;
  let x = 0;
  verdict.chances.forEach((chance, i) => {
    place.append("rect").attr("x", x * boxWidth).attr("y", boxHeight - 5).attr("width", chance * boxWidth).attr("height", 5)
      .style("fill", labelColors[i]!);
    x += chance;
  });
  const dots = verdict.votes.flatMap((count, label) => Array.from({length: Math.min(count, 10)}, () => label));
  place.selectAll("circle").data(dots).join("circle").attr("r", 4).attr("cx", (_, i) => boxWidth - 9 - i * 10).attr("cy", 11)
    .style("fill", (label) => labelColors[label]!);
}

function drawPatch<S>(
  group: SVGGElement, {nodes, places, open, height}: PlacedPatch<S>, upTo: number, statusOf: (node: TraceNode<S>) => Status,
  lit: ReadonlySet<number>, toggle: () => void
): void {
  const place = select(group);
  place.selectAll("*").remove();
  const shown = nodes.filter((node) => node.proposed < upTo);
  if (shown.length === 0) {
    place.attr("tabindex", null).attr("role", null).attr("aria-label", null).attr("aria-expanded", null).on("click keydown", null);
    return;
  }
  place.attr("tabindex", 0).attr("role", "button").attr("aria-expanded", String(open))
    // The list, once open, is the name.
    .attr("aria-label", open ? null : labels.patch(shown.length))
    .on("click keydown", pressed(toggle));
  place.append("rect").attr("class", "patch-ground").attr("width", open ? 250 : boxWidth).attr("height", height).attr("rx", 3);
  nodes.forEach((node, i) => {
    if (node.proposed >= upTo) return;
    const [x, y] = places[i]!;
    const verdict = node.valued < upTo ? node.verdict : undefined;
    const most = verdict ? verdict.votes.indexOf(Math.max(...verdict.votes)) : -1;
    place.append("circle").attr("cx", x).attr("cy", y).attr("r", 3.2).attr("class", `${statusOf(node)}${lit.has(node.id) ? " lit" : ""}`)
      .style("fill", most < 0 ? "var(--ink-3)" : labelColors[most]!);
    if (open) place.append("text").attr("x", x + 9).attr("y", y + 4).attr("class", "patch-text").text(`${node.text}${verdict ? `, ${labels.votes(verdict.votes)}` : ""}`);
  });
}
