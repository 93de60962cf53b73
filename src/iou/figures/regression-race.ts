/** Figure: every loss moves a box of its own from one start to one target. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {player} from "../../notebook/player.js";
import {flagField, numberField, setField, vectorField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {ordered, toCorners} from "../box.js";
import type {Box} from "../iou.js";
import {laneAt, race, rateDrops, steppedRate} from "../race.js";
import type {Lane} from "../race.js";
import {kindColors, kindNames} from "./loss-look.js";
import type {AnyKind} from "./loss-look.js";
import {raceChart} from "./race-chart.js";
import {raceScene} from "./race-scene.js";

const labels = {
  title: "Regression race",
  caption:
    "Each coloured box is moved by one loss alone, by gradient descent on centre and size; the thin line is the way " +
    "its centre took. Drag the start (dashed) or the target. CIoU's aspect term is trained as in its paper, without " +
    "the factor 1/(w² + h²).",
  presetGroup: "Start",
  presets: {
    disjoint: "disjoint",
    overlapping: "overlapping",
    inside: "nested, inside",
    around: "nested, around",
    shape: "same centre, other shape"
  },
  losses: "Losses",
  rate: "Learning rate",
  steps: "Steps",
  slow: "Factor 2 − IoU",
  schedule: "Rate ÷ 10 at 80 %, ÷ 100 at 90 %",
  start: "Start box",
  target: "Target box",
  startShort: "start",
  targetShort: "target",
  step: "Step",
  stepName: (step: number) => `step ${step}`,
  transport: "Steps",
  blind: (names: string, step: number, apart: boolean) =>
    `${names}: gradient is 0 since step ${step}${apart ? ", as the boxes do not overlap" : ""}.`,
  diverged: (list: string) => `The learning rate is too high: ${list}.`,
  divergedOne: (name: string, step: number) => `${name} diverged at step ${step}`,
  and: ", "
};

/** The scene, in the paper's scale: targets of area about 1. */
const scene = {width: 8, height: 5.2};
const defaultTarget: Box = [4.5, 2.1, 5.7, 3.5];

const presets: Readonly<Record<keyof typeof labels.presets, Box>> = {
  disjoint: [0.7, 0.7, 1.9, 1.5],
  overlapping: [3.5, 1.6, 5.1, 2.6],
  inside: [4.6, 2.3, 5.1, 2.7],
  around: [3.6, 1.1, 6.9, 4.6],
  shape: [4.15, 2.5, 6.05, 3.1]
};
const presetNames = Object.keys(presets) as (keyof typeof presets)[];

const schema = {
  losses: setField({
    label: labels.losses,
    default: ["iou", "giou", "diou", "ciou"],
    options: kindNames,
    colors: kindColors
  }),
  rate: numberField({label: labels.rate, default: 0.1, min: 0.001, max: 2, step: 0.001, scale: "log"}),
  steps: numberField({label: labels.steps, default: 200, min: 20, max: 600, step: 10}),
  slow: flagField({label: labels.slow, default: true}),
  schedule: flagField({label: labels.schedule, default: true}),
  start: vectorField({label: labels.start, default: presets.disjoint, min: 0, max: scene.width, control: false}),
  target: vectorField({label: labels.target, default: defaultTarget, min: 0, max: scene.width, control: false}),
  step: numberField({label: labels.step, default: 60, min: 0, max: 600, step: 1, control: false})
};
type State = StateOf<typeof schema>;

const rounded = (box: Box) => box.map((v) => Math.round(v * 1000) / 1000);

function runRace({losses, rate, steps, slow, schedule, start, target}: State): readonly Lane[] {
  return race(losses as readonly AnyKind[], ordered(start), ordered(target), {
    steps,
    learningRate: schedule ? steppedRate(rate, steps) : () => rate,
    slowNearTarget: slow,
    options: {eps: 1e-9, imageWidth: scene.width, imageHeight: scene.height}
  });
}

