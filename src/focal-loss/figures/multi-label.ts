/** Figure: several labels at once: five losses of one example, step by step, and of a small task, trained. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {runBar} from "../../notebook/run-bar.js";
import {choiceField, numberField, setField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {labelLoss, labelLossKinds} from "../label-losses.js";
import type {LabelLossKind} from "../label-losses.js";
import {discs} from "../multi-label.js";
import type {MultiLabelConfig, MultiLabelSnapshot} from "../multi-label.training.js";
import {labelBars} from "./label-bars.js";
import {labelNames, labelSteps} from "./label-steps.js";
import {meanOf, strips} from "./strips.js";
import {trainingRunner} from "./training-runner.js";
import type {RunnerView} from "./training-runner.js";

const labels = {
  title: "Several labels at once",
  caption:
    "Above, one example with four possible labels: orange ones are set. Below, networks trained with each loss on a task of " +
    "five labels (discs in the plane, some covering others, from frequent to rare), scored on points they have not seen. " +
    "Each dot is a seed. In this training the softmax counts every set label once.",
  kind: "Loss",
  set: "Labels that are set",
  logit: (name: string) => `Logit ${name}`,
  gamma: "Focal γ",
  gammaNegative: "Asymmetric γ₋",
  margin: "Asymmetric margin m",
  weight: "Weight w of a set label",
  names: {softmax: "softmax CE", bce: "sigmoid BCE", weighted: "weighted BCE", focal: "focal", asymmetric: "asymmetric"},
  disc: (share: number) => `AP, ${share < 0.1 ? numberText(100 * share, 2) : Math.round(100 * share)} % label`,
  mean: "Mean AP",
  found: "All labels over ½",
  numbers: "Average precision by label and loss",
  start: "Train",
  training: (networks: number, step: number, steps: number) => `${networks} networks, step ${step} of ${steps}`,
  done: (networks: number, seconds: number) => `${networks} networks: ${seconds.toFixed(1)} s.`,
  failed: "The training failed: ",
  verdict: (soft: string, bce: string, best: string, value: string) =>
    `Of the examples with two labels or more, softmax finds all in ${soft} %, sigmoid BCE in ${bce} %. Best mean average precision: ${best}, ${value}.`
};

export const labelLossColors: Readonly<Record<LabelLossKind, string>> = {
  softmax: "var(--c11)",
  bce: "var(--c1)",
  weighted: "var(--c3)",
  focal: "var(--c8)",
  asymmetric: "var(--c4)"
};

const logitField = (i: number, value: number) =>
  numberField({label: labels.logit(labelNames[i]!), default: value, min: -8, max: 8, step: 0.1});

const schema = {
  kind: choiceField({label: labels.kind, default: "bce", options: labels.names}),
  set: setField({label: labels.set, default: ["A", "C"], options: {A: "A", B: "B", C: "C", D: "D"}}),
  xA: logitField(0, 2),
  xB: logitField(1, -1.5),
  xC: logitField(2, -0.5),
  xD: logitField(3, -3),
  gamma: numberField({label: labels.gamma, default: 2, min: 0, max: 5, step: 0.1}),
  gammaNegative: numberField({label: labels.gammaNegative, default: 4, min: 0, max: 6, step: 0.1}),
  margin: numberField({label: labels.margin, default: 0.05, min: 0, max: 0.5, step: 0.01}),
  weight: numberField({label: labels.weight, default: 5, min: 1, max: 50, step: 0.5}),
  step: numberField({label: "Step", default: 0, min: 0, max: 5, step: 1, control: false})
};
type State = StateOf<typeof schema>;

const logitsOf = ({xA, xB, xC, xD}: State) => [xA, xB, xC, xD];
const setOf = ({set}: State) => labelNames.map((name) => Number(set.includes(name)));
const optionsOf = ({gamma, gammaNegative, margin, weight}: State) => ({
  alpha: -1, gamma, gammaNegative, gammaPositive: 0, margin, positiveWeight: weight
});
const [seeds, steps] = [4, 2500];
const configOf = ({gamma, gammaNegative, margin, weight}: State): MultiLabelConfig => ({
  seeds, steps, gamma, gammaNegative, margin, positiveWeight: weight
});
type View = RunnerView<MultiLabelConfig, MultiLabelSnapshot>;

export const multiLabel = defineFigure({
  id: "focal-loss/multi-label",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    const runner = trainingRunner<MultiLabelConfig, MultiLabelSnapshot>({
      signal: context.signal,
      visible: context.onVisible,
      onChange: context.redraw,
      launch: async (config, options) => (await import("../multi-label.training.js")).runMultiLabel(config, options)
    });
    const start = () => runner.start(configOf(context.state()));
    const bar = runBar({onStart: start, onPause: runner.pause, onResume: runner.resume, onCancel: runner.cancel, startLabel: labels.start});
    const bars = labelBars();
    const numbers = strips(labels.numbers);
    const verdict = html`<p class="focal-verdict" role="status"></p>`;
    const body = html`<div><div class="focal-panels"><div>${bars.element}</div><div data-stepper></div></div>
      ${bar.element}${numbers.element}${verdict}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    let begun = false;
    context.onVisible((visible) => {
      if (!visible || begun) return;
      begun = true;
      start();
    });
    return {
      body,
      update(state) {
        bars.show(labelLoss(state.kind, logitsOf(state), setOf(state), optionsOf(state)), setOf(state), width > 720 ? Math.floor((width - 24) / 2) : width);
        const {view} = runner;
        numbers.show(labelLossKinds.map((kind) => rowOf(kind, view)), columns, width);
        bar.show(view.state, view.state === "idle" ? 0 : (view.snapshot?.progress.done ?? 0), messageOf(view));
        verdict.textContent = verdictOf(view);
      },
      data: () => exampleRows(context.state()),
      steps: (state) => labelSteps(state.kind, logitsOf(state), setOf(state), optionsOf(state)),
      focus: bars.focus
    };
  }
});

/** A disc's share of the square of side 3: all but a little of each lies inside it. */
const columns = [...discs.map(([, , radius]) => labels.disc((Math.PI * radius ** 2) / 9)), labels.mean, labels.found];

