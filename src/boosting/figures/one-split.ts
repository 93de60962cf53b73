/** Figure: one split worked through, its gain at every threshold, and what a leaf's value does to its loss. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import type {Step} from "../../notebook/step.js";
import {leafView, oneSplit} from "../one-split.js";
import type {LeafView, SplitView} from "../one-split.js";
import {lineSample} from "../samples.js";
import type {Table} from "../table.js";
import {leafChart, methodColors, methods} from "./leaf-chart.js";
import {splitChart} from "./split-chart.js";
import {gainStep} from "./split-step.js";

const labels = {
  title: "One split, worked through",
  caption:
    "Above, the rows along the feature: a stick is the gradient (where it pulls the score), a dot's size the hessian. " +
    "Below, what each threshold would gain; the scan goes through them one by one. Right, the loss of the leaf on the " +
    "side chosen, XGBoost's parabola of it, and where three methods put the leaf's value.",
  data: "Rows",
  sets: {"two-groups": "two groups", interval: "an interval", steps: "rising shares"},
  round: "Tree",
  lambda: "λ (reg_lambda)",
  alpha: "α (reg_alpha)",
  gamma: "γ (gamma)",
  child: "min_child_weight",
  leaf: "Leaf",
  leaves: {left: "left", right: "right", best: "the larger step"},
  seed: "Seed",
  step: "Threshold",
  kept: (threshold: string, gain: string) => `Split at x < ${threshold}: it gains ${gain}, more than any other threshold.`,
  pruned: (gain: string, gamma: string) => `Pruned: the best split gains ${gain}, less than γ = ${gamma}. The node stays a leaf.`,
  none: "No threshold gains anything that the penalties allow: the node stays a leaf.",
  value: "leaf value w",
  change: "change of the log loss",
  methods: {
    firstOrder: "mean residual −G/n, first order",
    newton: "Newton −G/H, scikit-learn",
    regularised: "−T(G)/(H + λ), XGBoost"
  }
};

const schema = {
  data: choiceField({label: labels.data, default: "two-groups", options: labels.sets}),
  round: numberField({label: labels.round, default: 1, min: 1, max: 8, step: 1}),
  lambda: numberField({label: labels.lambda, default: 1, min: 0, max: 20, step: 0.1}),
  alpha: numberField({label: labels.alpha, default: 0, min: 0, max: 5, step: 0.05}),
  gamma: numberField({label: labels.gamma, default: 0, min: 0, max: 12, step: 0.1}),
  child: numberField({label: labels.child, default: 1, min: 0, max: 5, step: 0.05}),
  leaf: choiceField({label: labels.leaf, default: "best", options: labels.leaves}),
  seed: numberField({label: labels.seed, default: 3, min: 1, max: 999, step: 1, control: false}),
  step: numberField({label: labels.step, default: 18, min: 0, max: 60, step: 1, control: false})
};
type State = StateOf<typeof schema>;

interface Worked {
  readonly data: Table;
  readonly view: SplitView;
  readonly index: number;
  readonly leaf: LeafView;
}

let memo: {readonly key: string; readonly data: Table; readonly view: SplitView} | undefined;

/** The split for a state; what does not depend on the threshold looked at is kept. */
function work(state: State): Worked {
  const {data: set, round, lambda, alpha, gamma, child, seed} = state;
  const key = JSON.stringify([set, round, lambda, alpha, gamma, child, seed]);
  if (memo?.key !== key) {
    const data = lineSample(set, 40, seed);
    const params = {regLambda: lambda, regAlpha: alpha, gamma, minChildWeight: child};
    memo = {key, data, view: oneSplit(data, round, params)};
  }
  const {data, view} = memo;
  const index = Math.min(state.step, view.candidates.length - 1);
  const threshold = view.candidates[index]!.threshold;
  const rows = Array.from(data.features, (_, row) => row);
  const sides = {
    left: leafView(view, data, rows.filter((row) => data.features[row]! < threshold)),
    right: leafView(view, data, rows.filter((row) => data.features[row]! >= threshold))
  };
  const larger = Math.abs(sides.left.regularised) > Math.abs(sides.right.regularised) ? "left" : "right";
  return {data, view, index, leaf: sides[state.leaf === "best" ? larger : state.leaf]};
}

export const oneSplitFigure = defineFigure({
  id: "boosting/one-split",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    const chart = splitChart((step) => context.change({step}));
    const leaf = leafChart();
    const verdict = html`<p class="split-verdict" role="status"></p>`;
    const table = html`<table class="leaf-table"></table>`;
    const body = html`<div><div class="split-panels"><div>${chart.element}${verdict}</div><div>${leaf.element}${table}</div></div></div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        const {data, view, index, leaf: shown} = work(state);
        const wide = width > 760;
        const left = wide ? Math.floor((width - 24) * 0.56) : width;
        chart.show({view, data, index, width: left, height: 390});
        leaf.show(shown, wide ? width - left - 24 : width, 250);
        table.replaceChildren(...tableOf(shown));
        verdict.textContent = verdictOf(view);
      },
      data: () => candidateRows(work(context.state()).view),
      steps: (state): readonly Step[] => {
        const {view} = work(state);
        return view.candidates.map((candidate) => gainStep(view, candidate));
      },
      focus: () => undefined
    };
  }
});

function verdictOf({best, pruned, params}: SplitView): string {
  if (!best) return labels.none;
  if (pruned) return labels.pruned(numberText(best.gain, 3), numberText(params.gamma, 3));
  return labels.kept(numberText(best.threshold), numberText(best.gain, 3));
}

function tableOf(leaf: LeafView): readonly Element[] {
  const head = html`<thead><tr><th scope="col"></th><th scope="col">${labels.value}</th><th scope="col">${labels.change}</th></tr></thead>`;
  const rows = methods.map((method) => html`<tr><th scope="row" style=${`color: ${methodColors[method]}`}>${labels.methods[method]}</th>
    <td class="number">${numberText(leaf[method], 3)}</td><td class="number">${numberText(leaf.loss(leaf[method]), 3)}</td></tr>`);
  return [head, html`<tbody>${rows}</tbody>`];
}

function candidateRows({candidates, best}: SplitView): readonly Row[] {
  return candidates.map(({threshold, gl, hl, gr, hr, gain}) => ({
    threshold, "G_L": gl, "H_L": hl, "G_R": gr, "H_R": hr,
    gain: gain === -Infinity ? null : gain,
    allowed: gain > -Infinity,
    best: threshold === best?.threshold
  }));
}


/** What the page's sentences say about the figure's state. */
export function splitReadings(state: State): {readonly threshold: string; readonly gain: string} {
  const {best} = work(state).view;
  return {threshold: best ? numberText(best.threshold) : "–", gain: numberText(best?.gain ?? 0, 3)};
}
