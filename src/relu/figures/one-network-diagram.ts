/** The network as columns of maps: what each hidden unit answers over the inputs, and the weights between them. */
import {select} from "d3-selection";
import {html} from "htl";
import {paintField} from "../../notebook/color-scale.js";
import {themeColor} from "../../notebook/theme.js";
import type {Layout} from "../../networks/layout.js";
import {placeOf} from "../neuron-step.js";
import type {UnitMaps} from "./one-network-maps.js";

const labels = {
  diagram: "The network’s hidden units; arrow keys pick another",
  dead: "dead",
  output: "out"
};

export interface DiagramState {
  readonly layout: Layout;
  readonly parameters: Float64Array;
  readonly maps: UnitMaps | null;
  /** Share of points at which each unit is silent. */
  readonly silent: Float32Array;
  readonly unit: number;
  readonly width: number;
  readonly height: number;
}

export interface Diagram {
  readonly element: HTMLElement;
  show(state: DiagramState): void;
  focus(parts: readonly string[]): void;
}

export interface DiagramOptions {
  readonly onPick: (unit: number) => void;
  /** Arrow keys: so many layers and units on. */
  readonly onNudge: (layers: number, units: number) => void;
}

interface Spot {
  readonly x: number;
  readonly y: number;
  /** Half a side. */
  readonly half: number;
}

/** Where inputs, units and outputs stand, [layers][index]. */
function spotsOf({layers}: Layout, width: number, height: number): readonly (readonly Spot[])[] {
  const [left, right, top] = [26, 26, 16];
  const widest = Math.max(...layers.slice(1, -1));
  const apart = (width - left - right) / (layers.length - 1);
  const tile = Math.floor(Math.min(52, (height - top) / widest - 4, 0.62 * apart));
  return layers.map((size, layer) => {
    const hidden = layer > 0 && layer < layers.length - 1;
    const gap = Math.min((height - top) / size, hidden ? tile + 14 : 80);
    return Array.from({length: size}, (_, i) => ({
      x: left + layer * apart,
      y: top + (height - top) / 2 + (i - (size - 1) / 2) * gap,
      half: hidden ? tile / 2 : 9
    }));
  });
}

export function diagram({onPick, onNudge}: DiagramOptions): Diagram {
  const canvas = html`<canvas class="net-maps"></canvas>` as HTMLCanvasElement;
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "net-marks")
    .attr("tabindex", 0)
    .attr("role", "application")
    .attr("aria-label", labels.diagram);
  const wires = svg.append("g").attr("class", "wires");
  const incoming = svg.append("g").attr("class", "wires picked");
  const outgoing = svg.append("g").attr("class", "wires picked");
  const tiles = svg.append("g");
  const names = svg.append("g").attr("class", "net-names");
  const element = html`<div class="net-stack">${canvas}${svg.node()}</div>`;
  svg.on("keydown", (event: KeyboardEvent) => {
    const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
    if (!way) return;
    event.preventDefault();
    onNudge(way[0]!, way[1]!);
  });
  return {
    element,
    show(state) {
      const {layout, silent, unit, width, height} = state;
      const spots = spotsOf(layout, width, height);
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      const units = spots.slice(1, -1).flat();
      paintTiles(canvas, units, state);
      const {layer, index} = placeOf(layout, unit);
      const all = wiresOf(state, spots);
      drawWires(wires, all, 5);
      drawWires(incoming, all.filter((wire) => wire.layer === layer - 1 && wire.to === index), 5);
      drawWires(outgoing, all.filter((wire) => wire.layer === layer && wire.from === index), 5);
      tiles
        .selectAll<SVGRectElement, Spot>("rect")
        .data(units)
        .join("rect")
        .attr("class", (_, i) => `net-unit${i === unit ? " picked" : ""}${silent[i] === 1 ? " dead" : ""}`)
        .attr("x", ({x, half}) => x - half)
        .attr("y", ({y, half}) => y - half)
        .attr("width", ({half}) => 2 * half)
        .attr("height", ({half}) => 2 * half)
        .on("click", (_, spot) => onPick(units.indexOf(spot)));
      tiles
        .selectAll("path")
        .data(units.filter((_, i) => silent[i] === 1))
        .join("path")
        .attr("class", "net-cross")
        .attr("d", ({x, y, half: h}) => `M${x - h} ${y - h}L${x + h} ${y + h}M${x - h} ${y + h}L${x + h} ${y - h}`);
      const ends = spots[0]!.map((spot, i) => ({...spot, name: spots[0]!.length === 1 ? "x" : `x${"₁₂"[i]}`, at: spot.x - 6}));
      const outs = spots[spots.length - 1]!.map((spot) => ({...spot, name: labels.output, at: spot.x + 12}));
      names
        .selectAll("text")
        .data([...ends, ...outs])
        .join("text")
        .attr("x", ({at}) => at)
        .attr("y", ({y}) => y + 4)
        .attr("text-anchor", "middle")
        .text(({name}) => name);
    },
    focus(parts) {
      incoming.classed("lit", parts.includes("in"));
      outgoing.classed("lit", parts.includes("out"));
      tiles.classed("lit", parts.includes("unit"));
    }
  };
}

