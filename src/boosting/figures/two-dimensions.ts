/** Figure: both libraries' decision surfaces as trees are added; the trees themselves, a node's rows, a point's score. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import type {Step} from "../../notebook/step.js";
import {onThemeChange} from "../../notebook/theme.js";
import type {Library} from "../curve-fit.js";
import {contributions, frameOf, gridColumns, gridRows, lacksValue, rowsAt} from "../plane-fit.js";
import type {Frame, PlaneFit} from "../plane-fit.js";
import {planeSample} from "../plane-samples.js";
import type {PlaneData} from "../plane-samples.js";
import {pathOf} from "../tree.js";
import {answersFrom} from "./answers.js";
import {contributionBars} from "./contribution-bars.js";
import {libraryColors, libraryNames} from "./library-look.js";
import {classShares, planePanel} from "./plane-panel.js";
import {treeView} from "./tree-view.js";

const labels = {
  title: "In two dimensions",
  caption:
    "The colour is the predicted probability after the tree that the slider stands on. Choose a point: its path through " +
    "the tree lights up, and the bars show what every tree so far adds to its score. Choose a node of the tree: its rows " +
    "stand out above. A dot on a branch is the way that XGBoost's split sends missing values. The penguins are Chinstraps " +
    "(blue) against the rest; two lack their measures, drawn at the plane's corner: XGBoost learns from them, " +
    "scikit-learn's trees cannot. Agaricus are mushrooms, poisonous (blue) or edible, drawn side by side where odor and " +
    "spore print are the same; each odor and each colour is a feature of its own, 0 or 1.",
  data: "Points",
  sets: {moons: "moons", circles: "circles", quarters: "quarters", penguins: "penguins", agaricus: "agaricus"},
  rate: "Learning rate η",
  depth: "Depth",
  lambda: "λ, XGBoost",
  gamma: "γ, XGBoost",
  noise: "Noise",
  seed: "Seed",
  library: "Tree of",
  point: "Point",
  node: "Node",
  round: "Trees",
  surface: (library: string) => `Probability of class 1 over the plane, ${library}`,
  heading: (library: string, loss: string) => (loss ? `${library}, log loss ${loss}` : library),
  start: "No tree yet: every point has the same score.",
  tree: (round: number) => `Tree ${round}`,
  nodeText: (rows: number, gain: string, cover: string) => `Node: ${rows} rows, gain ${gain}, cover ${cover}.`,
  leafText: (rows: number, value: string, cover: string) => `Leaf: ${rows} rows, adds ${value}, cover ${cover}.`,
  none: "Choose a point above or a node of the tree.",
  score: (start: string, sum: string, score: string, p: string) => `Score ${start} + ${sum} = ${score}, probability ${p}.`,
  gbdtMissing: "This point lacks a value: scikit-learn's tree has no way for it."
};

const rounds = 40;
const counts = {moons: 160, circles: 160, quarters: 160, penguins: 344, agaricus: 500};
const isGenerated = ({data}: Readonly<Record<string, unknown>>) => data !== "penguins" && data !== "agaricus";
const schema = {
  data: choiceField({label: labels.data, default: "moons", options: labels.sets}),
  rate: numberField({label: labels.rate, default: 0.3, min: 0.02, max: 1, step: 0.01}),
  depth: numberField({label: labels.depth, default: 2, min: 1, max: 4, step: 1}),
  lambda: numberField({label: labels.lambda, default: 1, min: 0, max: 20, step: 0.1}),
  gamma: numberField({label: labels.gamma, default: 0, min: 0, max: 10, step: 0.1}),
  noise: numberField({label: labels.noise, default: 0.2, min: 0, max: 0.6, step: 0.02, when: isGenerated}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1, when: ({data}) => data !== "penguins"}),
  library: choiceField({label: labels.library, default: "xgboost", options: libraryNames}),
  point: numberField({label: labels.point, default: 7, min: -1, max: 499, step: 1, control: false}),
  node: numberField({label: labels.node, default: -1, min: -1, max: 30, step: 1, control: false}),
  step: numberField({label: labels.round, default: 6, min: 0, max: rounds, step: 1, control: false})
};
type State = StateOf<typeof schema>;

const questionOf = ({data, rate, depth, lambda, gamma, noise, seed}: State) =>
  ({data, count: counts[data], rate, depth, lambda, gamma, noise, seed, rounds});
type Question = ReturnType<typeof questionOf>;

/** The points and, once there, their fits. */
interface Worked {
  readonly plane: PlaneData;
  readonly frame: Frame;
  readonly fits: Readonly<Record<Library, PlaneFit>> | undefined;
}
let memo: {readonly key: string; readonly plane: PlaneData; readonly frame: Frame} | undefined;

function pointsOf({data, count, noise, seed}: Question) {
  const key = JSON.stringify([data, count, noise, seed]);
  if (memo?.key !== key) {
    const plane = planeSample(data, count, noise, seed);
    memo = {key, plane, frame: frameOf(plane)};
  }
  return memo;
}

const libraries: readonly Library[] = ["gbdt", "xgboost"];

