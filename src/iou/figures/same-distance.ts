/** Figure: boxes at equal coordinate distance from a target whose IoU differs (GIoU paper, Fig. 1), and the reader's. */
import {html} from "htl";
import {select} from "d3-selection";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, numberField, vectorField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {giou, iou} from "../iou.js";
import type {Box} from "../iou.js";
import {atDistance, boxesAtDistance, coordinateDistance} from "../same-distance.js";
import {boxDrag} from "./box-drag.js";
import type {BoxDrag} from "./box-drag.js";
import {predictionColor} from "./loss-look.js";

const labels = {
  title: "Same distance, different IoU",
  caption:
    "Every blue box is exactly as far from the black target as every other, by the coordinates that older detectors " +
    "regressed; IoU tells them apart. The first is yours: drag it, and it keeps its distance. The others are found on " +
    "your machine: the best overlap at this distance, the worst, and two between.",
  distance: "Distance",
  distances: {"l2-corners": "L2 of the corners", "l1-center": "L1 of centre and size"},
  radius: "How far",
  own: "Yours",
  names: ["best", "", "", "worst"],
  prediction: "Your box",
  none: "At this distance in that direction the box would be inside out: pull another way.",
  short: {"l2-corners": "L2", "l1-center": "L1"}
};

const scene = {width: 6, height: 5};
const target: Box = [2, 1.75, 4, 3.25];

const schema = {
  distance: choiceField({label: labels.distance, default: "l2-corners", options: labels.distances}),
  radius: numberField({label: labels.radius, default: 1.2, min: 0.1, max: 2, step: 0.01}),
  own: vectorField({label: labels.prediction, default: [2.6, 2.35, 4.6, 3.85], min: 0, max: 6, control: false})
};
type State = StateOf<typeof schema>;

interface Panel {
  readonly name: string;
  readonly box: Box;
}

/** The reader's box, put at the distance; where that cannot be, the target moved aside by it. */
function ownBox({distance, radius, own}: State): Box {
  const aside: Box = [target[0] + 1, target[1], target[2] + 1, target[3]];
  return atDistance(distance, own as unknown as Box, target, radius) ?? atDistance(distance, aside, target, radius)!;
}

export const sameDistance = defineFigure({
  id: "iou/same-distance",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let found: readonly Box[] = [];
    let searched = "";
    let panels: readonly Panel[] = [];
    let scale = 1;
    const handles = boxDrag({
      label: labels.prediction,
      color: predictionColor,
      bounds: () => [0, 0, scene.width, scene.height],
      get: () => ownBox(context.state()),
      set: (box) => {
        const {distance, radius} = context.state();
        const moved = atDistance(distance, box, target, radius);
        if (moved) context.change({own: moved.map((v) => Number(v.toFixed(4)))});
        else context.say(labels.none);
      },
      unitsPerPixel: () => 1 / scale,
      keyStride: 0.05
    });
    const body = html`<div class="same-distance"></div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        const key = `${state.distance} ${state.radius}`;
        if (key !== searched) found = boxesAtDistance(state.distance, target, state.radius, 4);
        searched = key;
        panels = [{name: labels.own, box: ownBox(state)}, ...found.map((box, i) => ({name: labels.names[i]!, box}))];
        const columns = width > 900 ? 5 : width > 560 ? 3 : 2;
        const panelWidth = Math.floor((width - 16 * (columns - 1)) / columns);
        scale = panelWidth / scene.width;
        body.style.gridTemplateColumns = `repeat(${columns}, ${panelWidth}px)`;
        select(body)
          .selectAll<HTMLElement, Panel>("div.pair")
          .data(panels)
          .join((enter) => enter.append(() => pairPanel()))
          .each(function (panel, i) {
            drawPair(this, panel, state.distance, panelWidth, i === 0 ? handles : null);
          });
      },
      data: () => panels.map((panel) => pairRow(panel, context.state().distance))
    };
  }
});

function pairPanel(): HTMLElement {
  return html`<div class="pair"><svg class="box-scene" role="group"><rect class="scene-frame"></rect><rect
    class="target"></rect><rect class="prediction"></rect></svg><p class="pair-numbers"></p></div>`;
}

function drawPair(element: HTMLElement, {name, box}: Panel, kind: State["distance"], width: number, handles: BoxDrag | null): void {
  const scale = width / scene.width;
  const height = scene.height * scale;
  const svg = select(element).select<SVGSVGElement>("svg");
  svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`).attr("aria-label", name || "pair");
  svg.select(".scene-frame").attr("width", width).attr("height", height);
  for (const [part, [x1, y1, x2, y2]] of [[".target", target], [".prediction", box]] as const) {
    svg.select(part).attr("x", x1 * scale).attr("y", y1 * scale).attr("width", (x2 - x1) * scale).attr("height", (y2 - y1) * scale);
  }
  if (handles) {
    if (!handles.element.isConnected) svg.node()!.append(handles.element);
    handles.show(box, (x, y) => [x * scale, y * scale]);
  }
  const numbers = pairRow({name, box}, kind);
  element.querySelector(".pair-numbers")!.replaceChildren(
    html`<span><strong>IoU ${numberText(numbers.IoU, 3)}</strong> <em>${name}</em></span>
      <span>${labels.short[kind]} ${numberText(numbers.distance, 3)}, GIoU ${numberText(numbers.GIoU, 3)}</span>`
  );
}

function pairRow({name, box}: Panel, kind: State["distance"]): Row & {IoU: number; GIoU: number; distance: number} {
  const [x1, y1, x2, y2] = box;
  return {
    pair: name, x1, y1, x2, y2,
    distance: coordinateDistance(kind, box, target),
    IoU: iou(box, target),
    GIoU: giou(box, target)
  };
}
