/** XGBoost: training, prediction, and the library's own JSON models. Its trees equal those of XGBoost 1.7. */
import {boost} from "./boost.js";
import type {BoostedTrees} from "./boost.js";
import {baseMargin, transform} from "./objective.js";
import {pauses} from "./pause.js";
import type {Table} from "./table.js";
import {addTree} from "./tree.js";
import {groupsOf} from "./xgboost-params.js";
import type {XgboostParams} from "./xgboost-params.js";

export type {BoostedTrees} from "./boost.js";
export type {Table} from "./table.js";
export type {Tree} from "./tree.js";
export type {Objective, XgboostParams} from "./xgboost-params.js";
export {fromXgboostJson, toXgboostJson} from "./xgboost-json.js";

export interface TrainOptions {
  /** Aborts the training: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after each round with its number, from 0, and every row's scores. */
  readonly onRound?: (round: number, margins: Float32Array) => void;
}

/** Trains. Throws an Error that names what does not fit: a parameter out of range, a label the objective cannot take. */
export async function trainXgboost(
  data: Table,
  params: Partial<XgboostParams> = {},
  {signal, onRound}: TrainOptions = {}
): Promise<BoostedTrees> {
  const pause = pauses();
  const training = boost(data, params);
  for (;;) {
    signal?.throwIfAborted();
    const step = training.next();
    if (step.done) return step.value;
    if (step.value.kind === "round") onRound?.(step.value.round, step.value.margins);
    await pause();
  }
}

/** Predictions, rows × classes: values, probabilities, or with `margin` the scores they come from. */
export function predict(
  model: BoostedTrees,
  data: Pick<Table, "features" | "rows" | "columns">,
  {margin = false}: {readonly margin?: boolean} = {}
): Float32Array {
  if (data.columns !== model.columns)
    throw new Error(`the model was trained on ${model.columns} columns, the data have ${data.columns}`);
  const groups = groupsOf(model);
  const scores = new Float32Array(data.rows * groups).fill(baseMargin(model.objective, model.baseScore));
  model.trees.forEach((tree, i) => addTree(tree, data, scores, {stride: groups, offset: i % groups}));
  return margin ? scores : transform(model.objective, scores, groups);
}