export const twoDimensions = defineFigure({
  id: "boosting/two-dimensions",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    const answers = answersFrom("plane", {signal: context.signal, redraw: context.redraw, onError: context.say});
    const work = (state: State): Worked => {
      const newest = answers(questionOf(state));
      return {...pointsOf(newest?.question ?? questionOf(state)), fits: newest?.answer};
    };
    const pick = (point: number) => context.change({point, node: -1});
    const panels = libraries.map((library) => planePanel({
      color: libraryColors[library], label: labels.surface(libraryNames[library]), columns: gridColumns, rows: gridRows, onPick: pick
    }));
    const view = treeView((node) => context.change({node: context.state().node === node ? -1 : node}));
    const bars = contributionBars((step) => context.change({step}));
    const nodeText = html`<p class="node-text" role="status"></p>`;
    const scoreText = html`<p class="node-text" role="status"></p>`;
    const below = html`<div class="tree-panels"><div>${view.element}${nodeText}</div><div>${bars.element}${scoreText}</div></div>`;
    const body = html`<div><div class="curve-panels">${panels.map(({element}) => element)}</div>${below}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    onThemeChange(context.redraw, context.signal);
    return {
      body,
      update(state) {
        const {plane, frame, fits} = work(state);
        const {table: data} = plane;
        const wide = width > 620;
        const half = wide ? Math.floor((width - 20) / 2) : width;
        const fit = fits?.[state.library];
        const tree = fit && state.step > 0 ? fit.trees[state.step - 1]! : null;
        const node = tree && state.node < tree.left.length ? state.node : -1;
        const point = Math.min(state.point, data.rows - 1);
        const lit = tree && node >= 0 ? rowsAt(tree, node, data) : null;
        libraries.forEach((library, i) => panels[i]!.show({
          ...plane, frame, colorOf: (row) => (data.labels[row] === 1 ? "var(--c1)" : "var(--c2)"),
          shares: fits && classShares(fits[library].grids[state.step]!), picked: point, lit, width: half,
          title: labels.heading(libraryNames[library], fits ? numberText(fits[library].losses[state.step]!, 3) : "")
        }));
        const isLost = point >= 0 && state.library === "gbdt" && lacksValue(data, point);
        const treeWidth = wide ? Math.floor((width - 20) * 0.62) : width;
        below.style.gridTemplateColumns = wide ? `${treeWidth}px minmax(0, 1fr)` : "minmax(0, 1fr)";
        view.element.style.display = tree ? "" : "none";
        if (tree) view.show({
          tree, names: data.featureNames ?? [], node, rate: fit!.rate, width: treeWidth,
          path: point >= 0 && !isLost ? pathOf(tree, data.features, data.columns, point) : []
        });
        nodeText.textContent = !fit ? "" : !tree ? labels.start : node < 0 || !lit ? labels.none : nodeTextOf(fit, state.step, node, lit.size);
        const added = fit && point >= 0 && !isLost ? contributions(fit, data, point, state.step) : [];
        const barsWidth = wide ? width - 20 - treeWidth : width;
        bars.show({added, start: fit?.start ?? 0, total: rounds, color: libraryColors[state.library], width: barsWidth, height: 210});
        scoreText.textContent = !fit ? "" : isLost ? labels.gbdtMissing : point < 0 ? "" : scoreTextOf(fit, added);
      },
      data: () => dataOf(work(context.state()), context.state()),
      steps: (state) => stepsOf(work(state), state)
    };
  }
});

function nodeTextOf({trees, rate}: PlaneFit, round: number, node: number, rows: number): string {
  const {left, gain, cover, value} = trees[round - 1]!;
  return left[node]! < 0
    ? labels.leafText(rows, numberText(rate * value[node]!, 3), numberText(cover[node]!, 4))
    : labels.nodeText(rows, numberText(gain[node]!, 4), numberText(cover[node]!, 4));
}

function scoreTextOf({start}: PlaneFit, added: readonly number[]): string {
  const sum = added.reduce((a, b) => a + b, 0);
  const score = start + sum;
  return labels.score(numberText(start, 3), numberText(sum, 3), numberText(score, 3), numberText(1 / (1 + Math.exp(-score)), 3));
}

/** A step a tree, whether or not the fits are there yet. */
function stepsOf({plane: {table}, fits}: Worked, {library, point}: State): readonly Step[] {
  const fit = fits?.[library];
  const row = Math.min(Math.max(0, point), table.rows - 1);
  const added = !fit || (library === "gbdt" && lacksValue(table, row)) ? new Array<number>(rounds).fill(0) : contributions(fit, table, row, rounds);
  let score = fit?.start ?? 0;
  const values = (of: Record<string, number>) => (fit ? of : {});
  return [{title: labels.start, formula: "F_0 = [[start|F_0]]", values: values({start: score}), focus: []}, ...added.map((value, i): Step => {
    const before = score;
    score += value;
    return {
      title: labels.tree(i + 1),
      formula:
        "\\begin{aligned}F_t &= [[before|F_{t-1}]] + [[leaf|\\text{leaf}]] = [[after|F_t]] \\\\ p &= \\frac{1}{1 + e^{-F_t}} = [[p]]\\end{aligned}",
      values: values({before, leaf: value, after: score, p: 1 / (1 + Math.exp(-score))}),
      focus: []
    };
  })];
}

function dataOf({plane: {table, places, axes}, fits}: Worked, {step}: State): readonly Row[] {
  const scores = (library: Library, row: number) =>
    !fits || (library === "gbdt" && lacksValue(table, row)) ? null
    : contributions(fits[library], table, row, step).reduce((a, b) => a + b, fits[library].start);
  const value = (row: number, axis: 0 | 1) => {
    const place = places[2 * row + axis]!;
    return axes[axis].words?.[Math.round(place)] ?? (Number.isNaN(place) ? null : place);
  };
  return Array.from(table.labels, (label, row) => ({
    [axes[0].name]: value(row, 0), [axes[1].name]: value(row, 1), label,
    "GBDT score": scores("gbdt", row), "XGBoost score": scores("xgboost", row)
  }));
}
