/** One pair of boxes with its name above and its numbers, each with a bar, below. */
import {select} from "d3-selection";
import {numberText} from "../../notebook/number-text.js";
import type {Box} from "../iou.js";
import type {CoordinateDistance} from "../same-distance.js";
import type {BoxDrag} from "./box-drag.js";
import {distanceNames, kindColors, lossNames} from "./loss-look.js";
import type {AnyKind} from "./loss-look.js";

export interface Pair {
  readonly box: Box;
  readonly kind: CoordinateDistance;
  readonly distance: number;
  readonly iou: number;
  readonly giou: number;
}

export interface PairPanelOptions {
  readonly name: string;
  /** Size in data units. */
  readonly scene: {readonly width: number; readonly height: number};
  readonly target: Box;
  readonly targetName: string;
  /** The distance whose bar is as long as that of IoU 1. */
  readonly longest: number;
  /** The handles of a box that the reader moves. */
  readonly handles: BoxDrag | null;
}

export interface PairPanel {
  readonly element: HTMLElement;
  show(pair: Pair, width: number): void;
}

/** Room above the boxes for the name, and below for each number. */
const head = 22;
const line = 19;
/** Where numbers end, and where the bars' room begins: its left end is `lowest`, its right end 1. */
const numberEnd = 78;
const barStart = 84;
/** No box at these distances has a lower GIoU. */
const lowest = -0.45;

interface Reading {
  readonly kind: AnyKind;
  readonly name: string;
  readonly value: number;
  /** Of a bar of full length. */
  readonly share: number;
}

/** Three decimals each, so that the points stand under each other. */
const decimals = (value: number) => numberText(value, Math.abs(value) < 1 ? 3 : 4);

function readingsOf({kind, distance, iou, giou}: Pair, longest: number): readonly Reading[] {
  const norm = kind === "l2-corners" ? "l2" : "l1";
  return [
    {kind: norm, name: distanceNames[norm], value: distance, share: distance / longest},
    {kind: "iou", name: lossNames.iou, value: iou, share: iou},
    {kind: "giou", name: lossNames.giou, value: giou, share: giou}
  ];
}

export function pairPanel({name, scene, target, targetName, longest, handles}: PairPanelOptions): PairPanel {
  const element = document.createElement("div");
  element.className = "pair";
  const svg = select(element).append("svg").attr("class", "box-scene").attr("role", handles ? "group" : "img");
  svg.append("text").attr("class", "strong").attr("y", 14).text(name);
  const view = svg.append("g").attr("transform", `translate(0,${head})`);
  const frame = view.append("rect").attr("class", "scene-frame");
  const goal = view.append("rect").attr("class", "target");
  const prediction = view.append("rect").attr("class", "prediction");
  // One panel tells which box is the target; the others look alike.
  const goalName = handles && view.append("text").attr("class", "target-name").text(targetName);
  if (handles) view.node()!.append(handles.element);
  const numbers = svg.append("g");

  return {
    element,
    show(pair, width) {
      const scale = width / scene.width;
      const sceneHeight = Math.round(scene.height * scale);
      const readings = readingsOf(pair, longest);
      const height = head + sceneHeight + readings.length * line + 6;
      const text = readings.map((reading) => `${reading.name} ${decimals(reading.value)}`).join(", ");
      svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
      svg.attr("aria-label", `${name}: ${text}`);
      frame.attr("width", width).attr("height", sceneHeight);
      for (const [rect, [x1, y1, x2, y2]] of [[goal, target], [prediction, pair.box]] as const) {
        rect.attr("x", x1 * scale).attr("y", y1 * scale);
        rect.attr("width", (x2 - x1) * scale).attr("height", (y2 - y1) * scale);
      }
      goalName?.attr("x", target[0] * scale).attr("y", target[1] * scale - 6);
      handles?.show(pair.box, (x, y) => [x * scale, y * scale]);
      drawReadings(numbers.attr("transform", `translate(0,${head + sceneHeight + line})`), readings, width);
    }
  };
}

type Group = ReturnType<typeof select<SVGGElement, unknown>>;

/** Name, number and bar, a line each; bars start from one zero, so that equal distances are seen to be equal. */
function drawReadings(group: Group, readings: readonly Reading[], width: number): void {
  const zero = barStart + (-lowest / (1 - lowest)) * (width - barStart);
  const full = width - zero;
  group
    .selectAll<SVGTextElement, Reading>("text.name")
    .data(readings)
    .join((enter) => enter.append("text").attr("class", "name").attr("y", (_, i) => i * line))
    .style("fill", ({kind}) => kindColors[kind])
    .text((reading) => reading.name);
  group
    .selectAll<SVGTextElement, Reading>("text.value")
    .data(readings)
    .join((enter) => enter.append("text").attr("class", "value").attr("x", numberEnd).attr("y", (_, i) => i * line))
    .text(({value}) => decimals(value));
  group
    .selectAll<SVGRectElement, Reading>("rect")
    .data(readings)
    .join((enter) => enter.append("rect").attr("height", 8).attr("y", (_, i) => i * line - 8))
    .style("fill", ({kind}) => kindColors[kind])
    .attr("x", ({share}) => zero + Math.min(0, share) * full)
    .attr("width", ({share}) => Math.abs(share) * full);
  group
    .selectAll("line")
    .data([zero])
    .join("line")
    .attr("class", "zero")
    .attr("x1", zero).attr("x2", zero)
    .attr("y1", -12).attr("y2", (readings.length - 1) * line + 4);
}
