/** Figure: both libraries on the reader's own CSV; the model in XGBoost's JSON, out and in. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {fileDrop} from "../../notebook/file-drop.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import type {CsvSnapshot} from "../csv-experiment.js";
import {leafOf} from "../tree.js";
import type {BoostedTrees} from "../xgboost.js";
import {fromXgboostJson, predict, toXgboostJson} from "../xgboost.js";
import {contributionBars} from "./contribution-bars.js";
import {libraryColors, libraryNames} from "./library-look.js";
import {ownData} from "./own-data.js";
import {roundsChart} from "./rounds-chart.js";
import {taskRunner} from "./task-runner.js";

const labels = {
  title: "Bring your own CSV",
  caption:
    "Your file is read in this page and goes nowhere. Words become one column a kind, missing values stay missing for " +
    "XGBoost and are filled with medians for scikit-learn's boosting, which is left out for more than two classes. The " +
    "model file is XGBoost's own JSON: load it in Python with xgb.Booster(model_file=…), or drop one of yours below and see " +
    "what its trees make of a row.",
  depth: "Depth",
  depths: {"2": "2", "3": "3", "4": "4", "6": "6"},
  rate: "Learning rate η",
  rounds: "Rounds",
  lambda: "λ, XGBoost",
  held: "Held out",
  seed: "Seed of the split",
  row: "Row",
  message: ({done, total}: {done: number; total: number}) => (done < total ? `${done} of ${total} steps` : "Trained."),
  chart: {chart: "Loss against the round", x: "round", y: "loss"},
  train: "train",
  validation: "validation",
  best: (name: string, round: number, loss: string) => `${name}: least validation loss ${loss} in round ${round}.`,
  importances: ["feature", "weight", "gain", "cover", "permutation"],
  download: "Download the model as XGBoost JSON",
  drop: "Drop an XGBoost model (JSON) here:",
  loaded: (name: string, trees: number) => `${name}: ${trees} trees.`,
  refused: (name: string, reason: string) => `${name} was not loaded: ${reason}. The model trained here stays.`,
  mismatch: (theirs: number, ours: number) => `it was trained on ${theirs} columns, the table has ${ours}`,
  explain: "What each tree adds to the score of row",
  answer: (start: string, sum: string, prediction: string, truth: string) =>
    `Start ${start}, trees ${sum}. Predicted ${prediction}; in the file: ${truth}.`
};

const schema = {
  depth: choiceField({label: labels.depth, default: "3", options: labels.depths}),
  rate: numberField({label: labels.rate, default: 0.2, min: 0.01, max: 1, step: 0.01}),
  rounds: numberField({label: labels.rounds, default: 40, min: 1, max: 200, step: 1}),
  lambda: numberField({label: labels.lambda, default: 1, min: 0, max: 20, step: 0.1}),
  held: numberField({label: labels.held, default: 25, min: 5, max: 60, step: 1, unit: "%"}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1}),
  row: numberField({label: labels.row, default: 0, min: 0, max: 1_000_000, step: 1, control: false})
};
type State = StateOf<typeof schema>;

export const bringYourOwn = defineFigure({
  id: "boosting/bring-your-own",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let loaded: BoostedTrees | undefined;
    const own = ownData(() => {
      loaded = undefined;
      modelStatus.textContent = "";
      context.redraw();
    });
    const task = () => ("problem" in own.task ? undefined : own.task);
    const runner = taskRunner({
      task: "csv",
      config: () => ({...settings(context.state()), table: task()?.table ?? nothing, classes: task()?.classes.length ?? 0}),
      signal: context.signal,
      onVisible: context.onVisible,
      redraw: context.redraw,
      message: ({progress}) => labels.message(progress)
    });
    const chart = roundsChart(labels.chart, () => undefined);
    const bars = contributionBars(() => undefined);
    const [notes, table, verdict, answer] = [html`<p class="own-status" role="status"></p>`, html`<div class="speed-table" tabindex="0" role="group" aria-label=${labels.importances.join(", ")}></div>`,
      html`<p class="node-text" role="status"></p>`, html`<p class="node-text" role="status"></p>`];
    const modelStatus = html`<p class="own-status" role="status"></p>`;
    const download = html`<button type="button">${labels.download}</button>` as HTMLButtonElement;
    const model = () => loaded ?? runner.snapshot?.result?.model;
    download.addEventListener("click", () => {
      const trained = model();
      if (trained) save(toXgboostJson(trained), "model.json");
    });
    const drop = fileDrop({
      label: labels.drop,
      accept: ".json,application/json",
      onError: (message) => (modelStatus.textContent = message),
      onText: (text, name) => {
        try {
          const theirs = fromXgboostJson(text);
          const columns = task()?.table.columns ?? 0;
          if (theirs.columns !== columns) throw new Error(labels.mismatch(theirs.columns, columns));
          loaded = theirs;
          modelStatus.textContent = labels.loaded(name, theirs.trees.length);
        } catch (error) {
          modelStatus.textContent = labels.refused(name, error instanceof Error ? error.message : String(error));
        }
        context.redraw();
      }
    });
    const row = html`<input type="number" min="0" step="1" aria-label=${labels.explain}>` as HTMLInputElement;
    row.addEventListener("change", () => context.change({row: row.valueAsNumber}));
    const body = html`<div>${own.element}${notes}${runner.element}<div class="missing-panels"><div>${chart.element}${verdict}</div>${table}</div>
      <div class="own-model"><p>${labels.explain} ${row}</p>${bars.element}${answer}<div class="own-files">${download}${drop}</div>${modelStatus}</div></div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        runner.update();
        const {snapshot} = runner;
        notes.textContent = "problem" in own.task ? own.task.problem : own.task.notes.join(" ");
        const panel = width > 760 ? Math.floor((width - 24) * 0.6) : width;
        chart.show({curves: curvesOf(snapshot), first: 1, round: 0, stops: stopsOf(snapshot), width: panel, height: 280});
        verdict.textContent = verdictOf(snapshot);
        table.replaceChildren(importanceTable(task()?.table.featureNames ?? [], snapshot));
        const trained = model();
        download.disabled = !trained;
        const index = Math.min(state.row, (task()?.table.rows ?? 1) - 1);
        if (!row.matches(":focus")) row.value = String(index);
        const shown = explain(trained, task(), index);
        bars.show({added: shown.added, start: 0, total: Math.max(1, shown.added.length), color: libraryColors.xgboost, width, height: 180});
        answer.textContent = shown.text;
      },
      data: () => dataOf(runner.snapshot)
    };
  }
});

const settings = ({depth, rate, rounds, lambda, held, seed}: State) =>
  ({depth: Number(depth), rate, rounds, lambda, held: held / 100, seed});
/** Stands in where there is nothing to learn: two rows, one column. */
const nothing = {features: Float32Array.of(0, 1, 0, 1), rows: 4, columns: 1, labels: Float32Array.of(0, 1, 0, 1)};

