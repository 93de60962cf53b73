/** Figure: two boxes to drag, every measure of their overlap, the chosen loss drawn, stepped through, and its pull. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {choiceField, flagField, numberField, setField, vectorField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {ordered} from "../box.js";
import type {RankedPair} from "../coco-pairs.js";
import {boxLoss, iou} from "../iou.js";
import type {Box, LossOptions} from "../iou.js";
import {boxDrag} from "./box-drag.js";
import {boxReadings} from "./box-readings.js";
import {boxScene} from "./box-scene.js";
import {lossSteps, partOfSlot} from "./loss-steps.js";
import {kindColors, kindNames, lossNames, predictionColor, targetColor} from "./loss-look.js";
import {loadedPair, pairPicker} from "./pair-picker.js";
import {sceneParts, viewOf} from "./scene-parts.js";

const labels = {
  title: "Two boxes, every measure",
  caption:
    "Drag either box, pull its corners or edges, or focus one and use the arrow keys. The drawing shows the parts of " +
    "the chosen loss under the names they have in its formula; the arrows show where gradient descent would pull each " +
    "edge of the prediction, their lengths compared with each other.",
  prediction: "Prediction",
  target: "Target",
  kind: "Loss",
  shown: "Show",
  descent: "Descent arrows",
  pair: "COCO pair",
  step: "Step"
};

/** The free scene, in pixels, as a small photograph would be. */
const freeScene = {width: 640, height: 448};

const schema = {
  kind: choiceField({label: labels.kind, default: "ciou", options: lossNames}),
  descent: flagField({label: labels.descent, default: true}),
  prediction: vectorField({label: labels.prediction, default: [250, 130, 470, 290], min: 0, max: 640}),
  target: vectorField({label: labels.target, default: [140, 90, 360, 370], min: 0, max: 640}),
  shown: setField({
    label: labels.shown,
    default: ["iou", "giou", "diou", "ciou", "l1", "l2"],
    options: kindNames,
    colors: kindColors
  }),
  pair: numberField({label: labels.pair, default: 0, min: 0, max: 2000, step: 1, control: false}),
  step: numberField({label: labels.step, default: 0, min: 0, max: 40, step: 1, control: false})
};
type State = StateOf<typeof schema>;
interface Boxes {
  readonly prediction: Box;
  readonly target: Box;
}

const asBox = (coordinates: readonly number[]) => coordinates as unknown as Box;
const boxesKey = (prediction: readonly number[], target: readonly number[]) => [...prediction, ...target].join();
const rounded = (box: Box) => box.map((v) => Math.round(v * 10) / 10);

/** A loss may depend on the size of the image that the boxes are in. */
function imageOf({pair}: State): LossOptions {
  const {width, height} = loadedPair(pair) ?? freeScene;
  return {imageWidth: width, imageHeight: height};
}

const boxesIn = ({prediction, target}: State): Boxes => ({prediction: ordered(prediction), target: ordered(target)});

export const boxPlayground = defineFigure({
  id: "iou/box-playground",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 640;
    let pair: RankedPair | null = null;
    let drawn = {pair: 0, boxes: boxesKey(schema.prediction.default, schema.target.default)};
    /** A newly chosen pair brings its boxes, unless boxes came with it (from the address, or by undo). */
    const bringBoxes = (state: State): boolean => {
      const boxes = boxesKey(state.prediction, state.target);
      const fresh = pair !== null && state.pair !== drawn.pair && boxes === drawn.boxes;
      if (pair || state.pair === 0) drawn = {pair: state.pair, boxes};
      if (fresh) context.settle({prediction: rounded(pair!.prediction), target: rounded(pair!.target)});
      return fresh;
    };
    const bounds = (): Box => {
      const {width, height} = pair ?? freeScene;
      return [0, 0, width, height];
    };
    const handles = (name: "prediction" | "target", color: string) =>
      boxDrag({
        label: labels[name],
        color,
        bounds,
        get: () => ordered(context.state()[name]),
        set: (box) => context.change({[name]: rounded(box)}),
        unitsPerPixel: () => scene.unitsPerPixel()
      });
    const scene = boxScene(labels.title, [
      {drag: handles("target", targetColor), box: ({target}) => target},
      {drag: handles("prediction", predictionColor), box: ({prediction}) => prediction}
    ]);
    const readings = boxReadings((kind) => context.change({kind}));
    const picker = pairPicker({
      onPick: (place) =>
        context.change(
          place ? {pair: place} : {pair: 0, prediction: schema.prediction.default, target: schema.target.default}
        ),
      // What the page's sentences say may depend on the pair as well.
      onLoad: () => context.settle({})
    });
    const body = html`<div class="playground">${picker.element}<div>${scene.element}</div>
      <div>${readings.element}<div data-stepper></div></div></div>`;
    watchWidth(scene.element.parentElement!, (next) => ((width = next), context.redraw()), context.signal);

    return {
      body,
      update(state) {
        pair = picker.show(state.pair);
        if (bringBoxes(state)) return;
        const {prediction, target} = boxesIn(state);
        const image = imageOf(state);
        const {gradient} = boxLoss(state.kind, prediction, target, image);
        scene.show(
          {
            prediction,
            target,
            parts: sceneParts(state.kind, prediction, target),
            descent: state.descent ? asBox(gradient.map((slope) => -slope)) : null,
            outlines: pair?.outline ?? [],
            view: pair ? viewOf(pair.prediction, pair.target) : bounds(),
            frame: bounds()
          },
          width
        );
        readings.show(state.kind, state.shown, prediction, target, image);
      },
      data: () => playgroundData(boxesIn(context.state()), imageOf(context.state())),
      steps: (state) => lossSteps(state.kind, boxesIn(state).prediction, boxesIn(state).target, imageOf(state)),
      focus: (names) => scene.focus(names.map((name) => partOfSlot[name] ?? name))
    };
  }
});

function playgroundData({prediction, target}: Boxes, image: LossOptions): readonly Row[] {
  return (Object.keys(lossNames) as (keyof typeof lossNames)[]).map((kind) => {
    const {value, gradient} = boxLoss(kind, prediction, target, image);
    const [x1, y1, x2, y2] = gradient;
    return {loss: kind, value, "dL/dx1": x1, "dL/dy1": y1, "dL/dx2": x2, "dL/dy2": y2};
  });
}

/** What the page's sentences say about the figure's state. */
export function playgroundReadings(state: State): {readonly iou: number; readonly loss: number; readonly name: string} {
  const {prediction, target} = boxesIn(state);
  return {
    iou: iou(prediction, target),
    loss: boxLoss(state.kind, prediction, target, imageOf(state)).value,
    name: lossNames[state.kind]
  };
}
