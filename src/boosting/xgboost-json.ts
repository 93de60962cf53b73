/** XGBoost's JSON model format, written as version 1.7 does and read from any version with numeric splits. */
import type {BoostedTrees} from "./boost.js";
import type {Tree} from "./tree.js";
import {groupsOf} from "./xgboost-params.js";
import type {Objective} from "./xgboost-params.js";

/** The library marks the root's missing parent so. */
const noParent = 2 ** 31 - 1;
/** Stands where the trees come in: they are written apart. */
const treesHere = "trees here";
const objectives: readonly Objective[] = ["reg:squarederror", "binary:logistic", "multi:softprob"];

/** The model as text in the library's JSON format. */
export function toXgboostJson(model: BoostedTrees): string {
  const {objective, baseScore, columns, featureNames = [], trees, bestIteration} = model;
  const groups = groupsOf(model);
  const param =
    objective === "multi:softprob"
      ? {softmax_multiclass_param: {num_class: String(groups)}}
      : {reg_loss_param: {scale_pos_weight: "1"}};
  const text = JSON.stringify({
    learner: {
      attributes: bestIteration === undefined ? {} : {best_iteration: String(bestIteration)},
      feature_names: featureNames,
      feature_types: featureNames.map(() => "float"),
      gradient_booster: {
        model: {
          gbtree_model_param: {num_parallel_tree: "1", num_trees: String(trees.length), size_leaf_vector: "0"},
          tree_info: trees.map((_, i) => i % groups),
          trees: treesHere
        },
        name: "gbtree"
      },
      learner_model_param: {
        base_score: String(baseScore),
        boost_from_average: "0",
        num_class: groups > 1 ? String(groups) : "0",
        num_feature: String(columns),
        num_target: "1"
      },
      objective: {name: objective, ...param}
    },
    version: [1, 7, 4]
  });
  return text.replace(`"${treesHere}"`, () => `[${trees.map((tree, id) => treeJson(tree, id, columns)).join(",")}]`);
}

/** The library takes a number for a float only if it is written as one: 3.0, not 3. Float32 comes back bit by bit. */
const floats = (values: Iterable<number>) =>
  `[${Array.from(values, (value) => (Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value))).join(",")}]`;

function treeJson(tree: Tree, id: number, columns: number): string {
  const {left, right, parent, feature, threshold, value, defaultLeft, gain, cover, weight} = tree;
  const conditions = Array.from(left, (child, node) => (child < 0 ? value[node]! : threshold[node]!));
  const rest = {
    categories: [],
    categories_nodes: [],
    categories_segments: [],
    categories_sizes: [],
    default_left: [...defaultLeft],
    id,
    left_children: [...left],
    parents: [...parent].map((node) => (node < 0 ? noParent : node)),
    right_children: [...right],
    split_indices: [...feature],
    split_type: new Array<number>(left.length).fill(0),
    tree_param: {num_deleted: "0", num_feature: String(columns), num_nodes: String(left.length), size_leaf_vector: "0"}
  };
  return `{"base_weights":${floats(weight)},"loss_changes":${floats(gain)},"split_conditions":${floats(conditions)},"sum_hessian":${
    floats(cover)},${JSON.stringify(rest).slice(1)}`;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads a model that the library saved as JSON. Throws an Error that says which part is not understood. */
export function fromXgboostJson(json: string | object): BoostedTrees {
  const root = part(typeof json === "string" ? parse(json) : json, "the file");
  const learner = part(root.learner, "learner");
  const booster = part(learner.gradient_booster, "learner.gradient_booster");
  if (booster.name !== "gbtree") throw new Error(`the booster is ${String(booster.name)}; only gbtree is understood`);
  const objective = part(learner.objective, "learner.objective").name as Objective;
  if (!objectives.includes(objective))
    throw new Error(`the objective is ${String(objective)}; ${objectives.join(", ")} are understood`);
  const param = part(learner.learner_model_param, "learner.learner_model_param");
  const model = part(booster.model, "learner.gradient_booster.model");
  const columns = Number(param.num_feature);
  const names = learner.feature_names as readonly string[] | undefined;
  const trees = list(model.trees, "trees").map((tree, i) => treeFrom(part(tree, `tree ${i}`), i, columns));
  const numClass = Number(param.num_class);
  const groups = groupsOf({objective, numClass});
  list(model.tree_info, "tree_info").forEach((group, i) => {
    if (group !== i % groups) throw new Error(`tree ${i} belongs to class ${String(group)}: only one tree a class a round is understood`);
  });
  const best = (learner.attributes as Json | undefined)?.best_iteration;
  const rest = {...(names?.length && {featureNames: names}), ...(best !== undefined && {bestIteration: Number(best)})};
  return {objective, baseScore: baseScoreFrom(param.base_score), numClass, columns, trees, ...rest};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`this is no JSON: ${error instanceof Error ? error.message : String(error)}`, {cause: error});
  }
}

