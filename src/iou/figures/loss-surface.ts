/** Figure: the landscape each loss gives the predicted box, computed on WebGPU for every pixel. */
import {html} from "htl";
import {colorBar} from "../../notebook/color-scale.js";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, flagField, numberField, setField, vectorField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {toCenter, toCorners} from "../box.js";
import {boxLoss, lossKinds} from "../iou.js";
import type {Box, LossKind} from "../iou.js";
import {kindColors, lossNames} from "./loss-look.js";
import {surfaceField} from "./surface-field.js";
import {surfacePanel} from "./surface-panel.js";
import type {Plane, Reading, SurfacePanel} from "./surface-panel.js";

const labels = {
  title: "The loss as a landscape",
  caption:
    "Each pixel is the loss of the prediction if its centre (or its size) were there: bright is low. White arrows point " +
    "downhill, thin lines join equal losses. Point anywhere to read all landscapes there; press to put the prediction " +
    "there, or move the cross with the arrow keys.",
  losses: "Losses",
  moving: "What moves",
  movings: {center: "the centre", size: "the size"},
  width: "Prediction's width",
  height: "Height",
  target: "Target",
  at: "Cross",
  arrows: "Descent field",
  own: "Each its own scale",
  landscape: "Landscape of the loss, arrow keys move the cross:",
  computing: "Computing…"
};

/** The plane in which centres lie, and the range of sizes. */
const scene = {width: 8, height: 5.6};
const target: Box = [3.3, 2.1, 4.9, 3.5];

const schema = {
  losses: setField({label: labels.losses, default: ["iou", "giou", "diou", "ciou"], options: lossNames, colors: kindColors}),
  moving: choiceField({label: labels.moving, default: "center", options: labels.movings}),
  w: numberField({label: labels.width, default: 1.1, min: 0.1, max: 4, step: 0.05}),
  h: numberField({label: labels.height, default: 1.6, min: 0.1, max: 4, step: 0.05}),
  arrows: flagField({label: labels.arrows, default: true}),
  own: flagField({label: labels.own, default: false}),
  at: vectorField({label: labels.at, default: [2, 1.5], min: 0, max: scene.width, control: false})
};
type State = StateOf<typeof schema>;

const lossOptions = {imageWidth: scene.width, imageHeight: scene.height};

/** Where the cross stands: at the prediction's centre, or at its size, which the sliders set as well. */
const crossOf = ({moving, at, w, h}: State) => (moving === "center" ? at : [w, h]) as unknown as readonly [number, number];

/** The predicted box for a place on the plane. When the size moves, the centre stays a little off the target's. */
function predictionAt({moving, w, h}: State, [a, b]: readonly [number, number]): Box {
  const [x, y] = toCenter(target);
  return toCorners(moving === "center" ? [a, b, w, h] : [x + 0.5, y - 0.3, a, b]);
}

function readingOf(state: State, kind: LossKind, at: readonly [number, number]): Reading {
  const {value, gradient} = boxLoss(kind, predictionAt(state, at), target, lossOptions);
  const [x1, y1, x2, y2] = gradient;
  const pull = state.moving === "center" ? [-x1 - x2, -y1 - y2] : [(x1 - x2) / 2, (y1 - y2) / 2];
  return {at, value, pull: pull as [number, number]};
}

function planeOf(state: State, width: number, columns: number): Plane {
  const panel = Math.floor((width - 16 * (columns - 1)) / columns);
  const center = state.moving === "center";
  return {
    across: center ? [0, scene.width] : [0.05, 4.05],
    down: center ? [0, scene.height] : [0.05, 2.85],
    width: panel,
    height: Math.round(panel * 0.7),
    columns: Math.round(panel / 2.5),
    rows: Math.round((panel * 0.7) / 2.5)
  };
}

export const lossSurface = defineFigure({
  id: "iou/loss-surface",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let hover: readonly [number, number] | null = null;
    const bar = colorBar();
    const grid = html`<div class="surfaces"></div>`;
    const body = html`<div><div class="surface-bar">${bar.element}</div>${grid}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);

    const put = (at: readonly [number, number]) => {
      const [x = 0, y = 0] = at.map((v) => Math.round(v * 100) / 100);
      context.change(context.state().moving === "center" ? {at: [x, y]} : {w: x, h: y});
    };
    const panels = new Map<LossKind, SurfacePanel>();
    for (const kind of lossKinds) {
      const panel = surfacePanel({
        kind,
        label: `${labels.landscape} ${lossNames[kind]}`,
        onHover: (at) => {
          hover = at;
          context.redraw();
        },
        onPick: (at) => {
          hover = null;
          put(at);
        },
        onNudge: (dx, dy) => {
          const [x, y] = crossOf(context.state());
          put([x + 0.05 * dx, y + 0.05 * dy]);
        }
      });
      panels.set(kind, panel);
    }
    const field = surfaceField({
      signal: context.signal,
      onField: (fields, plane, arrows, own) => {
        const shared = rangeOf(Object.values(fields));
        bar.element.hidden = own;
        bar.show(numberText(shared[1], 3), numberText(shared[0], 3));
        for (const [kind, values] of Object.entries(fields)) {
          panels.get(kind as LossKind)!.paint(values, plane, own ? rangeOf([values]) : shared, arrows);
        }
      },
      onError: (error) => context.say(error.message)
    });

    return {
      body,
      update(state) {
        const columns = Math.min(state.losses.length || 1, width > 880 ? 4 : width > 520 ? 2 : 1);
        const plane = planeOf(state, width, columns);
        grid.style.gridTemplateColumns = `repeat(${columns}, ${plane.width}px)`;
        const wanted = state.losses.map((kind) => panels.get(kind)!.element);
        if (wanted.some((element, i) => grid.children[i] !== element) || grid.children.length !== wanted.length) {
          grid.replaceChildren(...wanted);
        }
        const at = hover ?? crossOf(state);
        const prediction = predictionAt(state, at);
        const boxes = state.moving === "center"
          ? [{box: target, color: "#fff"}, {box: prediction, color: "#4db8ff"}]
          : [];
        for (const kind of state.losses) panels.get(kind)!.show(plane, boxes, readingOf(state, kind, at));
        const {across, down, columns: gridColumns, rows} = plane;
        const held = predictionAt(state, [1, 1]);
        const view = {prediction: held, target, moving: state.moving, across, down, columns: gridColumns, rows, options: lossOptions};
        field.request(state.losses, view, plane, state.arrows, state.own);
      },
      data: () => surfaceData(context.state())
    };
  }
});

/** Smallest and largest defined value of the fields. */
function rangeOf(fields: readonly Float32Array[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const field of fields) {
    for (let i = 0; i < field.length; i += 3) {
      const value = field[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

/** The landscapes on a coarse grid, from the same formulas in float64. */
function surfaceData(state: State): readonly Row[] {
  const {across, down} = planeOf(state, 1000, 4);
  const spots = Array.from({length: 41 * 29}, (_, i) => [i % 41, Math.floor(i / 41)] as const);
  return spots.map(([i, j]) => {
    const at = [across[0] + ((across[1] - across[0]) * i) / 40, down[0] + ((down[1] - down[0]) * j) / 28] as const;
    const values = state.losses.map((kind) => [kind, readingOf(state, kind, at).value] as const);
    return {[state.moving === "center" ? "x" : "w"]: at[0], [state.moving === "center" ? "y" : "h"]: at[1], ...Object.fromEntries(values)};
  });
}
