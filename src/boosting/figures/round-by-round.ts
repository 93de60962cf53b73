/** Figure: boosting, round by round, on a curve the reader draws; GBDT and XGBoost in lockstep. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, numberField, vectorField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import type {Step} from "../../notebook/step.js";
import {fitCurve, gridSize, leafAt} from "../curve-fit.js";
import type {CurveFit, Library} from "../curve-fit.js";
import {curveOf, knotCount, knotsOf} from "../curves.js";
import {curveSample} from "../samples.js";
import type {Table} from "../table.js";
import {curvePanel} from "./curve-panel.js";
import {libraryColors, libraryNames} from "./library-look.js";
import {roundsChart} from "./rounds-chart.js";

const labels = {
  title: "Boosting, round by round",
  caption:
    "The grey curve is yours: draw on the upper plots, or move the point that the slider names with the arrow keys. Dots " +
    "are what the libraries see of it, with noise. Each round fits a small tree (lower plots, in colour) to what is left " +
    "over (grey sticks) and adds it to the sum (upper plots). Below, the error on the dots and on others held out; a " +
    "ring is where early stopping (10 rounds without a better validation error) would stop.",
  shape: "Curve",
  shapes: {wave: "wave", steps: "steps", spike: "spike", drawn: "as drawn"},
  noise: "Noise",
  rate: "Learning rate η",
  depth: "Depth",
  lambda: "λ, XGBoost",
  rounds: "Rounds",
  round: "Round",
  knots: "Heights of the curve",
  probe: "x looked at",
  seed: "Seed",
  draw: "Curve: arrow keys choose a point and move it",
  knot: (x: string, y: string) => `Point to move: x ${x}, height ${y}`,
  panel: {chart: "points, curve and prediction; residuals and this round's tree", y: "y", residual: "left over, and the tree", x: "x"},
  chart: {chart: "Mean squared error against the round", x: "round", y: "mean squared error"},
  train: "train",
  validation: "validation",
  start: (value: string) => `Both start from the mean, ${value}.`,
  step: (round: number) => `Round ${round}`,
  note: (gbdt: number, xgboost: number) =>
    `At the x looked at, GBDT's leaf holds ${gbdt} rows, XGBoost's ${xgboost}. With squared error every hessian is 1, so ` +
    "H is the count of rows and only λ parts the two."
};

const patience = 10;
const rows = 60;
const schema = {
  shape: choiceField({label: labels.shape, default: "wave", options: labels.shapes}),
  noise: numberField({label: labels.noise, default: 0.08, min: 0, max: 0.3, step: 0.01}),
  rate: numberField({label: labels.rate, default: 0.3, min: 0.01, max: 1, step: 0.01}),
  depth: numberField({label: labels.depth, default: 2, min: 1, max: 6, step: 1}),
  lambda: numberField({label: labels.lambda, default: 1, min: 0, max: 20, step: 0.1}),
  rounds: numberField({label: labels.rounds, default: 40, min: 5, max: 100, step: 1}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1}),
  probe: numberField({label: labels.probe, default: 0.3, min: 0, max: 1, step: 0.005, control: false}),
  knots: vectorField({label: labels.knots, default: knotsOf(curveOf("wave", [])), min: 0, max: 1, control: false}),
  step: numberField({label: labels.round, default: 3, min: 0, max: 100, step: 1, control: false})
};
type State = StateOf<typeof schema>;

interface Worked {
  readonly train: Table;
  readonly fits: Readonly<Record<Library, CurveFit>>;
}

let memo: ({readonly key: string} & Worked) | undefined;

function work({shape, noise, rate, depth, lambda, rounds, seed, knots}: State): Worked {
  const key = JSON.stringify([shape, noise, rate, depth, lambda, rounds, seed, shape === "drawn" && knots]);
  if (memo?.key !== key) {
    const curve = curveOf(shape, knots);
    const [train, validation] = [curveSample(curve, rows, noise, seed), curveSample(curve, 2 * rows, noise, seed + 1000)];
    const fit = (library: Library) => fitCurve(library, train, validation, {rate, depth, rounds, lambda}, patience);
    memo = {key, train, fits: {gbdt: fit("gbdt"), xgboost: fit("xgboost")}};
  }
  return memo;
}

const libraries: readonly Library[] = ["gbdt", "xgboost"];

export const roundByRound = defineFigure({
  id: "boosting/round-by-round",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    const draw = (x: number, y: number) => {
      const {shape, knots} = context.state();
      const next = [...knotsOf(curveOf(shape, knots))];
      next[Math.round(x * (knotCount - 1))] = Number(y.toFixed(3));
      context.change({shape: "drawn", knots: next});
    };
    const probe = (x: number) => context.change({probe: x});
    const panels = libraries.map((library) => curvePanel({
      name: libraryNames[library], color: libraryColors[library], labels: labels.panel, onDraw: draw, onProbe: probe
    }));
    const chart = roundsChart(labels.chart, (step) => context.change({step}));
    const handle = knotHandle(() => context.state(), draw);
    const body = html`<div>${handle.element}<div class="curve-panels">${panels.map(({element}) => element)}</div>${chart.element}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        const {train, fits} = work(state);
        const round = Math.min(state.step, state.rounds);
        const wide = width > 620;
        const curve = curveOf(state.shape, state.knots);
        const panelWidth = wide ? Math.floor((width - 20) / 2) : width;
        libraries.forEach((library, i) => panels[i]!.show({fit: fits[library], train, curve, round, probe: state.probe, width: panelWidth}));
        chart.show({curves: curvesOf(fits), round, stops: stopsOf(fits), width, height: 230});
        handle.show();
      },
      data: () => dataOf(work(context.state()).fits),
      steps: (state) => stepsOf(state, work(state).fits)
    };
  }
});

/** The curve by keyboard: left and right choose a point, up and down move it. */
function knotHandle(state: () => State, draw: (x: number, y: number) => void) {
  let knot = Math.floor(knotCount / 2);
  const element = html`<span class="knot-handle" tabindex="0" role="slider" aria-label=${labels.draw} aria-valuemin="0" aria-valuemax="1"></span>`;
  const height = () => curveOf(state().shape, state().knots)(knot / (knotCount - 1));
  const show = () => {
    const text = labels.knot(numberText(knot / (knotCount - 1), 2), numberText(height(), 2));
    element.setAttribute("aria-valuenow", height().toFixed(3));
    element.setAttribute("aria-valuetext", text);
    element.textContent = text;
  };
  element.addEventListener("keydown", (event: KeyboardEvent) => {
    const along = {ArrowLeft: -1, ArrowRight: 1}[event.key] ?? 0;
    const up = {ArrowUp: 0.02, ArrowDown: -0.02}[event.key] ?? 0;
    if (!along && !up) return;
    event.preventDefault();
    knot = Math.max(0, Math.min(knotCount - 1, knot + along));
    if (up) draw(knot / (knotCount - 1), Math.max(0, Math.min(1, height() + up)));
    show();
  });
  return {element, show};
}

