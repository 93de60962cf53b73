/** The race's plane: target and start to drag, each loss's box where it is now and the way its centre took. */
import {select} from "d3-selection";
import {toCorners} from "../box.js";
import type {Box} from "../iou.js";
import type {Lane} from "../race.js";
import {boxDrag} from "./box-drag.js";
import {kindColors, predictionColor, targetColor} from "./loss-look.js";

export interface RaceSceneOptions {
  /** Size in data units. */
  readonly width: number;
  readonly height: number;
  readonly labels: {readonly title: string; readonly start: string; readonly target: string};
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
  const target = boxDrag({...shared, label: labels.target, color: targetColor, get: options.target, set: options.moveTarget});
  const start = boxDrag({...shared, label: labels.start, color: predictionColor, get: options.start, set: options.moveStart});
  svg.node()!.append(target.element, start.element);
  start.element.classList.add("dashed");

  return {
    element: svg.node()!,
    show(lanes, step, pixelWidth) {
      scale = pixelWidth / width;
      const toScreen = (x: number, y: number) => [x * scale, y * scale] as const;
      svg.attr("width", pixelWidth).attr("height", height * scale).attr("viewBox", `0 0 ${pixelWidth} ${height * scale}`);
      frame.attr("width", pixelWidth).attr("height", height * scale);
      ways
        .selectAll("path")
        .data(lanes)
        .join("path")
        .style("stroke", ({kind}) => kindColors[kind])
        .attr("d", ({path}) => wayPath(path.slice(0, step + 1), scale));
      boxes
        .selectAll("rect")
        .data(lanes)
        .join("rect")
        .style("stroke", ({kind}) => kindColors[kind])
        .each(function ({path}) {
          const [x1, y1, x2, y2] = toCorners(path[Math.min(step, path.length - 1)]!.box).map((v) => v * scale) as unknown as Box;
          select(this)
            .attr("x", x1)
            .attr("y", y1)
            .attr("width", Math.max(0, x2 - x1))
            .attr("height", Math.max(0, y2 - y1));
        });
      target.show(options.target(), toScreen);
      start.show(options.start(), toScreen);
    }
  };
}

function wayPath(path: Lane["path"], scale: number): string {
  return `M${path.map(({box: [x, y]}) => `${(x * scale).toFixed(1)} ${(y * scale).toFixed(1)}`).join("L")}`;
}
