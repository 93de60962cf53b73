/** Figure: networks trained with five losses on a small task of several labels, scored label by label. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {runBar} from "../../notebook/run-bar.js";
import {numberField, setField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {labelLossKinds} from "../label-losses.js";
import type {LabelLossKind} from "../label-losses.js";
import {discs} from "../multi-label.js";
import type {MultiLabelConfig, MultiLabelSnapshot} from "../multi-label.training.js";
import {labelLossColors, labelLossNames} from "./label-look.js";
import {meanOf, strips} from "./strips.js";
import {trainingRunner} from "./training-runner.js";
import type {RunnerView} from "./training-runner.js";

const labels = {
  title: "Several labels, trained",
  caption:
    "One small network (2 inputs, 10 tanh units, 5 outputs) for each loss and seed, trained on 2,000 points of the plane. A " +
    "point has the labels of the discs that hold it, from one of half the plane to a tiny one. Scores are on points that " +
    "none has seen; each dot is a seed. Here the softmax counts every set label once.",
  losses: "Losses shown",
  gamma: "Focal γ",
  gammaNegative: "Asymmetric γ₋",
  margin: "Asymmetric margin m",
  weight: "Weight w of a set label",
  disc: (share: number) => `AP, ${share < 0.1 ? numberText(100 * share, 2) : Math.round(100 * share)} % label`,
  mean: "Mean AP",
  found: "All labels over ½",
  numbers: "Average precision by label and loss",
  start: "Train",
  training: (networks: number, step: number, steps: number) => `${networks} networks, step ${step} of ${steps}`,
  compiling: (ready: number, all: number) => `Compiling the losses for this machine, ${ready} of ${all}`,
  done: (networks: number, seconds: number) => `${networks} networks: ${seconds.toFixed(1)} s.`,
  failed: "The training failed: ",
  verdict: (soft: string, bce: string, best: string, value: string) =>
    `Of the examples with two labels or more, softmax finds all in ${soft} %, sigmoid BCE in ${bce} %. Best mean average precision: ${best}, ${value}.`
};

const schema = {
  losses: setField({label: labels.losses, default: labelLossKinds, options: labelLossNames, colors: labelLossColors}),
  gamma: numberField({label: labels.gamma, default: 2, min: 0, max: 5, step: 0.1}),
  gammaNegative: numberField({label: labels.gammaNegative, default: 4, min: 0, max: 6, step: 0.1}),
  margin: numberField({label: labels.margin, default: 0.05, min: 0, max: 0.5, step: 0.01}),
  weight: numberField({label: labels.weight, default: 5, min: 1, max: 50, step: 0.5})
};
type State = StateOf<typeof schema>;

const [seeds, steps] = [4, 2500];
const configOf = ({gamma, gammaNegative, margin, weight}: State): MultiLabelConfig => ({
  seeds, steps, gamma, gammaNegative, margin, positiveWeight: weight
});
type View = RunnerView<MultiLabelConfig, MultiLabelSnapshot>;

export const multiLabelTraining = defineFigure({
  id: "focal-loss/multi-label-training",
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
    const numbers = strips(labels.numbers);
    const verdict = html`<p class="focal-verdict" role="status"></p>`;
    const body = html`<div>${bar.element}${numbers.element}${verdict}</div>`;
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
        const {view} = runner;
        numbers.show(state.losses.map((kind) => rowOf(kind, view)), columns, width);
        bar.show(view.state, view.state === "idle" ? 0 : (view.snapshot?.progress.done ?? 0), messageOf(view));
        verdict.textContent = verdictOf(view);
      },
      data: () => rowsOf(runner.view)
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
  return {name: labelLossNames[kind], color: labelLossColors[kind], values};
}

function messageOf({state, incident, snapshot, seconds}: View): string {
  if (incident?.kind === "failed") return labels.failed + incident.text;
  if (!snapshot || state === "idle") return "";
  const networks = labelLossKinds.length * seeds;
  const {groups} = snapshot.ensemble;
  const ready = groups.filter(({history}) => history.length > 0).length;
  if (ready < groups.length) return labels.compiling(ready, groups.length);
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

/** The scores; until there are some, each network's loss; before that, which losses are to come. */
function rowsOf({snapshot}: View): readonly Row[] {
  if (!snapshot) return labelLossKinds.map((loss) => ({loss, meanAveragePrecision: null, allFound: null}));
  if (snapshot.scores.length > 0) {
    return snapshot.scores.map(({kind, averagePrecision, meanAveragePrecision, allFound}) => ({
      loss: kind, ...Object.fromEntries(averagePrecision.map((value, i) => [`averagePrecision${i + 1}`, value])), meanAveragePrecision, allFound
    }));
  }
  return snapshot.ensemble.groups.flatMap(({name, history}) =>
    history.flatMap(({step, batchLoss}) => [...batchLoss].map((loss, network) => ({losses: name, network, step, batchLoss: loss})))
  );
}
