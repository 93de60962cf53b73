/** One method on one puzzle: the policy's mass as nested strips, and over it what the method judged, kept and found. */
import {select} from "d3-selection";
import type {Hand} from "../game24.js";
import {positionIn} from "../game24.js";
import type {PolicyNode} from "../policy-tree.js";
import {positionKey} from "../position.js";
import {pathTo} from "../trace.js";
import type {Trace} from "../trace.js";

export interface MassPanelState {
  readonly nodes: readonly PolicyNode[];
  readonly by: "policy" | "equal";
  readonly trace: Trace<Hand>;
  readonly width: number;
}

const height = 190;
const columns = 3;

/** Names of a trace's paths as the policy tree names them, by what became of them. */
export function pathsOf(trace: Trace<Hand>): {readonly judged: ReadonlySet<string>; readonly kept: ReadonlySet<string>; readonly solved: string | null} {
  const [judged, kept] = [new Set<string>(), new Set<string>()];
  const nameOf = (id: number) => pathTo(trace.nodes, id).slice(1).map(({state}) => positionKey(positionIn(state))).join("|");
  for (const node of trace.nodes) {
    if (node.parent < 0) continue;
    if (node.kept < Infinity) kept.add(nameOf(node.id));
    else if (node.valued < Infinity) judged.add(nameOf(node.id));
  }
  const last = trace.events.at(-1);
  return {judged, kept, solved: last?.kind === "solve" ? nameOf(last.node) : null};
}

export function massPanel(label: string, color: string) {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img").attr("aria-label", label).attr("class", "mass-panel");
  const ground = svg.append("g");
  const strips = svg.append("g");
  return {
    element: svg.node()!,
    show({nodes, by, trace, width}: MassPanelState) {
      const column = width / columns;
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      ground.selectAll("rect").data([0, 1, 2]).join("rect").attr("x", (i) => i * column + 1).attr("width", column - 2).attr("height", height).attr("class", "mass-ground");
      const {judged, kept, solved} = pathsOf(trace);
      // What is thinner than half a pixel is drawn only where the method went.
      const shown = nodes.filter((node) => (node[by][1] - node[by][0]) * height > 0.5 || kept.has(node.path));
      strips.selectAll<SVGRectElement, PolicyNode>("rect").data(shown, ({path}) => path).join("rect")
        .attr("x", ({depth}) => (depth - 1) * column + 1).attr("width", column - 2)
        .attr("y", (node) => node[by][0] * height).attr("height", (node) => Math.max(kept.has(node.path) ? 1.5 : 0.5, (node[by][1] - node[by][0]) * height - 0.5))
        .attr("class", ({path}) => (path === solved ? "mass solved" : kept.has(path) ? "mass kept" : judged.has(path) ? "mass judged" : "mass"))
        .style("fill", ({path}) => (path === solved ? "var(--c3)" : kept.has(path) || judged.has(path) ? color : null))
        .selectAll("title").data(({text}) => [text]).join("title").text((text) => text);
      const labelled = shown.filter((node) => (node[by][1] - node[by][0]) * height > 13);
      strips.selectAll<SVGTextElement, PolicyNode>("text").data(labelled, ({path}) => path).join("text")
        .attr("x", ({depth}) => (depth - 1) * column + 5).attr("y", (node) => ((node[by][0] + node[by][1]) / 2) * height + 4)
        .attr("class", ({path}) => (path === solved || kept.has(path) ? "mass-name taken" : "mass-name"))
        .text(({text}) => (column > 92 ? text : text.split("=")[0]!));
    }
  };
}
