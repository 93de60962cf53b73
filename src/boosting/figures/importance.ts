/** Figure: weight, gain, cover and permutation beside each other, on features planted to make each of them fail. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {numberField, setField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {measures, plantedFeatures} from "../importance-experiment.js";
import type {ImportanceSnapshot, Measure, Planted} from "../importance-experiment.js";
import {importanceChart} from "./importance-chart.js";
import {taskRunner} from "./task-runner.js";

const labels = {
  title: "Which features matter",
  caption:
    "The truth is planted: strong, curve and switch move the label; twin resembles strong, noise and coin are nothing " +
    "to it. Blue bars are features with an effect, orange ones without. A bar is a feature's share of the measure's sum (permutation: how much the log loss of held-out rows rises " +
    "when the feature's values are shuffled); a whisker spans the seeds.",
  features: "Features",
  names: {strong: "strong", twin: "twin", curve: "curve", switch: "switch", noise: "noise", coin: "coin"},
  likeness: "Twin's likeness",
  rounds: "Rounds",
  depth: "Depth",
  rows: "Rows",
  seed: "First seed",
  measure: {weight: "weight: splits", gain: "gain: mean of a split", cover: "cover: mean of a split", permutation: "permutation: rise of log loss"},
  message: (done: number, total: number) => `${done} of ${total} models`,
  none: "Choose at least one feature.",
  verdict: {
    noise: (rank: number) => `By weight, noise ranks ${rank}: a continuous feature offers a deep tree many places to split.`,
    copy: "An exact copy gets nothing from any measure: of two equal splits the first column's is taken.",
    twin: (strong: string, twin: string) =>
      `Strong and its twin share what one alone would get: permuting them costs ${strong} and ${twin}. Leave the twin out and see.`
  },
  feature: "feature"
};
const seeds = 5;

const schema = {
  features: setField({label: labels.features, default: plantedFeatures, options: labels.names}),
  likeness: numberField({label: labels.likeness, default: 0.98, min: 0, max: 1, step: 0.01}),
  rounds: numberField({label: labels.rounds, default: 40, min: 1, max: 100, step: 1}),
  depth: numberField({label: labels.depth, default: 5, min: 1, max: 8, step: 1}),
  rows: numberField({label: labels.rows, default: 600, min: 100, max: 3000, step: 50}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1})
};
type State = StateOf<typeof schema>;

const isTrue: Readonly<Record<Planted, boolean>> = {strong: true, twin: false, curve: true, switch: true, noise: false, coin: false};

export const importanceFigure = defineFigure({
  id: "boosting/importance",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    const runner = taskRunner({
      task: "importance",
      config: () => ({...context.state(), features: shown(context.state()), seeds}),
      signal: context.signal,
      onVisible: context.onVisible,
      redraw: context.redraw,
      message: ({progress}) => labels.message(progress.done, progress.total)
    });
    let width = 1000;
    const charts = measures.map((measure) => importanceChart(labels.measure[measure]));
    const panels = html`<div class="importance-panels">${charts.map(({element}) => element)}</div>`;
    const verdict = html`<p class="node-text importance-verdict" role="status"></p>`;
    const body = html`<div>${runner.element}${panels}${verdict}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        runner.update();
        const {snapshot} = runner;
        const features = shown(state);
        // The features of the snapshot may be those of the settings before; then there is nothing to draw yet.
        const fits = snapshot?.shares.weight.length === features.length;
        const columns = width > 900 ? 4 : width > 480 ? 2 : 1;
        const each = Math.floor((width - 24 * (columns - 1)) / columns);
        panels.style.gridTemplateColumns = `repeat(${columns}, ${each}px)`;
        measures.forEach((measure, i) => charts[i]!.show(barsOf(measure, features, fits ? snapshot : undefined), each));
        verdict.textContent = state.features.length === 0 ? labels.none : fits ? verdictOf(state, features, snapshot) : "";
      },
      data: () => dataOf(shown(context.state()), runner.snapshot)
    };
  }
});

/** A model needs a feature. */
const shown = ({features}: State): readonly Planted[] => (features.length ? features : ["strong"]);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / (values.length || 1);

function barsOf(measure: Measure, features: readonly Planted[], snapshot: ImportanceSnapshot | undefined) {
  return features.map((feature, i) => ({
    name: labels.names[feature],
    color: isTrue[feature] ? "var(--c1)" : "var(--c2)",
    values: snapshot?.shares[measure][i] ?? []
  }));
}

function verdictOf({likeness}: State, features: readonly Planted[], {shares}: ImportanceSnapshot): string {
  const sentences: string[] = [];
  if (features.includes("noise")) {
    const sorted = features.map((feature, i) => [feature, mean(shares.weight[i]!)] as const).sort((a, b) => b[1] - a[1]);
    sentences.push(labels.verdict.noise(sorted.findIndex(([feature]) => feature === "noise") + 1));
  }
  const cost = (feature: Planted) => numberText(mean(shares.permutation[features.indexOf(feature)]!), 2);
  if (features.includes("twin") && features.includes("strong"))
    sentences.push(likeness === 1 ? labels.verdict.copy : labels.verdict.twin(cost("strong"), cost("twin")));
  return sentences.join(" ");
}

function dataOf(features: readonly Planted[], snapshot: ImportanceSnapshot | undefined): readonly Row[] {
  return measures.flatMap((measure) => features.flatMap((feature, i) =>
    (snapshot?.shares[measure][i] ?? []).map((value, seed) => ({measure, feature, seed, value}))));
}
