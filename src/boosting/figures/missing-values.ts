/** Figure: values go missing; learned default directions against filling in and dropping rows. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {methods, missingFeatures, missingRates} from "../missing-experiment.js";
import type {Method, MissingSnapshot} from "../missing-experiment.js";
import {bandChart} from "./band-chart.js";
import {methodColors, methodNames} from "./missing-look.js";
import {taskRunner} from "./task-runner.js";

const labels = {
  title: "Missing values",
  caption:
    "Four features, three of which matter; a share of all values is removed from training and held-out rows alike. " +
    "XGBoost tries missing values on either side of each split and keeps the better side; for scikit-learn's boosting " +
    "the holes are filled first (from the training rows), or the rows dropped (a held-out row with a hole then gets the " +
    "base rate). A line is the mean over seeds, its band one standard deviation to either side.",
  mechanism: "What goes missing",
  mechanisms: {random: "any value, at random", large: "large values, mostly", label: "values of class 1, mostly"},
  rows: "Training rows",
  seeds: "Seeds",
  seed: "First seed",
  chart: {chart: "Held-out log loss against the share of missing values", x: "share of values missing", y: "held-out log loss"},
  message: (done: number, total: number) => `${done} of ${total} models`,
  directions: "Where missing values go",
  directionsNote: (rate: string) => `XGBoost's splits with ${rate} of the values missing, last seed`,
  left: "left (below the threshold)",
  right: "right",
  feature: "feature",
  verdict: (rate: string, best: string, loss: string, worst: string, worstLoss: string) =>
    `With ${rate} missing, ${best} does best (log loss ${loss}), ${worst} worst (${worstLoss}).`
};

const schema = {
  mechanism: choiceField({label: labels.mechanism, default: "large", options: labels.mechanisms}),
  rows: numberField({label: labels.rows, default: 200, min: 50, max: 800, step: 10}),
  seeds: numberField({label: labels.seeds, default: 4, min: 2, max: 20, step: 1}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1})
};
type State = StateOf<typeof schema>;

export const missingValues = defineFigure({
  id: "boosting/missing-values",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    const runner = taskRunner({
      task: "missing",
      config: () => configOf(context.state()),
      signal: context.signal,
      onVisible: context.onVisible,
      redraw: context.redraw,
      message: ({progress}) => labels.message(progress.done, progress.total)
    });
    const chart = bandChart(labels.chart);
    const table = html`<div class="directions"></div>`;
    const verdict = html`<p class="node-text" role="status"></p>`;
    const body = html`<div>${runner.element}<div class="missing-panels"><div>${chart.element}</div>${table}</div>${verdict}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update() {
        runner.update();
        const wide = width > 760;
        const {snapshot} = runner;
        chart.show({
          xs: missingRates,
          bands: methods.map((method) => ({name: methodNames[method], color: methodColors[method], values: snapshot?.losses[method] ?? []})),
          width: wide ? Math.floor((width - 24) * 0.64) : width,
          height: 340
        });
        table.replaceChildren(directionsTable(snapshot));
        verdict.textContent = snapshot ? verdictOf(snapshot) : "";
      },
      data: () => dataOf(runner.snapshot)
    };
  }
});

const configOf = ({mechanism, rows, seeds, seed}: State) => ({mechanism, rows, seeds, seed});

const percent = (rate: number) => `${Math.round(100 * rate)} %`;
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function directionsTable(snapshot: MissingSnapshot | undefined): Element {
  const rows = missingFeatures.map((name, i) => {
    const [left, right] = snapshot?.directions[i] ?? [0, 0];
    const share = left + right ? (100 * left) / (left + right) : 50;
    return html`<tr><th scope="row">${name}</th><td class="number">${left}</td><td class="direction-bar"><span
      style=${`width: ${share}%`}></span></td><td class="number">${right}</td></tr>`;
  });
  return html`<table><caption>${labels.directions}</caption><thead><tr><th scope="col">${labels.feature}</th><th scope="col" colspan="2">${labels.left}</th>
    <th scope="col">${labels.right}</th></tr></thead><tbody>${rows}</tbody><tfoot><tr><td colspan="4">${
      labels.directionsNote(percent(missingRates.at(-1)!))}</td></tr></tfoot></table>`;
}

function verdictOf({losses}: MissingSnapshot): string {
  const at = missingRates.length - 1;
  if (methods.some((method) => losses[method][at]!.length === 0)) return "";
  const sorted = [...methods].sort((a, b) => mean(losses[a][at]!) - mean(losses[b][at]!));
  const [best, worst] = [sorted[0]!, sorted.at(-1)!];
  const text = (method: Method) => numberText(mean(losses[method][at]!), 3);
  return labels.verdict(percent(missingRates[at]!), methodNames[best], text(best), methodNames[worst], text(worst));
}

function dataOf(snapshot: MissingSnapshot | undefined): readonly Row[] {
  return methods.flatMap((method) => missingRates.flatMap((rate, r) =>
    (snapshot?.losses[method][r] ?? []).map((loss, seed) => ({method, rate, seed, logLoss: loss}))));
}