export const regressionRace = defineFigure({
  id: "iou/regression-race",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let lanes: readonly Lane[] = [];
    let raced = "";
    const drawing = raceScene({
      ...scene,
      labels,
      start: () => ordered(context.state().start),
      target: () => ordered(context.state().target),
      moveStart: (box) => context.change({start: rounded(box)}),
      moveTarget: (box) => context.change({target: rounded(box)})
    });
    const bar = player({onIndex: (step) => context.change({step}), stepTime: 40});
    const chart = raceChart((step) => {
      bar.stop();
      context.change({step});
    });
    const starts = presetButtons((start) => context.change({start, target: defaultTarget}));
    const transport = html`<div class="stepper" role="group" aria-label=${labels.transport}>${bar.element}</div>`;
    transport.addEventListener("keydown", bar.keys);
    const remarks = html`<p class="race-remarks" role="status"></p>`;
    const body = html`<div>${starts.element}<div class="race-panels"><div>${drawing.element}</div>
      <div>${chart.element}</div></div>${transport}${remarks}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        const key = JSON.stringify({...state, step: 0});
        if (key !== raced) lanes = runRace(state);
        raced = key;
        const {steps, schedule} = state;
        const panel = width > 720 ? Math.floor((width - 24) / 2) : width;
        const height = Math.round((panel * scene.height) / scene.width);
        const step = Math.min(state.step, steps);
        drawing.show(lanes, step, panel);
        chart.show({lanes, step, steps, drops: schedule ? rateDrops(steps) : [], width: panel, height});
        bar.show(steps + 1, step, labels.stepName(step));
        starts.show(state);
        const text = remarksAt(lanes, step);
        if (remarks.textContent !== text) remarks.textContent = text;
      },
      data: () => raceData(lanes)
    };
  }
});

/** Starts worth seeing; each brings the target it is meant for. */
function presetButtons(pick: (start: Box) => void): {element: HTMLElement; show(state: State): void} {
  const buttons = presetNames.map((name) => {
    const button = html`<button type="button">${labels.presets[name]}</button>`;
    button.addEventListener("click", () => pick(presets[name]));
    return {button, boxes: [presets[name], defaultTarget].join()};
  });
  return {
    element: html`<div class="race-presets" role="group" aria-label=${labels.presetGroup}><span class="control-label">${
      labels.presetGroup
    }</span>${buttons.map(({button}) => button)}</div>`,
    show({start, target}) {
      const now = [start, target].join();
      for (const {button, boxes} of buttons) button.setAttribute("aria-pressed", String(boxes === now));
    }
  };
}

/** What has befallen the losses by this step. */
function remarksAt(lanes: readonly Lane[], step: number): string {
  return [...blindRemarks(lanes, step), ...divergedRemarks(lanes, step)].join(" ");
}

/** Losses that went blind at the same step share a sentence. */
function blindRemarks(lanes: readonly Lane[], step: number): readonly string[] {
  const blind = lanes.filter(({blindFrom}) => blindFrom !== null && blindFrom <= step);
  const steps = [...new Set(blind.map(({blindFrom}) => blindFrom!))].sort((a, b) => a - b);
  return steps.map((since) => {
    const group = blind.filter(({blindFrom}) => blindFrom === since);
    const apart = group.every((lane) => laneAt(lane, since).iou === 0);
    return labels.blind(group.map(({kind}) => kindNames[kind]).join(labels.and), since, apart);
  });
}

function divergedRemarks(lanes: readonly Lane[], step: number): readonly string[] {
  const list = lanes
    .filter(({divergedAt}) => divergedAt !== null && divergedAt <= step)
    .sort((a, b) => a.divergedAt! - b.divergedAt!)
    .map(({kind, divergedAt}) => labels.divergedOne(kindNames[kind], divergedAt!));
  return list.length > 0 ? [labels.diverged(list.join(labels.and))] : [];
}

function raceData(lanes: readonly Lane[]): readonly Row[] {
  return lanes.flatMap(({kind, path}) =>
    path.map(({step, box, iou, loss}) => {
      const [x1, y1, x2, y2] = toCorners(box);
      return {loss: kind, step, x1, y1, x2, y2, iou, value: loss};
    })
  );
}
