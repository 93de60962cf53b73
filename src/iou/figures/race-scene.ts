/** The race's plane: target and start to drag, each loss's box where it is now, named, and the way its centre took. */
import {select} from "d3-selection";
import {numberText} from "../../notebook/number-text.js";
import {toCorners} from "../box.js";
import type {Box} from "../iou.js";
import {laneAt} from "../race.js";
import type {Lane} from "../race.js";
import {boxDrag} from "./box-drag.js";
import {kindColors, kindNames, predictionColor, targetColor} from "./loss-look.js";
import {placeLabels} from "./scene-labels.js";
import type {SceneLabel} from "./scene-labels.js";

export interface RaceSceneOptions {
  /** Size in data units. */
  readonly width: number;
  readonly height: number;
  readonly labels: {
    readonly title: string;
    readonly start: string;
    readonly target: string;
    readonly startShort: string;
    readonly targetShort: string;
  };
  readonly start: () => Box;
  readonly target: () => Box;
  readonly moveStart: (box: Box) => void;
  readonly moveTarget: (box: Box) => void;
}

export interface RaceScene {
  readonly element: SVGSVGElement;
  show(lanes: readonly Lane[], step: number, pixelWidth: number): void;
}

export function raceScene(options: RaceSceneOptions): RaceScene {
  const {width, height, labels} = options;
  let scale = 1;
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("class", "box-scene race-scene")
    .attr("role", "group")
    .attr("aria-label", labels.title);
  const frame = svg.append("rect").attr("class", "scene-frame");
  const ways = svg.append("g").attr("class", "race-ways");
  const boxes = svg.append("g").attr("class", "race-boxes");
  const shared = {bounds: (): Box => [0, 0, width, height], unitsPerPixel: () => 1 / scale, keyStride: 0.05};
  const {moveTarget, moveStart} = options;
  const target = boxDrag({...shared, label: labels.target, color: targetColor, get: options.target, set: moveTarget});
  const start = boxDrag({...shared, label: labels.start, color: predictionColor, get: options.start, set: moveStart});
  svg.node()!.append(target.element, start.element);
  start.element.classList.add("dashed");
  const names = svg.append("g").attr("class", "race-names");

  const labelsAt = (lanes: readonly Lane[], step: number): readonly SceneLabel[] => {
    const onScreen = (box: Box) => box.map((v) => v * scale) as unknown as Box;
    return [
      {text: labels.targetShort, color: targetColor, box: onScreen(options.target()), side: "below"},
      {text: labels.startShort, color: predictionColor, box: onScreen(options.start()), side: "below"},
      ...lanes.map((lane): SceneLabel => {
        const {box, iou} = laneAt(lane, step);
        const text = `${kindNames[lane.kind]} ${hasEnded(lane, step) ? "×" : numberText(iou, 2)}`;
        return {text, color: kindColors[lane.kind], box: onScreen(toCorners(box)), side: "above"};
      })
    ];
  };

  return {
    element: svg.node()!,
    show(lanes, step, pixelWidth) {
      scale = pixelWidth / width;
      const pixelHeight = Math.round(height * scale);
      const toScreen = (x: number, y: number) => [x * scale, y * scale] as const;
      svg.attr("width", pixelWidth).attr("height", pixelHeight).attr("viewBox", `0 0 ${pixelWidth} ${pixelHeight}`);
      frame.attr("width", pixelWidth).attr("height", pixelHeight);
      ways
        .selectAll("path")
        .data(lanes)
        .join("path")
        .style("stroke", ({kind}) => kindColors[kind])
        .attr("d", ({path}) => wayPath(path.slice(0, step + 1), scale));
      boxes
        .selectAll("path")
        .data(lanes)
        .join("path")
        .style("stroke", ({kind}) => kindColors[kind])
        .classed("ended", (lane) => hasEnded(lane, step))
        .attr("d", (lane) => boxPath(toCorners(laneAt(lane, step).box), scale));
      target.show(options.target(), toScreen);
      start.show(options.start(), toScreen);
      names
        .selectAll("text")
        .data(placeLabels(labelsAt(lanes, step), pixelWidth, pixelHeight))
        .join("text")
        .attr("class", "end-label")
        .style("fill", ({color}) => color)
        .attr("x", ({x}) => x)
        .attr("y", ({y}) => y)
        .text(({text}) => text);
    }
  };
}

const hasEnded = ({divergedAt}: Lane, step: number) => divergedAt !== null && divergedAt <= step;

function boxPath(box: Box, scale: number): string {
  const [x1, y1, x2, y2] = box.map((v) => (v * scale).toFixed(1));
  return `M${x1} ${y1}H${x2}V${y2}H${x1}Z`;
}

function wayPath(path: Lane["path"], scale: number): string {
  return `M${path.map(({box: [x, y]}) => `${(x * scale).toFixed(1)} ${(y * scale).toFixed(1)}`).join("L")}`;
}