function part(value: unknown, name: string): Json {
  if (typeof value !== "object" || value === null) throw new Error(`${name} is missing: is this an XGBoost model saved as JSON?`);
  return value as Json;
}

function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${name} is no list`);
  return value;
}

/** "5E-1", or since version 3 "[5E-1]"; one number a class only where all are the same. */
function baseScoreFrom(text: unknown): number {
  const scores = String(text).replaceAll(/[[\]]/g, "").split(",").map(Number);
  const [first = NaN] = scores;
  if (!Number.isFinite(first)) throw new Error(`base_score is ${String(text)}`);
  if (scores.some((score) => score !== first)) throw new Error("base_score differs between classes, which is not understood");
  return first;
}

/** The nodes that can be reached, in the library's order: pruned ones stay in its files. */
function treeFrom(json: Json, index: number, columns: number): Tree {
  const numbers = (name: string) => list(json[name], `${name} of tree ${index}`) as readonly number[];
  if ((json.categories_nodes as readonly number[] | undefined)?.length)
    throw new Error(`tree ${index} splits on categories, which is not understood`);
  const [lefts, rights] = [numbers("left_children"), numbers("right_children")];
  const reachable = new Set([0]);
  for (const node of reachable) {
    if (!(node >= 0 && node < lefts.length)) throw new Error(`tree ${index} has a child ${node} of ${lefts.length} nodes`);
    if (lefts[node]! >= 0) for (const child of [lefts[node]!, rights[node]!]) reachable.add(child);
  }
  const kept = [...reachable].sort((a, b) => a - b);
  const place = new Map(kept.map((node, i) => [node, i]));
  const [parents, conditions] = [numbers("parents"), numbers("split_conditions")];
  const feature = Int32Array.from(kept, (node) => numbers("split_indices")[node]!);
  if (feature.some((f) => !(f >= 0 && f < columns))) throw new Error(`tree ${index} splits on a column beyond the ${columns}`);
  const isLeaf = (node: number) => lefts[node]! < 0;
  const floats = (name: string) => {
    const all = numbers(name);
    return Float32Array.from(kept, (node) => all[node]!);
  };
  return {
    left: Int32Array.from(kept, (node) => (isLeaf(node) ? -1 : place.get(lefts[node]!)!)),
    right: Int32Array.from(kept, (node) => (isLeaf(node) ? -1 : place.get(rights[node]!)!)),
    parent: Int32Array.from(kept, (node) => (node === 0 ? -1 : place.get(parents[node]!)!)),
    feature,
    threshold: Float32Array.from(kept, (node) => (isLeaf(node) ? 0 : conditions[node]!)),
    value: Float32Array.from(kept, (node) => (isLeaf(node) ? conditions[node]! : 0)),
    defaultLeft: Uint8Array.from(kept, (node) => Number(numbers("default_left")[node])),
    gain: floats("loss_changes"),
    cover: floats("sum_hessian"),
    weight: floats("base_weights"),
    inclusive: false
  };
}