interface Wire {
  readonly layer: number;
  readonly from: number;
  readonly to: number;
  readonly path: string;
  /** Of its layer's largest weight, with its sign. */
  readonly share: number;
}

function wiresOf({layout, parameters}: DiagramState, spots: readonly (readonly Spot[])[]): readonly Wire[] {
  const {layers, weights, biases} = layout;
  return weights.flatMap((first, layer) => {
    const values = parameters.subarray(first, biases[layer]);
    const most = values.reduce((max, weight) => Math.max(max, Math.abs(weight)), 1e-9);
    return Array.from(values, (weight, k) => {
      const [to, from] = [Math.floor(k / layers[layer]!), k % layers[layer]!];
      const [a, b] = [spots[layer]![from]!, spots[layer + 1]![to]!];
      const [x1, x2] = [a.x + a.half + 1, b.x - b.half - 1];
      const middle = (x1 + x2) / 2;
      return {layer, from, to, share: weight / most, path: `M${x1} ${a.y}C${middle} ${a.y} ${middle} ${b.y} ${x2} ${b.y}`};
    });
  });
}

/** One path for all wires of a sign and about a width: a few elements in place of hundreds. */
function drawWires(group: ReturnType<typeof select<SVGGElement, unknown>>, wires: readonly Wire[], buckets: number): void {
  const paths = [-1, 1].flatMap((sign) =>
    Array.from({length: buckets}, (_, bucket) => ({
      sign,
      width: 0.35 + (2.8 * bucket) / (buckets - 1),
      d: wires
        .filter(({share}) => share * sign > 0 && Math.min(buckets - 1, Math.floor(Math.abs(share) * buckets)) === bucket)
        .map(({path}) => path)
        .join("")
    }))
  );
  group
    .selectAll("path")
    .data(paths)
    .join("path")
    .attr("d", ({d}) => d)
    .attr("class", ({sign}) => (sign > 0 ? "plus" : "minus"))
    .attr("stroke-width", ({width}) => width);
}

function paintTiles(canvas: HTMLCanvasElement, units: readonly Spot[], {maps, width, height, layout}: DiagramState): void {
  const density = Math.min(2, devicePixelRatio);
  Object.assign(canvas, {width: width * density, height: height * density});
  Object.assign(canvas.style, {width: `${width}px`, height: `${height}px`});
  const context = canvas.getContext("2d");
  if (!context || maps?.columns !== layout.units + 1) return;
  context.scale(density, density);
  const line = maps.open.config.layers[0] === 1;
  const scratch = Object.assign(document.createElement("canvas"), {width: maps.side, height: maps.side});
  units.forEach(({x, y, half}, unit) => {
    const range = rangeOf(maps, unit);
    const box = {x: x - half, y: y - half, size: 2 * half};
    if (line) return strokeLine(context, maps, unit, range, box);
    paintField(scratch, maps.values.subarray(unit), maps.columns, range);
    context.drawImage(scratch, box.x, box.y, box.size, box.size);
  });
}

/** From 0, or what is below it, to the largest. */
function rangeOf({values, columns}: UnitMaps, unit: number): readonly [number, number] {
  let [low, high] = [0, 1e-6];
  for (let k = unit; k < values.length; k += columns) {
    low = Math.min(low, values[k]!);
    high = Math.max(high, values[k]!);
  }
  return [low, high];
}

function strokeLine(
  context: CanvasRenderingContext2D, {values, columns, side}: UnitMaps, unit: number, [low, high]: readonly [number, number],
  {x, y, size}: {readonly x: number; readonly y: number; readonly size: number}
): void {
  context.beginPath();
  for (let i = 0; i < side; i++) {
    const share = (values[i * columns + unit]! - low) / (high - low);
    context.lineTo(x + (size * (i + 0.5)) / side, y + size - 3 - (size - 6) * share);
  }
  context.strokeStyle = `rgb(${themeColor("--ink", context.canvas).join(",")})`;
  context.lineWidth = 1.5;
  context.stroke();
}
