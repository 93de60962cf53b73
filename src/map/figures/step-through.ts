/** Figure: average precision step by step, on boxes that can be moved, added and removed. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {choiceField, numberField, rowsField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {stepSamples} from "../step-samples.js";
import {workClass, workMean} from "../step-through.js";
import type {Boxes, WorkedClass} from "../step-through.js";
import {classTable} from "./class-table.js";
import {imagePicker} from "./image-picker.js";
import {scoreStrip} from "./score-strip.js";
import {stepCurve} from "./step-curve.js";
import {addBox, boxesIn, mostBoxes, moveBox, removeBox, setScore, toggleCrowd} from "./step-editor.js";
import type {Edit} from "./step-editor.js";
import {stepStage} from "./step-stage.js";
import type {BoxSort} from "./step-stage.js";
import {shownIou, stepTable} from "./step-table.js";
import {stageBoxes} from "./step-view.js";
import {stepsOf} from "./step-words.js";

const labels = {
  title: "Step through AP",
  caption:
    "Drag a box, pull its corners, drag a score; or focus a box and use the arrow keys (with Shift they resize, with Alt " +
    "ten pixels at a time), + and − for a detection’s score, Delete to remove it. Solid blue boxes are ground truth, " +
    "dashed blue ones a crowd, which counts neither way; a detection has the colour of its verdict once its turn has come.",
  data: "Boxes",
  sets: {worked: "four frames", padilla: "Padilla’s sample", coco: "COCO, four images"},
  rules: "Matching",
  ruleNames: {coco: "COCO", voc: "Pascal VOC"},
  threshold: "IoU threshold",
  interpolation: "Interpolation",
  interpolations: {voc11: "11 points", "all-point": "every point", coco101: "101 points"},
  kind: "Class",
  step: "Step",
  edited: "Edited",
  truths: "Ground truths",
  detections: "Detections",
  stage: "Boxes in the image",
  names: {truth: "Ground truth", detection: "Detection"},
  tools: "Edit the boxes",
  addTruth: "Add ground truth",
  addDetection: "Add detection",
  remove: "Remove",
  crowd: "Crowd on/off",
  restore: "Sample as it was",
  full: `There are ${mostBoxes} boxes of this sort, and no room for more.`,
  chosen: (sort: string, row: number) => `${sort} ${row + 1} is chosen.`
};

const columns = [
  {min: 0, max: 19}, {min: 0, max: 19}, {min: 0, max: 640}, {min: 0, max: 640}, {min: 0, max: 640}, {min: 0, max: 640}, {min: 0, max: 1}
];
const samples = {...labels.sets, none: "none"} as const;

const schema = {
  data: choiceField({label: labels.data, default: "worked", options: labels.sets}),
  rules: choiceField({label: labels.rules, default: "coco", options: labels.ruleNames}),
  interpolation: choiceField({label: labels.interpolation, default: "coco101", options: labels.interpolations}),
  threshold: numberField({label: labels.threshold, default: 0.5, min: 0.05, max: 0.95, step: 0.05}),
  kind: numberField({label: labels.kind, default: 0, min: 0, max: 19, step: 1, control: false}),
  step: numberField({label: labels.step, default: 2, min: 0, max: mostBoxes + 1, step: 1, control: false}),
  edited: choiceField({label: labels.edited, default: "none", options: samples, control: false}),
  truths: rowsField({label: labels.truths, default: [], columns, maxRows: mostBoxes}),
  detections: rowsField({label: labels.detections, default: [], columns, maxRows: mostBoxes})
};
type State = StateOf<typeof schema>;

const kindOf = ({data, kind}: State) => Math.min(kind, stepSamples[data].classes.length - 1);

interface Worked {
  readonly boxes: Boxes;
  readonly kind: number;
  readonly classes: readonly WorkedClass[];
  readonly work: WorkedClass;
  readonly map: number;
}

let memo: {readonly key: string; readonly worked: Worked} | undefined;

/** All classes for a state; what does not depend on the step is kept. */
function workedOf(state: State): Worked {
  const {data, rules, interpolation, threshold, edited, truths, detections} = state;
  const kind = kindOf(state);
  const key = JSON.stringify([data, rules, interpolation, threshold, edited === data && [truths, detections], kind]);
  if (memo?.key !== key) {
    const boxes = boxesIn(state);
    const {classes, map} = workMean(boxes, stepSamples[data].classes.length, state);
    memo = {key, worked: {boxes, kind, classes, work: classes[kind]!, map}};
  }
  return memo.worked;
}