function rowOf(kind: LabelLossKind, {snapshot}: View) {
  const own = (snapshot?.scores ?? []).filter((score) => score.kind === kind);
  const values = [
    ...discs.map((_, label) => own.map(({averagePrecision}) => averagePrecision[label]!)),
    own.map(({meanAveragePrecision}) => meanAveragePrecision),
    own.map(({allFound}) => allFound)
  ];
  return {name: labels.names[kind], color: labelLossColors[kind], values};
}

function messageOf({state, incident, snapshot, seconds}: View): string {
  if (incident?.kind === "failed") return labels.failed + incident.text;
  if (!snapshot || state === "idle") return "";
  const networks = labelLossKinds.length * seeds;
  return state === "done" ? labels.done(networks, seconds) : labels.training(networks, snapshot.step, steps);
}

function verdictOf(view: View): string {
  if ((view.snapshot?.scores.length ?? 0) < labelLossKinds.length * seeds) return "";
  const [mean, found] = [columns.length - 2, columns.length - 1];
  const rows = labelLossKinds.map((kind) => rowOf(kind, view));
  const percent = (kind: LabelLossKind) => String(Math.round(100 * meanOf(rows[labelLossKinds.indexOf(kind)]!.values[found]!)));
  const best = rows.reduce((a, b) => (meanOf(b.values[mean]!) > meanOf(a.values[mean]!) ? b : a));
  return labels.verdict(percent("softmax"), percent("bce"), best.name, numberText(meanOf(best.values[mean]!), 3));
}

function exampleRows(state: State): readonly Row[] {
  return labelLossKinds.flatMap((kind) => {
    const {losses, gradient, probabilities} = labelLoss(kind, logitsOf(state), setOf(state), optionsOf(state));
    return labelNames.map((label, i) => ({
      loss: kind, label, set: setOf(state)[i]!, logit: logitsOf(state)[i]!, probability: probabilities[i]!, value: losses[i]!, slope: gradient[i]!
    }));
  });
}