function save(text: string, name: string): void {
  const link = html`<a download=${name} href=${URL.createObjectURL(new Blob([text], {type: "application/json"}))}></a>` as HTMLAnchorElement;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const libraries = ["gbdt", "xgboost"] as const;

function curvesOf(snapshot: CsvSnapshot | undefined) {
  return libraries.flatMap((library) => (["train", "validation"] as const).map((set) => ({
    name: `${libraryNames[library]} ${labels[set]}`, color: libraryColors[library], dashed: set === "train", values: snapshot?.[library][set] ?? []
  }))).filter(({values}) => values.length > 0);
}

/** Where the validation loss is least. */
function leastOf(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value < values[best]! ? i : best), 0);
}

function stopsOf(snapshot: CsvSnapshot | undefined) {
  return libraries.flatMap((library) => {
    const values = snapshot?.[library].validation ?? [];
    const round = leastOf(values);
    return values.length ? [{round: round + 1, value: values[round]!, color: libraryColors[library]}] : [];
  });
}

function verdictOf(snapshot: CsvSnapshot | undefined): string {
  return libraries.map((library) => {
    const values = snapshot?.[library].validation ?? [];
    const round = leastOf(values);
    return values.length ? labels.best(libraryNames[library], round + 1, numberText(values[round]!, 3)) : "";
  }).join(" ");
}

function importanceTable(names: readonly string[], snapshot: CsvSnapshot | undefined): Element {
  const found = snapshot?.result?.importances;
  const order = found ? names.map((_, i) => i).sort((a, b) => found.permutation[b]! - found.permutation[a]!).slice(0, 12) : [];
  const rows = order.map((i) => html`<tr><th scope="row">${names[i]}</th>${(["weight", "gain", "cover", "permutation"] as const).map(
    (measure) => html`<td class="number">${numberText(found![measure][i] ?? 0, 3)}</td>`)}</tr>`);
  return html`<table><thead><tr>${labels.importances.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
}

/** The likeliest class's trees, or all there are. */
function explain(model: BoostedTrees | undefined, task: ReturnType<typeof ownData>["task"] | undefined, row: number) {
  if (!model || !task || "problem" in task || model.columns !== task.table.columns) return {added: [], text: ""};
  const {table, classes} = task;
  const {columns, features, labels: truths} = table;
  const one = {features: features.subarray(row * columns, (row + 1) * columns), rows: 1, columns};
  const answers = predict(model, one);
  const top = answers.indexOf(Math.max(...answers));
  const groups = answers.length;
  const added = model.trees.filter((_, i) => i % groups === (groups > 1 ? top : 0)).map((tree) => tree.value[leafOf(tree, one.features, columns, 0)]!);
  const [start = 0] = predict({...model, trees: []}, one, {margin: true});
  const truth = classes.length ? classes[truths[row]!]! : numberText(truths[row]!);
  const guess = groups > 1 ? `${classes[top] ?? top} (${numberText(answers[top]!, 3)})`
    : model.objective === "binary:logistic" ? `${classes[1] ?? 1} with probability ${numberText(answers[0]!, 3)}` : numberText(answers[0]!);
  const sum = added.reduce((a, b) => a + b, 0);
  return {added, text: labels.answer(numberText(start), numberText(sum), guess, truth)};
}

function dataOf(snapshot: CsvSnapshot | undefined): readonly Row[] {
  return libraries.flatMap((library) => (snapshot?.[library].train ?? []).map((train, i) =>
    ({library, round: i + 1, train, validation: snapshot![library].validation[i]!})));
}
