/** One cell drawn as the textbooks draw it, every value at its place. */
import {select} from "d3-selection";
import {numberText} from "../../notebook/number-text.js";
import type {ScalarStep, ScalarVariant} from "../scalar.js";
import type {CellKind} from "../shape.js";

interface Node {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly look: "gate" | "squash" | "op" | "state";
  readonly label: string;
  /** The value written under it. */
  readonly value?: string;
}

interface Diagram {
  readonly nodes: readonly Node[];
  /** Paths in the drawing's units, each with the part that lights it up. */
  readonly lines: readonly (readonly [part: string, path: string])[];
}

const state = (id: string, x: number, y: number, label: string): Node => ({id, x, y, look: "state", label, value: id});
const gate = (id: string, x: number, look: "gate" | "squash" = "gate"): Node => ({id, x, y: 196, look, label: look === "gate" ? "σ" : "tanh", value: id});
const op = (id: string, x: number, y: number, label: string): Node => ({id, x, y, look: "op", label});

const bus = (xs: readonly number[]) => [
  ["before", `M44,272 H${xs.at(-1)}`] as const, ["x", "M66,298 V272"] as const,
  ...xs.map((x) => ["bus", `M${x},272 V216`] as const)
];

const diagrams: Readonly<Record<CellKind, Diagram>> = {
  lstm: {
    nodes: [
      state("cellBefore", 20, 46, "c₍t−1₎"), state("c", 392, 46, "c"), state("before", 20, 272, "h₍t−1₎"), state("h", 392, 272, "h"), state("x", 66, 320, "x"),
      gate("f", 100), gate("i", 168), gate("g", 236, "squash"), gate("o", 304),
      op("keep", 100, 46, "×"), op("write", 202, 112, "×"), op("add", 202, 46, "+"), op("squash", 350, 96, "tanh"), op("show", 350, 160, "×")
    ],
    lines: [
      ["c", "M44,46 H370"], ["f", "M100,176 V58"], ["i", "M168,176 V112 H190"], ["g", "M236,176 V112 H214"], ["write", "M202,100 V58"],
      ["h", "M350,46 V84"], ["h", "M350,108 V148"], ["o", "M304,176 V160 H338"], ["h", "M350,172 V272 H370"], ...bus([100, 168, 236, 304])
    ]
  },
  gru: {
    nodes: [
      state("before", 20, 272, "h₍t−1₎"), state("h", 392, 46, "h"), state("x", 66, 320, "x"),
      gate("r", 110), gate("z", 200), gate("n", 300, "squash"), op("keep", 200, 46, "×"), op("reset", 150, 118, "×"), op("mix", 300, 46, "+"), op("rest", 250, 118, "1−")
    ],
    lines: [
      ["keep", "M44,272 V46 H188"], ["keep", "M212,46 H288"], ["h", "M312,46 H370"], ["r", "M110,176 V118 H138"], ["r", "M162,118 H176 V238 H300 V216"],
      ["z", "M200,176 V58"], ["z", "M200,118 H238"], ["n", "M300,176 V58"], ["n", "M262,118 H300"], ...bus([110, 200, 300])
    ]
  },
  rnn: {
    nodes: [state("before", 20, 272, "h₍t−1₎"), {...gate("h", 204, "squash")}, {...state("out", 392, 110, "h"), value: "h"}, state("x", 66, 320, "x")],
    lines: [["h", "M204,176 V110 H370"], ...bus([204])]
  }
};

/** From the cell's line down to the gates that see it; the output gate sees the new cell. */
const peepholes: Diagram["lines"] = [
  ["look-f", "M52,46 V150 H88 V176"], ["look-i", "M52,46 V150 H156 V176"], ["look-o", "M322,46 V140 H316 V176"]
];

export interface CellDiagram {
  readonly element: SVGSVGElement;
  show(kind: CellKind, step: ScalarStep, width: number, variant?: ScalarVariant): void;
  focus(parts: readonly string[]): void;
}

const labels = {diagram: (values: string) => `The cell's parts and their values now: ${values}`};
const size = {width: 420, height: 336};

export function cellDiagram(): CellDiagram {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("role", "img").attr("class", "cell-diagram");
  const lines = svg.append("g");
  const nodes = svg.append("g");
  return {
    element: svg.node()!,
    show(kind, step, width, {forgetGate = true, peephole} = {}) {
      const shown = Math.min(width, 560);
      svg.attr("viewBox", `0 0 ${size.width} ${size.height}`).attr("width", shown).attr("height", (shown * size.height) / size.width);
      const diagram = diagrams[kind];
      const values = diagram.nodes.filter(({value}) => value).map(({label, id, value}) => `${label === "σ" || label === "tanh" ? id : label} ${numberText(step[value!]!, 3)}`);
      svg.attr("aria-label", labels.diagram(values.join(", ")));
      const looks = kind === "lstm" && peephole ? peepholes.filter(([part]) => forgetGate || part !== "look-f") : [];
      lines.selectAll("path").data([...diagram.lines, ...looks]).join("path").attr("class", ([part]) => (part.startsWith("look-") ? "cell-line look" : "cell-line")).attr("d", ([, path]) => path).attr("data-part", ([part]) => part);
      const groups = nodes.selectAll<SVGGElement, Node>("g").data(diagram.nodes, ({id}) => kind + id).join((enter) => {
        const group = enter.append("g");
        group.append("rect").attr("class", "cell-box");
        group.append("rect").attr("class", "cell-level");
        group.append("text").attr("class", "cell-label").attr("text-anchor", "middle");
        group.append("text").attr("class", "cell-value").attr("text-anchor", "middle");
        return group;
      });
      groups.attr("class", ({look}) => `cell-node ${look}`).attr("data-part", ({id}) => id).attr("transform", ({x, y}) => `translate(${x},${y})`);
      const half = ({look}: Node) => (look === "gate" || look === "squash" ? 25 : look === "op" ? 13 : 0);
      groups.select(".cell-box").attr("x", (d) => -half(d)).attr("width", (d) => 2 * half(d)).attr("rx", ({look}) => (look === "op" ? 12 : 4))
        .attr("y", ({look}) => (look === "op" ? -12 : -20)).attr("height", ({look}) => (look === "op" ? 24 : look === "state" ? 0 : 40));
      // A gate fills as it opens.
      const level = ({look, value}: Node) => (look === "gate" ? 40 * step[value!]! : 0);
      groups.select(".cell-level").attr("x", -25).attr("width", 50).attr("height", level).attr("y", (d) => 20 - level(d));
      groups.select(".cell-label").attr("y", ({look}) => (look === "op" ? 4 : look === "state" ? -8 : -5))
        .text(({look, label, id}) => (id === "f" && !forgetGate ? "f = 1" : look === "gate" || look === "squash" ? `${id} = ${label}` : label));
      groups.select(".cell-value").attr("y", ({look}) => (look === "state" ? 9 : 12)).text(({value}) => (value ? numberText(step[value]!, 3) : ""));
    },
    focus(parts) {
      svg.selectAll<SVGElement, unknown>("[data-part]").classed("lit", function () {
        return parts.includes(this.dataset.part!);
      });
    }
  };
}
