/** Figure: cross-entropy and focal loss for any γ and α, opened step by step with the reader's numbers. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {choiceField, flagField, numberField, setField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {easyPerHard, sigmoidFocalLoss} from "../focal.js";
import {easyHard} from "./easy-hard.js";
import {gammaColors, gammaOptions} from "./focal-look.js";
import {focalSteps} from "./focal-steps.js";
import {lossChart} from "./loss-chart.js";
import type {LossChartState} from "./loss-chart.js";

const count = new Intl.NumberFormat("en", {maximumSignificantDigits: 3});

const labels = {
  title: "Focal loss, opened",
  caption:
    "Left, the loss of one example; right, how hard it pulls on the logit. The thick curve has your γ; drag the point, or " +
    "focus a chart and use the arrow keys. Shaded: examples that the network already has on the right side.",
  target: "True label",
  targets: {"1": "1", "0": "0"},
  logit: "Logit",
  gamma: "γ",
  weighted: "Weigh by α",
  alpha: "α",
  gammas: "Beside it, γ =",
  axis: "Across",
  axes: {pt: "pₜ", margin: "logit"},
  log: "Logarithmic",
  easy: "pₜ of an easy example",
  hard: "pₜ of a hard one",
  weigh: (n: string, easy: string, hard: string, gamma: string, plain: string) =>
    `At γ = ${gamma} it takes ${n} examples at pₜ = ${easy} to outweigh one at pₜ = ${hard}; under cross-entropy, ${plain}.`
};

const schema = {
  target: choiceField({label: labels.target, default: "1", options: labels.targets}),
  logit: numberField({label: labels.logit, default: 1.4, min: -8, max: 8, step: 0.05}),
  gamma: numberField({label: labels.gamma, default: 2, min: 0, max: 5, step: 0.1}),
  weighted: flagField({label: labels.weighted, default: false}),
  alpha: numberField({label: labels.alpha, default: 0.25, min: 0, max: 1, step: 0.01, when: ({weighted}) => weighted === true}),
  gammas: setField({label: labels.gammas, default: ["0.0", "0.5", "1.0", "5.0"], options: gammaOptions, colors: gammaColors}),
  axis: choiceField({label: labels.axis, default: "pt", options: labels.axes}),
  log: flagField({label: labels.log, default: false}),
  easy: numberField({label: labels.easy, default: 0.9, min: 0.5, max: 0.99, step: 0.01}),
  hard: numberField({label: labels.hard, default: 0.1, min: 0.01, max: 0.5, step: 0.01}),
  step: numberField({label: "Step", default: 0, min: 0, max: 6, step: 1, control: false})
};
type State = StateOf<typeof schema>;

const turnOf = ({target}: State) => (target === "1" ? 1 : -1);
const alphaOf = ({weighted, alpha}: State) => (weighted ? alpha : -1);
/** α_t as an α of a positive example, which is how the chart draws both classes. */
const weightOf = (state: State) => (!state.weighted ? -1 : state.target === "1" ? state.alpha : Math.max(0, 1 - state.alpha));

/** What the prose beside the figure says of it. */
export function openedReadings(state: State) {
  const options = {alpha: alphaOf(state), gamma: state.gamma};
  const {loss, gradient} = sigmoidFocalLoss(state.logit, Number(state.target), options);
  const plain = sigmoidFocalLoss(state.logit, Number(state.target), {alpha: -1, gamma: 0}).loss;
  const signed = turnOf(state) * state.logit;
  return {pt: 1 / (1 + Math.exp(-signed)), loss, gradient, crossEntropy: plain, gamma: state.gamma};
}

export const lossOpened = defineFigure({
  id: "focal-loss/loss-opened",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    const onMove = (margin: number) => {
      const state = context.state();
      context.change({logit: Math.round((turnOf(state) * Math.max(-8, Math.min(8, margin))) / 0.05) * 0.05});
    };
    const charts = {loss: lossChart({onMove}), slope: lossChart({onMove})};
    const bars = easyHard();
    const verdict = html`<p class="focal-verdict" role="status"></p>`;
    const body = html`<div><div class="focal-panels">${charts.loss.element}${charts.slope.element}</div>
      <div class="focal-panels"><div data-stepper></div><div>${bars.element}${verdict}</div></div></div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        const panel = width > 720 ? Math.floor((width - 24) / 2) : width;
        const gammas = state.gammas.map(Number);
        const shared: Omit<LossChartState, "quantity"> = {
          axis: state.axis, log: state.log, weight: weightOf(state), gammas, gamma: state.gamma,
          margin: turnOf(state) * state.logit, width: panel, height: 250
        };
        charts.loss.show({...shared, quantity: "loss"});
        charts.slope.show({...shared, quantity: "slope"});
        bars.show(gammas, state.gamma, state.easy, state.hard, panel);
        verdict.textContent = verdictOf(state);
      },
      data: () => curveRows(context.state()),
      steps: (state) => focalSteps(state.logit, state.target === "1" ? 1 : 0, alphaOf(state), state.gamma),
      focus(parts) {
        for (const chart of Object.values(charts)) chart.focus(parts);
      }
    };
  }
});

function verdictOf({easy, hard, gamma}: State): string {
  const [own, plain] = [gamma, 0].map((g) => count.format(easyPerHard(easy, hard, g))) as [string, string];
  return labels.weigh(own, String(easy), String(hard), String(gamma), plain);
}

function curveRows(state: State): readonly Row[] {
  return [...new Set([...state.gammas.map(Number), state.gamma])].flatMap((gamma) =>
    Array.from({length: 99}, (_, i) => {
      const pt = (i + 1) / 100;
      const {loss, gradient} = sigmoidFocalLoss(Math.log(pt / (1 - pt)), 1, {alpha: weightOf(state), gamma});
      return {gamma, pt, loss, slope: Math.abs(gradient)};
    })
  );
}
