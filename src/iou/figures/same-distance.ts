/** Figure: boxes equally far from a target by their coordinates, of different IoU (GIoU paper, Fig. 1), one to drag. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {choiceField, flagField, numberField, vectorField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {ordered} from "../box.js";
import {giou, iou} from "../iou.js";
import type {Box} from "../iou.js";
import {atDistance, boxesAtDistance, coordinateDistance} from "../same-distance.js";
import {boxDrag} from "./box-drag.js";
import {predictionColor} from "./loss-look.js";
import {pairPanel} from "./same-distance-pair.js";
import type {Pair} from "./same-distance-pair.js";

const labels = {
  title: "Same distance, different IoU",
  caption:
    "Every blue box is exactly as far from the black target as the others, by the coordinates that older detectors " +
    "regressed; IoU tells them apart. The first is yours: drag it, pull its corners, or use the arrow keys, and it " +
    "keeps its distance. The others are found on your machine, among boxes whose sides are at least a third of the " +
    "target's: the highest IoU at this distance, the lowest, and two between.",
  distance: "Measured as",
  distances: {"l2-corners": "L2 of the corners", "l1-center": "L1 of centre and size"},
  radius: "Distance",
  keep: "Keep the distance while dragging",
  own: "Yours",
  target: "target",
  names: ["Highest IoU", "In between", "In between", "Lowest IoU"],
  prediction: "Your box",
  none: "A box that only shrinks cannot get that far from the target: pull another way."
};

const scene = {width: 6, height: 5};
const target: Box = [2, 1.75, 4, 3.25];
/** The reader's box keeps sides of at least this share of the target's. */
const smallestShare = 0.05;
const radii = {min: 0.1, max: 1.7};

const schema = {
  distance: choiceField({label: labels.distance, default: "l2-corners", options: labels.distances}),
  radius: numberField({label: labels.radius, default: 1.2, ...radii, step: 0.01}),
  keep: flagField({label: labels.keep, default: true}),
  own: vectorField({label: labels.prediction, default: [2.6, 2.35, 4.6, 3.85], min: 0, max: 6, control: false})
};
type State = StateOf<typeof schema>;

/** The reader's box, put at the distance; where that cannot be, the target moved aside by it. */
function ownBox({distance, radius, own}: State): Box {
  const aside: Box = [target[0] + 1, target[1], target[2] + 1, target[3]];
  const put = (box: Box) => atDistance(distance, box, target, radius, smallestShare);
  return put(ordered(own)) ?? put(aside)!;
}

/** What a drag to `box` makes of the state: the box put back at the distance, or the distance set by the box. */
function dragged({distance, radius, keep}: State, box: Box): Partial<State> | null {
  const free = Math.max(radii.min, Math.min(radii.max, coordinateDistance(distance, box, target)));
  const put = atDistance(distance, box, target, keep ? radius : free, smallestShare);
  return put && {own: put.map((v) => Number(v.toFixed(4))), ...(keep ? {} : {radius: free})};
}

/** All five in a row; on narrow screens the reader's own on top, as large as a finger needs. */
function layout(width: number): {columns: number; own: number; found: number} {
  const columns = width > 900 ? 5 : width > 560 ? 4 : 2;
  const found = Math.floor((width - 16 * (columns - 1)) / columns);
  return {columns, own: columns === 5 ? found : Math.min(width, columns === 4 ? 300 : 380), found};
}

export const sameDistance = defineFigure({
  id: "iou/same-distance",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let found: readonly Box[] = [];
    let searched = "";
    let scale = 1;
    const handles = boxDrag({
      label: labels.prediction,
      color: predictionColor,
      bounds: () => [0, 0, scene.width, scene.height],
      get: () => ownBox(context.state()),
      set: (box) => {
        const patch = dragged(context.state(), box);
        if (patch) context.change(patch);
        else context.say(labels.none);
      },
      unitsPerPixel: () => 1 / scale,
      keyStride: 0.05
    });
    const panels = [labels.own, ...labels.names].map((name, i) =>
      pairPanel({name, scene, target, targetName: labels.target, longest: radii.max, handles: i === 0 ? handles : null})
    );
    const body = html`<div class="same-distance">${panels.map(({element}) => element)}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    const search = ({distance, radius}: State) => {
      const key = `${distance} ${radius}`;
      if (key !== searched) found = boxesAtDistance(distance, target, radius, labels.names.length);
      searched = key;
      return found;
    };
    const pairs = (state: State) => [ownBox(state), ...search(state)].map((box) => pairOf(box, state.distance));
    return {
      body,
      update(state) {
        const sizes = layout(width);
        scale = sizes.own / scene.width;
        body.style.gridTemplateColumns = `repeat(${sizes.columns}, ${sizes.found}px)`;
        body.classList.toggle("stacked", sizes.columns < 5);
        pairs(state).forEach((pair, i) => panels[i]!.show(pair, i === 0 ? sizes.own : sizes.found));
      },
      data: () => pairs(context.state()).map((pair, i) => pairRow(pair, [labels.own, ...labels.names][i]!))
    };
  }
});

const pairOf = (box: Box, kind: State["distance"]): Pair => ({
  box,
  kind,
  distance: coordinateDistance(kind, box, target),
  iou: iou(box, target),
  giou: giou(box, target)
});

function pairRow({box: [x1, y1, x2, y2], kind, distance, iou: overlap, giou: generalised}: Pair, name: string): Row {
  return {pair: name, x1, y1, x2, y2, measure: kind, distance, IoU: overlap, GIoU: generalised};
}
