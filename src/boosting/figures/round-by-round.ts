/** Figure: boosting, round by round, on a curve the reader draws; GBDT and XGBoost in lockstep. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, numberField, vectorField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import type {Step} from "../../notebook/step.js";
import {gridSize, leafAt} from "../curve-fit.js";
import type {Library} from "../curve-fit.js";
import {curveOf, knotCount, knotsOf} from "../curves.js";
import {curveSample} from "../samples.js";
import {answersFrom} from "./answers.js";
import type {Answered} from "./answers.js";
import {curvePanel} from "./curve-panel.js";
import {libraryColors, libraryNames} from "./library-look.js";
import {roundsChart} from "./rounds-chart.js";

const labels = {
  title: "Boosting, round by round",
  caption:
    "The grey curve is yours: draw on the upper plots, or move the point that the slider names with the arrow keys. Dots " +
    "are what the libraries see of it, with noise. Each round fits a small tree (lower plots, in colour) to what is left " +
    "over (grey sticks) and adds it to the sum (upper plots). Below, the error on the dots and on others held out; a " +
    "ring is each library's best round. Early stopping ends a training once so many rounds brought nothing: XGBoost asks " +
    "for a round better than its best, scikit-learn for one better by 0.0001 than one of the last so many.",
  shape: "Curve",
  shapes: {wave: "wave", steps: "steps", spike: "spike", drawn: "as drawn"},
  noise: "Noise",
  rate: "Learning rate η",
  depth: "Depth",
  lambda: "λ, XGBoost",
  rounds: "Rounds",
  stopping: "Early stopping after",
  stoppings: {"0": "off", "3": "3 rounds", "10": "10"},
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
  waiting: "Both start from the mean.",
  step: (round: number) => `Round ${round}`,
  stopped: (names: string) => `${names} has stopped.`,
  note: (gbdt: number, xgboost: number) =>
    `At the x looked at, GBDT's leaf holds ${gbdt} rows, XGBoost's ${xgboost}. With squared error every hessian is 1, so ` +
    "H is the count of rows and only λ parts the two."
};

const rows = 60;
const schema = {
  shape: choiceField({label: labels.shape, default: "wave", options: labels.shapes}),
  noise: numberField({label: labels.noise, default: 0.08, min: 0, max: 0.3, step: 0.01}),
  rate: numberField({label: labels.rate, default: 0.3, min: 0.01, max: 1, step: 0.01}),
  depth: numberField({label: labels.depth, default: 2, min: 1, max: 6, step: 1}),
  lambda: numberField({label: labels.lambda, default: 1, min: 0, max: 20, step: 0.1}),
  rounds: numberField({label: labels.rounds, default: 40, min: 5, max: 100, step: 1}),
  stopping: choiceField({label: labels.stopping, default: "0", options: labels.stoppings}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1}),
  probe: numberField({label: labels.probe, default: 0.3, min: 0, max: 1, step: 0.005, control: false}),
  knots: vectorField({label: labels.knots, default: knotsOf(curveOf("wave", [])), min: 0, max: 1, control: false}),
  step: numberField({label: labels.round, default: 3, min: 0, max: 100, step: 1, control: false})
};
type State = StateOf<typeof schema>;

type Worked = Answered<"curve">;

const questionOf = ({shape, noise, rate, depth, lambda, rounds, stopping, seed, knots}: State) =>
  ({shape, noise, rate, depth, lambda, rounds, patience: Number(stopping), seed, rows, knots: shape === "drawn" ? knots : []});

const libraries: readonly Library[] = ["gbdt", "xgboost"];

export const roundByRound = defineFigure({
  id: "boosting/round-by-round",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let drawn: {readonly worked?: Worked | undefined; readonly view?: string} = {};
    const answers = answersFrom("curve", {signal: context.signal, redraw: context.redraw, onError: context.say});
    const work = (state: State) => answers(questionOf(state));
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
        const worked = work(state);
        // Another fit is on its way, and nothing else has changed: there is nothing new to draw.
        const view = JSON.stringify([width, state.step, state.rounds, state.probe, state.shape, state.knots]);
        if (worked && worked === drawn.worked && view === drawn.view) return;
        drawn = {worked, view};
        const round = Math.min(state.step, state.rounds);
        const wide = width > 620;
        const curve = curveOf(state.shape, state.knots);
        const panelWidth = wide ? Math.floor((width - 20) / 2) : width;
        const train = worked?.answer.train ?? curveSample(curve, rows, state.noise, state.seed);
        libraries.forEach((library, i) => panels[i]!.show({
          fit: worked?.answer.fits[library] ?? null, train, curve, round, probe: state.probe, width: panelWidth
        }));
        chart.show({
          curves: worked ? curvesOf(worked) : [], stops: worked ? stopsOf(worked) : [], last: state.rounds, round, width, height: 230
        });
        handle.show();
      },
      data: () => dataOf(work(context.state())),
      steps: (state) => stepsOf(state, work(state))
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

function curvesOf({answer: {fits}}: Worked) {
  return libraries.flatMap((library) => (["train", "validation"] as const).map((set) => ({
    name: `${libraryNames[library]} ${labels[set]}`,
    color: libraryColors[library],
    dashed: set === "train",
    values: [fits[library][set], ...fits[library].rounds.map((round) => round[set])]
  })));
}

function stopsOf({answer: {fits}}: Worked) {
  return libraries.map((library) => {
    const {best, rounds: done} = fits[library];
    return {round: best, value: done[best - 1]!.validation, color: libraryColors[library]};
  });
}

/** A step a round, whether or not the fits are there yet. */
function stepsOf({rounds: count, probe}: State, worked: Worked | undefined): readonly Step[] {
  const mean = worked?.answer.fits.gbdt.start;
  const start: Step = {
    title: mean === undefined ? labels.waiting : labels.start(numberText(mean, 3)),
    formula: "F_0(x) = [[mean|\\bar y]]",
    values: mean === undefined ? {} : {mean},
    focus: []
  };
  return [start, ...Array.from({length: count}, (_, i) => roundStep(i + 1, probe, worked))];
}