const imageNames = ({data}: State) => stepSamples[data].images.map(({name}) => name);

export const stepThrough = defineFigure({
  id: "map/step-through",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1088;
    let chosen: {readonly sort: BoxSort; readonly row: number} | null = null;
    /** The image that the reader turned to, until the step takes them elsewhere. */
    let pinned: {readonly key: string; readonly image: number} | null = null;
    const pinKey = ({data, step, kind}: State) => `${data} ${step} ${kind}`;
    const image = (state: State): number => {
      if (pinned?.key === pinKey(state)) return pinned.image;
      const {steps} = workedOf(state).work;
      const at = steps[Math.min(state.step, steps.length - 1)];
      return at?.detection.image_id ?? 0;
    };
    /** The step at which a detection has its turn, so that the reader stays with what they move. */
    const turnOf = (boxes: Boxes, row: number): Partial<State> => {
      const state = context.state();
      const step = workClass(boxes, kindOf(state), state).steps.findIndex(({detection}) => detection.row === row);
      return step < 0 ? {} : {step};
    };
    const apply = ({patch, boxes}: Edit, sort: BoxSort, row: number) => {
      const state = context.state();
      const stay = image(state);
      const next = {...patch, ...(sort === "detection" && turnOf(boxes, row))};
      context.change(next);
      if (sort === "truth") pinned = {key: pinKey(context.state()), image: stay};
    };
    const choose = (sort: BoxSort, row: number) => {
      if (chosen?.sort === sort && chosen.row === row) return;
      chosen = {sort, row};
      const state = context.state();
      const turn = sort === "detection" ? turnOf(boxesIn(state), row) : {};
      if (turn.step !== undefined && turn.step !== state.step) context.change(turn);
      else context.redraw();
    };
    const rescore = (row: number, score: number) => apply(setScore(context.state(), row, score), "detection", row);
    const remove = (sort: BoxSort, row: number) => {
      chosen = null;
      apply(removeBox(context.state(), sort, row), sort, -1);
    };
    const add = (sort: BoxSort) => {
      const state = context.state();
      const list = boxesIn(state)[sort === "truth" ? "truths" : "detections"];
      if (list.length >= mostBoxes) return context.say(labels.full);
      chosen = {sort, row: list.length};
      apply(addBox(state, sort, image(state), kindOf(state)), sort, list.length);
      requestAnimationFrame(() => stage.select(sort, list.length));
    };
    const stage = stepStage({
      label: labels.stage,
      names: labels.names,
      onMove: (sort, row, bbox) => apply(moveBox(context.state(), sort, row, bbox), sort, row),
      onSelect: choose,
      onKey: (sort, row, key) => {
        const score = boxesIn(context.state()).detections[row]?.score ?? 0;
        const stride = {"+": 0.01, "=": 0.01, "-": -0.01, "−": -0.01}[key];
        if (key === "Delete" || key === "Backspace") remove(sort, row);
        else if (sort === "detection" && stride) rescore(row, Math.round(100 * Math.min(1, Math.max(0, score + stride))) / 100);
        else return false;
        return true;
      }
    });
    const picker = imagePicker((to) => {
      pinned = {key: pinKey(context.state()), image: to};
      context.redraw();
    });
    const strip = scoreStrip(rescore, (row) => choose("detection", row));
    const curve = stepCurve();
    const table = stepTable((step) => context.change({step}));
    const kinds = classTable((kind) => context.change({kind, step: 0}));
    const tools = editTools({
      add,
      remove: () => chosen && remove(chosen.sort, chosen.row),
      crowd: () => chosen?.sort === "truth" && apply(toggleCrowd(context.state(), chosen.row), "truth", chosen.row),
      restore: () => context.change({edited: "none", truths: [], detections: []})
    });
    const body = html`<div class="step-through">
      <div>${stage.element}${picker.element}${strip.element}${tools.element}</div>
      <div><div data-stepper></div>${curve.element}</div>
      <div class="step-tables">${table.element}${kinds.element}</div>
    </div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);

    return {
      body,
      update(state) {
        const {boxes, kind, classes, work, map} = workedOf(state);
        const {images, classes: names} = stepSamples[state.data];
        const column = width > 760 ? Math.floor((width - 28) / 2) : width;
        const at = image(state);
        const step = Math.min(state.step, work.steps.length + 1);
        const view = stageBoxes({boxes, work, kind, names, image: at, step});
        if (chosen && !view.boxes.some(({sort, row}) => sort === chosen?.sort && row === chosen.row)) chosen = null;
        stage.show({...images[at]!, ...view}, column, Math.min(360, Math.round(column * 0.7)));
        picker.show(state.data, boxes, kind, at);
        const marks = work.steps.map(({detection, verdict}, i) => ({
          row: detection.row, score: detection.score, verdict, image: images[detection.image_id]!.name, now: i === step, later: i > step
        }));
        strip.show(marks, column);
        tools.show({sort: chosen?.sort ?? null, text: chosen && labels.chosen(labels.names[chosen.sort], chosen.row), edited: state.edited === state.data});
        const {interpolation} = state;
        const count = work.steps.length;
        curve.show({work, done: Math.min(step + 1, count), interpolation, envelope: step >= count, area: step > count}, column, 262);
        table.show(work.steps, imageNames(state), Math.min(step, count - 1));
        kinds.show(names, classes, map, kind);
      },
      data: () => tableRows(context.state()),
      steps: (state) => stepsOf({...state, work: workedOf(state).work, name: stepSamples[state.data].classes[kindOf(state)]!, images: imageNames(state)})
    };
  }
});

interface ToolActions {
  readonly add: (sort: BoxSort) => void;
  readonly remove: () => unknown;
  readonly crowd: () => unknown;
  readonly restore: () => void;
}

function editTools({add, remove, crowd, restore}: ToolActions) {
  const button = (text: string, action: () => unknown) => {
    const made = html`<button type="button">${text}</button>` as HTMLButtonElement;
    made.addEventListener("click", () => void action());
    return made;
  };
  const [removing, crowding, restoring] = [button(labels.remove, remove), button(labels.crowd, crowd), button(labels.restore, restore)];
  const status = html`<span class="step-chosen" role="status"></span>`;
  return {
    element: html`<div class="step-tools" role="group" aria-label=${labels.tools}>
      ${button(labels.addTruth, () => add("truth"))}${button(labels.addDetection, () => add("detection"))}
      ${removing}${crowding}${restoring}${status}</div>`,
    show({sort, text, edited}: {readonly sort: BoxSort | null; readonly text: string | null; readonly edited: boolean}) {
      removing.disabled = sort === null;
      crowding.disabled = sort !== "truth";
      restoring.disabled = !edited;
      if (status.textContent !== (text ?? "")) status.textContent = text ?? "";
    }
  };
}

function tableRows(state: State): readonly Row[] {
  const {work, kind} = workedOf(state);
  const {images, classes} = stepSamples[state.data];
  return work.steps.map((step, i) => ({
    rank: i + 1, class: classes[kind]!, image: images[step.detection.image_id]!.name, score: step.detection.score,
    verdict: step.verdict, IoU: shownIou(step), TP: step.hits, FP: step.misses, precision: step.precision, recall: step.recall,
    envelope: work.envelope[i]!
  }));
}

/** What the page's sentences say about the figure's state. */
export function stepReadings(state: State) {
  const {work, kind, map} = workedOf(state);
  const percent = (value: number) => (Number.isNaN(value) ? "undefined" : `${(100 * value).toFixed(2)} %`);
  return {name: stepSamples[state.data].classes[kind]!, ap: percent(work.ap), map: percent(map), threshold: state.threshold.toFixed(2)};
}
