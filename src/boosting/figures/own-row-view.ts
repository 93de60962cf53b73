/** Own data: one row's score, tree by tree, and its path through one of them. */
import {html} from "htl";
import {numberText} from "../../notebook/number-text.js";
import {leafOf, pathOf} from "../tree.js";
import type {Tree} from "../tree.js";
import {predict} from "../xgboost.js";
import type {BoostedTrees} from "../xgboost.js";
import {contributionBars} from "./contribution-bars.js";
import {libraryColors} from "./library-look.js";
import {nameOf, rowOf} from "./own-settings.js";
import type {OwnShown, OwnView} from "./own-settings.js";
import {questionOf, treeView} from "./tree-view.js";

const labels = {
  explain: "What each tree adds to the score of row",
  tree: (tree: number, all: number) => `Tree ${tree} of ${all}; choose another among the bars.`,
  answer: (start: string, sum: string, prediction: string, truth: string) =>
    `Start ${start}, trees ${sum}. Predicted ${prediction}; in the file: ${truth}.`,
  probability: (name: string, p: string) => `${name} with probability ${p}`,
  likely: (name: string, p: string) => `${name} (${p})`,
  way: (steps: string, leaf: string) => `Its path: ${steps}; leaf ${leaf}.`,
  no: (question: string) => `not ${question}`,
  node: (gain: string, cover: string) => `Node: gain ${gain}, cover ${cover}.`,
  leaf: (value: string, cover: string) => `Leaf: adds ${value}, cover ${cover}.`
};
/** A tree of more leaves does not fit the figure: its path is told in words. */
const mostLeaves = 16;

export function rowView(change: (patch: {readonly row?: number; readonly tree?: number}) => void): OwnView {
  const row = html`<input type="number" min="0" step="1" aria-label=${labels.explain}>` as HTMLInputElement;
  row.addEventListener("change", () => change({row: row.valueAsNumber}));
  const bars = contributionBars((tree) => change({tree}));
  let node = -1;
  let last: OwnShown | undefined;
  const view = treeView((chosen) => {
    node = chosen === node ? -1 : chosen;
    if (last) show(last);
  });
  const [answer, which, path] = [0, 1, 2].map(() => html`<p class="node-text"></p>`) as [HTMLElement, HTMLElement, HTMLElement];
  answer.setAttribute("role", "status");

  function show(shown: OwnShown): void {
    last = shown;
    const {state, task, model, width} = shown;
    const index = rowOf(state.row, task);
    if (!row.matches(":focus")) row.value = String(index);
    const explained = model && explain(model, shown, index);
    bars.show({
      added: explained?.added ?? [], start: 0, total: Math.max(1, explained?.added.length ?? 0), color: libraryColors.xgboost, width, height: 180
    });
    answer.textContent = explained?.text ?? "";
    const at = Math.min(state.tree, explained?.trees.length ?? 0);
    const tree = explained?.trees[at - 1];
    which.textContent = tree ? labels.tree(at, explained.trees.length) : "";
    const fits = tree !== undefined && tree.left.filter((child) => child < 0).length <= mostLeaves;
    view.element.style.display = fits ? "" : "none";
    path.textContent = tree ? pathText(tree, shown, index) : "";
    if (!fits) return;
    const names = Array.from({length: task.table.columns}, (_, column) => nameOf(column, task));
    const chosen = node < tree.left.length ? node : -1;
    view.show({tree, names, node: chosen, path: pathOf(tree, task.table.features, task.table.columns, index), rate: 1, width});
    if (chosen >= 0) path.textContent = nodeText(tree, chosen);
  }
  return {element: html`<div class="own-row"><p>${labels.explain} ${row}</p>${bars.element}${answer}${which}${view.element}${path}</div>`, show};
}

/** The likeliest class's trees, or all there are. */
function explain(model: BoostedTrees, {task: {table, classes}}: OwnShown, row: number) {
  const {columns, features, labels: truths} = table;
  const one = {features: features.subarray(row * columns, (row + 1) * columns), rows: 1, columns};
  const answers = predict(model, one);
  const top = answers.indexOf(Math.max(...answers));
  const groups = answers.length;
  const trees = model.trees.filter((_, i) => i % groups === (groups > 1 ? top : 0));
  const added = trees.map((tree) => tree.value[leafOf(tree, one.features, columns, 0)]!);
  const [start = 0] = predict({...model, trees: []}, one, {margin: true});
  const truth = classes.length ? classes[truths[row]!]! : numberText(truths[row]!);
  const guess = groups > 1 ? labels.likely(classes[top] ?? String(top), numberText(answers[top]!, 3))
    : model.objective === "binary:logistic" ? labels.probability(classes[1] ?? "1", numberText(answers[0]!, 3)) : numberText(answers[0]!);
  const sum = added.reduce((a, b) => a + b, 0);
  return {trees, added, text: labels.answer(numberText(start), numberText(sum), guess, truth)};
}

function pathText(tree: Tree, {task}: OwnShown, row: number): string {
  const {table} = task;
  const names = Array.from({length: table.columns}, (_, column) => nameOf(column, task));
  const path = pathOf(tree, table.features, table.columns, row);
  const steps = path.slice(0, -1).map((node, i) => {
    const question = questionOf(tree, node, names);
    return path[i + 1] === tree.left[node] ? question : labels.no(question);
  });
  return labels.way(steps.join(", "), numberText(tree.value[path.at(-1)!]!, 3));
}

function nodeText({left, gain, cover, value}: Tree, node: number): string {
  const covered = numberText(cover[node]!, 4);
  return left[node]! < 0 ? labels.leaf(numberText(value[node]!, 3), covered) : labels.node(numberText(gain[node]!, 4), covered);
}