function roundStep(round: number, probe: number, worked: Worked | undefined): Step {
  const parts = libraries.map((library) => linePart(library, round, probe, worked));
  const stopped = libraries.filter((_, i) => parts[i]!.stopped).map((library) => libraryNames[library]);
  const rows = libraries.map((_, i) => parts[i]!.rows);
  return {
    title: labels.step(round),
    formula: `\\begin{aligned}${parts.map(({tex}) => tex).join(" \\\\ ")}\\end{aligned}`,
    values: {...parts[0]!.values, ...parts[1]!.values},
    focus: [],
    note: [...stopped.map(labels.stopped), stopped.length === 0 && worked ? labels.note(rows[0]!, rows[1]!) : ""].join(" ").trim()
  };
}

/** A library's line of the formula: what its tree of this round adds at the x looked at. */
function linePart(library: Library, round: number, probe: number, worked: Worked | undefined) {
  const [name, letter] = library === "gbdt" ? ["GBDT", "G"] : ["XGBoost", "X"];
  const leaf = library === "gbdt" ? "\\frac{[[sumG|\\sum r]]}{[[nG|n]]}" : "\\frac{[[sumX|-G]]}{[[HX|H]] + [[lambda|\\lambda]]}";
  const line = `\\text{${name}: } & [[before${letter}|F_{t-1}(x)]] + [[eta|\\eta]] \\cdot ${leaf} \\\\ & = [[after${letter}|F_t(x)]]`;
  if (!worked) return {tex: line, values: {} as Readonly<Record<string, number>>, rows: 0, stopped: false};
  const {question: {rate, lambda}, answer: {fits}} = worked;
  const fit = fits[library];
  const at = Math.round(probe * (gridSize - 1));
  if (round > fit.rounds.length) {
    const tex = `\\text{${name}: } & F_{${fit.rounds.length}}(x) = [[after${letter}|F(x)]]`;
    return {tex, values: {[`after${letter}`]: fit.rounds.at(-1)!.grid[at]!}, rows: 0, stopped: true};
  }
  const {rows: held, value} = leafAt(fit, round, probe, rate, library);
  const before = round === 1 ? fit.start : fit.rounds[round - 2]!.grid[at]!;
  const sides = {[`before${letter}`]: before, [`after${letter}`]: before + rate * value, eta: rate};
  const parts: Readonly<Record<string, number>> = library === "gbdt" ? {sumG: value * held, nG: held} : {sumX: value * (held + lambda), HX: held, lambda};
  return {tex: line, values: {...sides, ...parts}, rows: held, stopped: false};
}

function dataOf(worked: Worked | undefined): readonly Row[] {
  if (!worked) return [];
  const {fits} = worked.answer;
  return libraries.flatMap((library) => [
    {library, round: 0, train: fits[library].train, validation: fits[library].validation},
    ...fits[library].rounds.map(({train, validation}, i) => ({library, round: i + 1, train, validation}))
  ]);
}
