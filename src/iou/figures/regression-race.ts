/** Figure: every loss moves a box of its own from one start to one target. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {player} from "../../notebook/player.js";
import {choiceField, flagField, numberField, setField, vectorField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {toCorners} from "../box.js";
import type {Box} from "../iou.js";
import {race, steppedRate} from "../race.js";
import type {Lane} from "../race.js";
import {kindColors, kindNames} from "./loss-look.js";
import type {AnyKind} from "./loss-look.js";
import {raceChart} from "./race-chart.js";
import {raceScene} from "./race-scene.js";

const labels = {
  title: "Regression race",
  caption:
    "Each coloured box is moved by one loss alone, by gradient descent on centre and size; the thin line is the way " +
    "its centre took. Drag the start (dashed) or the target. CIoU is trained as its paper trains it, without the " +
    "factor 1/(w² + h²) in the aspect term's gradient.",
  preset: "Start",
  presets: {overlapping: "overlapping", disjoint: "disjoint", nested: "nested", shape: "same centre, other shape", own: "your own"},
  losses: "Losses",
  rate: "Learning rate",
  steps: "Steps",
  slow: "Factor 2 − IoU",
  schedule: "Rate ÷ 10 at 80 %, ÷ 100 at 90 %",
  start: "Start box",
  target: "Target box",
  step: "Step",
  transport: "Steps",
  never: (name: string) => `${name}: its gradient is 0 here, it never moves.`,
  blind: (name: string, step: number) => `${name}: its gradient is 0 from step ${step} on.`,
  diverged: (name: string, step: number) => `${name}: the box fell apart at step ${step}; the learning rate is too high.`
};

/** The scene, in the paper's scale: targets of area about 1. */
const scene = {width: 8, height: 5.6};

const presets: Readonly<Record<Exclude<keyof typeof labels.presets, "own">, Box>> = {
  overlapping: [3.5, 1.6, 5.1, 2.6],
  disjoint: [0.7, 0.7, 1.9, 1.5],
  nested: [4.6, 2.3, 5.1, 2.7],
  shape: [4.15, 2.5, 6.15, 3.1]
};

const schema = {
  preset: choiceField({label: labels.preset, default: "disjoint", options: labels.presets}),
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
  target: vectorField({label: labels.target, default: [4.5, 2.1, 5.7, 3.5], min: 0, max: scene.width, control: false}),
  step: numberField({label: labels.step, default: 60, min: 0, max: 600, step: 1, control: false})
};
type State = StateOf<typeof schema>;

const asBox = (coordinates: readonly number[]) => coordinates as unknown as Box;
const startOf = ({preset, start}: State): Box => (preset === "own" ? asBox(start) : presets[preset]);
const rounded = (box: Box) => box.map((v) => Math.round(v * 1000) / 1000);

function runRace(state: State): readonly Lane[] {
  const {losses, rate, steps, slow, schedule, target} = state;
  return race(losses as readonly AnyKind[], startOf(state), asBox(target), {
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
      start: () => startOf(context.state()),
      target: () => asBox(context.state().target),
      moveStart: (box) => context.change({preset: "own", start: rounded(box)}),
      moveTarget: (box) => context.change({target: rounded(box)})
    });
    const chart = raceChart();
    const bar = player({onIndex: (step) => context.change({step}), stepTime: 40});
    const transport = html`<div class="stepper" role="group" aria-label=${labels.transport}>${bar.element}</div>`;
    transport.addEventListener("keydown", bar.keys);
    const remarks = html`<p class="race-remarks" role="status"></p>`;
    const body = html`<div><div class="race-panels"><div>${drawing.element}</div><div>${chart.element}</div></div>
      ${remarks}${transport}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        const key = JSON.stringify({...state, step: 0});
        if (key !== raced) lanes = runRace(state);
        raced = key;
        const wide = width > 720;
        const panel = wide ? Math.floor((width - 24) / 2) : width;
        const step = Math.min(state.step, state.steps);
        drawing.show(lanes, step, panel);
        chart.show(lanes, step, state.steps, panel, Math.round(panel * 0.7), (next) => context.change({step: next}));
        bar.show(state.steps + 1, step);
        remarks.textContent = lanes.map(remark).filter(Boolean).join(" ");
      },
      data: () => raceData(lanes)
    };
  }
});

/** What a reader should not miss about a lane, or nothing. */
function remark({kind, blindFrom, divergedAt}: Lane): string {
  const name = kindNames[kind];
  if (divergedAt !== null) return labels.diverged(name, divergedAt);
  if (blindFrom === null) return "";
  return blindFrom === 0 ? labels.never(name) : labels.blind(name, blindFrom);
}

function raceData(lanes: readonly Lane[]): readonly Row[] {
  return lanes.flatMap(({kind, path}) =>
    path.map(({step, box, iou, loss}) => {
      const [x1, y1, x2, y2] = toCorners(box);
      return {loss: kind, step, x1, y1, x2, y2, iou, value: loss};
    })
  );
}
