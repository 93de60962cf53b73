/** A tree as boxes and lines; a node can be chosen by pointer or keyboard, and a row's path lights up. */
import {hierarchy, tree as layout} from "d3";
import type {HierarchyPointLink, HierarchyPointNode} from "d3";
import {select} from "d3-selection";
import {numberText} from "../../notebook/number-text.js";
import type {Tree} from "../tree.js";

export interface TreeViewState {
  readonly tree: Tree;
  readonly names: readonly string[];
  readonly node: number;
  readonly path: readonly number[];
  readonly rate: number;
  readonly width: number;
}

const labels = {
  tree: "The tree of this round",
  node: (text: string, gain: string, cover: string, missing: string) => `${text}, gain ${gain}, cover ${cover}${missing}`,
  leaf: (value: string, cover: string) => `leaf ${value}, gain 0, cover ${cover}`,
  missing: {left: ", missing values go left", right: ", missing values go right", none: ""},
  not: (feature: string, value: string) => `${feature} ≠ ${value}`
};
interface Item {
  readonly node: number;
  readonly children: readonly Item[];
}
const itemOf = ({left, right}: Pick<Tree, "left" | "right">, node: number): Item => ({
  node,
  children: left[node]! < 0 ? [] : [itemOf({left, right}, left[node]!), itemOf({left, right}, right[node]!)]
});

/** The question of a node, to which yes leads left. A feature that says “odor=foul” by 0 and 1 is asked for in words. */
export function questionOf({feature, threshold, inclusive}: Tree, node: number, names: readonly string[]): string {
  const name = names[feature[node]!] ?? `f${feature[node]}`;
  const at = name.indexOf("=");
  if (at > 0 && threshold[node]! >= 0 && threshold[node]! <= 1) return labels.not(name.slice(0, at), name.slice(at + 1));
  return `${name.split(",")[0]} ${inclusive ? "≤" : "<"} ${numberText(threshold[node]!, 3)}`;
}

const [side, rowHeight, top, bottom] = [40, 66, 22, 30];

export function treeView(onNode: (node: number) => void) {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("class", "tree-view").attr("role", "group").attr("aria-label", labels.tree);
  const lines = svg.append("g").attr("class", "tree-lines");
  const defaults = svg.append("g").attr("class", "tree-defaults");
  const nodes = svg.append("g");
  const choose = (event: Event, node: number) => {
    if (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onNode(node);
  };
  return {
    element: svg.node()!,
    show({tree, names, node: chosen, path, rate, width}: TreeViewState) {
      const root = hierarchy(itemOf(tree, 0), ({children}) => [...children]);
      const height = top + bottom + root.height * rowHeight;
      const placed = layout<Item>().size([width - 2 * side, Math.max(1, root.height * rowHeight)]).separation(() => 1)(root);
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const at = (point: {x: number; y: number}) => [point.x + side, point.y + top] as const;
      const onPath = new Set(path);
      const links = placed.links();
      lines.selectAll("path").data(links).join("path")
        .attr("class", ({target}) => (onPath.has(target.data.node) ? "on-path" : null))
        .attr("d", ({source, target}) => `M${at(source).join()}L${at(target).join()}`);
      // scikit-learn's trees know no missing values.
      const ways = tree.inclusive ? [] : links.filter((link) => isDefault(tree, link));
      const along = ({source, target}: HierarchyPointLink<Item>, axis: 0 | 1) => at(source)[axis] + 0.42 * (at(target)[axis] - at(source)[axis]);
      defaults.selectAll("circle").data(ways).join("circle").attr("r", 3).attr("cx", (link) => along(link, 0)).attr("cy", (link) => along(link, 1));
      const isLeaf = (node: number) => tree.left[node]! < 0;
      const leafText = (node: number) => numberText(rate * tree.value[node]!, 3);
      const ariaOf = (node: number) => {
        const cover = numberText(tree.cover[node]!, 3);
        if (isLeaf(node)) return labels.leaf(leafText(node), cover);
        const way = tree.inclusive ? "none" : tree.defaultLeft[node] ? "left" : "right";
        return labels.node(questionOf(tree, node, names), numberText(tree.gain[node]!, 3), cover, labels.missing[way]);
      };
      const groups = nodes.selectAll<SVGGElement, HierarchyPointNode<Item>>("g").data(placed.descendants()).join("g")
        .attr("transform", (point) => `translate(${at(point).join()})`).attr("tabindex", 0).attr("role", "button")
        .attr("class", ({data: {node}}) => ["tree-node", isLeaf(node) && "leaf", node === chosen && "chosen", onPath.has(node) && "on-path"].filter(Boolean).join(" "))
        .attr("aria-label", ({data: {node}}) => ariaOf(node))
        .on("click keydown", (event: Event, {data}) => choose(event, data.node));
      groups.selectAll("circle").data((point) => [point]).join("circle").attr("r", ({data: {node}}) => (isLeaf(node) ? 5 : 6.5));
      const roomOf = (depth: number) => (width - 2 * side) / 2 ** depth;
      groups.selectAll("text").data((point) => [point]).join("text").attr("class", "on-paper").attr("text-anchor", "middle")
        .attr("y", ({data: {node}}) => (isLeaf(node) ? 20 : -11))
        .style("font-size", ({data: {node}, depth}) => `${sizeFor(isLeaf(node) ? leafText(node) : questionOf(tree, node, names), roomOf(depth))}px`)
        .text(({data: {node}}) => (isLeaf(node) ? leafText(node) : questionOf(tree, node, names)));
    }
  };
}

const isDefault = ({left, defaultLeft}: Tree, {source, target}: HierarchyPointLink<Item>) =>
  (target.data.node === left[source.data.node]) === (defaultLeft[source.data.node] === 1);

/** Letters are about half as wide as high. */
const sizeFor = (text: string, room: number) => Math.max(8.5, Math.min(12.5, (room - 4) / (0.52 * text.length)));
