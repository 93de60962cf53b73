/** XGBoost's boosting: round by round, one tree a round (or one a class) on the gradients of the scores so far. */
import {binTable} from "./bins.js";
import type {Bins} from "./bins.js";
import {withoutImprovement} from "./early-stopping.js";
import {exactGrower} from "./exact.js";
import type {Grown, NodeStep, SplitSearch, WaitStep} from "./grow.js";
import {histGrower} from "./hist.js";
import {baseMargin, checkLabels, derivatives, meanLoss} from "./objective.js";
import {sampleColumns, sampleRows, uniform} from "./sample.js";
import {checkTable} from "./table.js";
import type {Table} from "./table.js";
import {addTree} from "./tree.js";
import type {Tree} from "./tree.js";
import {groupsOf, xgboostParams} from "./xgboost-params.js";
import type {Objective, XgboostParams} from "./xgboost-params.js";

/** A trained model, plain data. */
export interface BoostedTrees {
  readonly objective: Objective;
  /** As given: a value, or a probability. */
  readonly baseScore: number;
  readonly numClass: number;
  readonly columns: number;
  readonly featureNames?: readonly string[];
  /** Round by round; in a round one tree, or one a class. */
  readonly trees: readonly Tree[];
  /** Of a training with early stopping: the round with the least validation loss, from 0. Later trees are kept. */
  readonly bestIteration?: number;
}

/** A round is done: the trees it added, and every row's scores with them (the array goes on being used). */
export interface RoundStep {
  readonly kind: "round";
  readonly round: number;
  readonly trees: readonly Tree[];
  readonly margins: Float32Array;
  /** The mean loss on the validation rows with these trees, where there are such rows. */
  readonly validation?: number;
}

/** A node of tree `group` of a round. */
export type TreeStep = NodeStep & {readonly round: number; readonly group: number};

/** Rows held out, and what they are for. */
export interface Held {
  /** Its loss is given each round. */
  readonly validation?: Table | undefined;
  /** Stops once so many rounds in a row brought no better validation loss, as the library does. */
  readonly earlyStoppingRounds?: number | undefined;
}

export interface BoostOptions extends Held {
  /** Keep all candidate splits of every node in the steps. */
  readonly trace?: boolean;
  /** A model to go on from: its rounds count. */
  readonly resume?: BoostedTrees;
  /** What finds the splits of `hist`. Default: histograms on the CPU. */
  readonly search?: (bins: Bins, params: XgboostParams) => SplitSearch;
}

/** Trains step by step: every node as it is decided on, every round as it is done. Returns the model. */
export function* boost(
  data: Table,
  given: Partial<XgboostParams> = {},
  {trace = false, resume, search, validation, earlyStoppingRounds}: BoostOptions = {}
): Generator<TreeStep | RoundStep | WaitStep, BoostedTrees> {
  const params = xgboostParams(given);
  checkTable(data);
  checkLabels(params.objective, params.numClass, data.labels);
  const {rows, columns, labels} = data;
  const groups = groupsOf(params);
  const bins = params.treeMethod === "hist" ? binTable(data, params.maxBin) : undefined;
  const searching = bins && search?.(bins, params);
  const grow = bins ? histGrower(bins, params, searching) : exactGrower(data, params);
  const trees: Tree[] = [...(resume?.trees ?? [])];
  const margins = new Float32Array(rows * groups).fill(baseMargin(params.objective, params.baseScore));
  trees.forEach((tree, i) => addTree(tree, data, margins, {stride: groups, offset: i % groups}));
  const first = trees.length / groups;
  const watched = validation && validationOf(validation, params, trees);
  const rule = earlyStoppingRounds ? withoutImprovement(earlyStoppingRounds) : undefined;
  if (rule && !watched) throw new Error("early stopping needs validation rows");
  const [gradient, hessian] = [new Float32Array(rows), new Float32Array(rows)];
  try {
    for (let round = first; round < params.numBoostRound; round++) {
      const start = margins.slice();
      const added: Tree[] = [];
      for (let group = 0; group < groups; group++) {
        derivatives(params.objective, labels, start, group, groups, gradient, hessian);
        const random = uniform(params.seed * 7919 + round * groups + group);
        const task = {
          gradient,
          hessian,
          rows: sampleRows(rows, params.subsample, random),
          columns: sampleColumns(columns, params.colsampleBytree, random),
          trace
        };
        const growing = grow(task);
        let step = growing.next();
        for (; !step.done; step = growing.next()) yield step.value.kind === "wait" ? step.value : {...step.value, round, group};
        added.push(addToMargins(step.value, data, margins, groups, group));
      }
      trees.push(...added);
      const loss = watched?.lossWith(added);
      yield {kind: "round", round, trees: added, margins, ...(loss !== undefined && {validation: loss})};
      if (loss !== undefined && rule?.stopsAfter(loss)) break;
    }
  } finally {
    searching?.dispose?.();
  }
  return modelOf(params, data, trees, rule && first + rule.best);
}

/** The scores of rows held out, tree after tree. */
function validationOf(table: Table, params: XgboostParams, trees: readonly Tree[]) {
  checkLabels(params.objective, params.numClass, table.labels);
  const groups = groupsOf(params);
  const margins = new Float32Array(table.rows * groups).fill(baseMargin(params.objective, params.baseScore));
  const add = (more: readonly Tree[]) => more.forEach((tree, i) => addTree(tree, table, margins, {stride: groups, offset: i % groups}));
  add(trees);
  return {
    lossWith(added: readonly Tree[]): number {
      add(added);
      return meanLoss(params.objective, table.labels, margins, groups);
    }
  };
}

/** A partition of the rows by leaf, where the grower has one, saves walking every row down the tree. */
function addToMargins({tree, partition}: Grown, data: Table, margins: Float32Array, groups: number, group: number): Tree {
  if (!partition) addTree(tree, data, margins, {stride: groups, offset: group});
  else
    for (const {node, begin, end} of partition.leaves) {
      const value = tree.value[node]!;
      for (let i = begin; i < end; i++) margins[partition.order[i]! * groups + group]! += value;
    }
  return tree;
}

function modelOf(
  params: XgboostParams, {columns, featureNames}: Table, trees: readonly Tree[], bestIteration: number | undefined
): BoostedTrees {
  const {objective, baseScore, numClass} = params;
  const rest = {...(featureNames && {featureNames}), ...(bestIteration !== undefined && {bestIteration})};
  return {objective, baseScore, numClass, columns, trees, ...rest};
}
