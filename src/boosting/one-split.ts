/** One split of one feature, taken apart: what each threshold gains, what is chosen, and what a leaf's value does. */
import {boost} from "./boost.js";
import {leafWeight} from "./gain.js";
import type {Candidate} from "./gain.js";
import {sigmoid} from "./objective.js";
import type {Table} from "./table.js";
import type {XgboostParams} from "./xgboost-params.js";
import {xgboostParams} from "./xgboost-params.js";

export interface SplitView {
  readonly params: XgboostParams;
  /** Each row's score before this tree, gradient and hessian. */
  readonly margins: Float32Array;
  readonly gradients: Float32Array;
  readonly hessians: Float32Array;
  readonly gradient: number;
  readonly hessian: number;
  readonly score: number;
  /** By rising threshold. */
  readonly candidates: readonly Candidate[];
  /** The best candidate, whether or not it is kept. */
  readonly best: Candidate | null;
  /** Whether pruning takes the split back: its gain is below γ. */
  readonly pruned: boolean;
}

/** The first split of tree `round` (from 1) of a logistic model of stumps on one feature. */
export function oneSplit(data: Table, round: number, given: Partial<XgboostParams>): SplitView {
  const params = xgboostParams({...given, objective: "binary:logistic", maxDepth: 1, numBoostRound: round});
  // Earlier rounds are grown without γ, so that the gradients here do not change as γ is dragged.
  const earlier = run(boost(data, {...params, gamma: 0, numBoostRound: round - 1}));
  const steps = [...boost(data, params, {trace: true, resume: earlier.model})];
  const root = steps.find((step) => step.kind === "node" && step.node === 0);
  if (root?.kind !== "node") throw new Error("a round without a tree");
  const margins = earlier.margins ?? new Float32Array(data.rows).fill(Math.log(params.baseScore / (1 - params.baseScore)));
  const gradients = margins.map((score, row) => sigmoid(score) - data.labels[row]!);
  const hessians = margins.map((score) => sigmoid(score) * (1 - sigmoid(score)));
  const [low = 0, high = 0] = [data.features[0], data.features[data.rows - 1]];
  return {
    params,
    margins,
    gradients,
    hessians,
    gradient: root.gradient,
    hessian: root.hessian,
    score: root.score,
    // The last candidate parts rows with a value from rows without one, of which there are none here.
    candidates: root.candidates.filter(({threshold}) => threshold > low && threshold <= high).sort((a, b) => a.threshold - b.threshold),
    best: root.chosen,
    pruned: steps.some(({kind}) => kind === "pruned")
  };
}

function run(training: ReturnType<typeof boost>) {
  let margins: Float32Array | undefined;
  for (;;) {
    const step = training.next();
    if (step.done) return {model: step.value, margins};
    if (step.value.kind === "round") margins = step.value.margins.slice();
  }
}

/** What may be a leaf's value, and its loss as a function of it. */
export interface LeafView {
  readonly rows: number;
  readonly gradient: number;
  readonly hessian: number;
  /** Mean residual −G/n: what a tree fitted to the residuals holds, a first-order step. */
  readonly firstOrder: number;
  /** −G/H: one Newton step, what scikit-learn puts in its place for log loss. */
  readonly newton: number;
  /** −T_α(G)/(H + λ), cut by max_delta_step: XGBoost's. */
  readonly regularised: number;
  /** Change of the leaf's log loss, penalties left out, when its value is w. */
  loss(w: number): number;
  /** XGBoost's picture of it: G·w + ½(H + λ)w² + α|w|. */
  parabola(w: number): number;
}

export function leafView(view: SplitView, data: Table, members: readonly number[]): LeafView {
  const {params, gradients, hessians, margins} = view;
  const gradient = members.reduce((sum, row) => sum + gradients[row]!, 0);
  const hessian = members.reduce((sum, row) => sum + hessians[row]!, 0);
  const softplus = (score: number) => Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0);
  const rowLoss = (row: number, w: number) => softplus(margins[row]! + w) - data.labels[row]! * (margins[row]! + w);
  const atZero = members.reduce((sum, row) => sum + rowLoss(row, 0), 0);
  return {
    rows: members.length,
    gradient,
    hessian,
    firstOrder: -gradient / members.length,
    newton: -gradient / hessian,
    regularised: leafWeight({...params, minChildWeight: 0}, gradient, hessian),
    loss: (w) => members.reduce((sum, row) => sum + rowLoss(row, w), 0) - atZero,
    parabola: (w) => gradient * w + 0.5 * (hessian + params.regLambda) * w * w + params.regAlpha * Math.abs(w)
  };
}