function curvesOf(fits: Worked["fits"]) {
  return libraries.flatMap((library) => (["train", "validation"] as const).map((set) => ({
    name: `${libraryNames[library]} ${labels[set]}`,
    color: libraryColors[library],
    dashed: set === "train",
    values: [fits[library][set], ...fits[library].rounds.map((round) => round[set])]
  })));
}

function stopsOf(fits: Worked["fits"]) {
  return libraries.flatMap((library) => {
    const {stop, rounds: done} = fits[library];
    return stop === null ? [] : [{round: stop, value: done[stop - 1]!.validation, color: libraryColors[library]}];
  });
}

function stepsOf({rounds: count, rate, lambda, probe}: State, fits: Worked["fits"]): readonly Step[] {
  const start: Step = {title: labels.start(numberText(fits.gbdt.start, 3)), formula: "F_0(x) = [[mean|\\bar y]]", values: {mean: fits.gbdt.start}, focus: []};
  const at = Math.round(probe * (gridSize - 1));
  const rest = Array.from({length: count}, (_, i): Step => {
    const round = i + 1;
    const leaves = {gbdt: leafAt(fits.gbdt, round, probe, rate, "gbdt"), xgboost: leafAt(fits.xgboost, round, probe, rate, "xgboost")};
    const before = (library: Library) => (i === 0 ? fits[library].start : fits[library].rounds[i - 1]!.grid[at]!);
    const after = (library: Library) => before(library) + rate * leaves[library].value;
    const {gbdt, xgboost} = leaves;
    return {
      title: labels.step(round),
      formula:
        `\\begin{aligned}\\text{GBDT: } & [[beforeG|F_{t-1}(x)]] + [[eta|\\eta]] \\cdot \\frac{[[sumG|\\sum r]]}{[[nG|n]]} = [[afterG|F_t(x)]] \\\\` +
        `\\text{XGBoost: } & [[beforeX|F_{t-1}(x)]] + [[eta|\\eta]] \\cdot \\frac{[[sumX|-G]]}{[[HX|H]] + [[lambda|\\lambda]]} = [[afterX|F_t(x)]]\\end{aligned}`,
      values: {
        beforeG: before("gbdt"), eta: rate, sumG: gbdt.value * gbdt.rows, nG: gbdt.rows, afterG: after("gbdt"),
        beforeX: before("xgboost"), sumX: xgboost.value * (xgboost.rows + lambda), HX: xgboost.rows, lambda, afterX: after("xgboost")
      },
      focus: [],
      note: labels.note(gbdt.rows, xgboost.rows)
    };
  });
  return [start, ...rest];
}

function dataOf(fits: Worked["fits"]): readonly Row[] {
  return libraries.flatMap((library) => [
    {library, round: 0, train: fits[library].train, validation: fits[library].validation},
    ...fits[library].rounds.map(({train, validation}, i) => ({library, round: i + 1, train, validation}))
  ]);
}
