/** A tree as boxes and lines; a node can be chosen by pointer or keyboard, and a row's path lights up. */
import {hierarchy, tree as layout} from "d3";
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
  gain: "gain",
  cover: "cover",
  node: (text: string, gain: string, cover: string) => `${text}, gain ${gain}, cover ${cover}`,
  missing: "missing ↙",
  missingRight: "missing ↘"
};
interface Item {
  readonly node: number;
  readonly children: readonly Item[];
}
const itemOf = ({left, right}: Tree, node: number): Item => ({
  node,
  children: left[node]! < 0 ? [] : [itemOf({left, right} as Tree, left[node]!), itemOf({left, right} as Tree, right[node]!)]
});

export function treeView(onNode: (node: number) => void) {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("class", "tree-view").attr("role", "group").attr("aria-label", labels.tree);
  const lines = svg.append("g").attr("class", "tree-lines");
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
      const rowHeight = 64;
      const height = 50 + root.height * rowHeight;
      const placed = layout<Item>().size([width - 84, Math.max(1, root.height * rowHeight)]).separation(() => 1)(root);
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const at = (point: {x: number; y: number}) => [point.x + 42, point.y + 20] as const;
      const onPath = new Set(path);
      lines.selectAll("path").data(placed.links()).join("path")
        .attr("class", ({target}) => (onPath.has(target.data.node) ? "on-path" : null))
        .attr("d", ({source, target}) => `M${at(source).join()}L${at(target).join()}`);
      const textOf = (node: number) =>
        tree.left[node]! < 0
          ? numberText(rate * tree.value[node]!, 3)
          : `${names[tree.feature[node]!]!.split(",")[0]} ${tree.inclusive ? "≤" : "<"} ${numberText(tree.threshold[node]!, 3)}`;
      const small = root.leaves().length * 74 > width;
      const groups = nodes.selectAll<SVGGElement, (typeof placed)[]>("g").data(placed.descendants()).join("g")
        .attr("transform", (point) => `translate(${at(point).join()})`).attr("tabindex", 0).attr("role", "button")
        .attr("class", ({data: {node}}) => ["tree-node", tree.left[node]! < 0 && "leaf", node === chosen && "chosen", onPath.has(node) && "on-path"].filter(Boolean).join(" "))
        .attr("aria-label", ({data: {node}}) => labels.node(textOf(node), numberText(tree.gain[node]!, 3), numberText(tree.cover[node]!, 3)))
        .on("click keydown", (event: Event, {data}) => choose(event, data.node));
      groups.selectAll("circle").data((point) => [point]).join("circle").attr("r", ({data: {node}}) => (tree.left[node]! < 0 ? 5 : 6.5));
      groups.selectAll("text").data((point) => [point]).join("text").attr("class", "on-paper").attr("text-anchor", "middle")
        .attr("y", ({data: {node}}) => (tree.left[node]! < 0 ? 20 : -10))
        .style("font-size", small ? "9.5px" : "12px")
        .text(({data: {node}}) => textOf(node));
    }
  };
}
