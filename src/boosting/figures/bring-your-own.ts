/** Figure: both libraries on the reader's own CSV, seen as the figures above see theirs; the model in XGBoost's JSON. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import type {CsvSnapshot} from "../csv-experiment.js";
import type {TrainDevice} from "../xgboost.js";
import {modelFiles} from "./model-files.js";
import {ownData} from "./own-data.js";
import {importanceView} from "./own-importance-view.js";
import {missingView} from "./own-missing-view.js";
import {rowView} from "./own-row-view.js";
import {ownSchema} from "./own-settings.js";
import type {OwnShown, OwnState, OwnView} from "./own-settings.js";
import {splitView} from "./own-split-view.js";
import {surfaceView} from "./own-surface-view.js";
import {trainingView} from "./own-training-view.js";
import {taskRunner} from "./task-runner.js";

const labels = {
  title: "Bring your own CSV",
  caption:
    "Your file is read in this page and goes nowhere. Words become one column a kind, missing values stay missing for " +
    "XGBoost and are filled with medians for scikit-learn's boosting, which is left out for more than two classes. The " +
    "model file is XGBoost's own JSON: load it in Python with xgb.Booster(model_file=…), or drop one of yours here and see " +
    "what its trees make of a row.",
  message: (done: number, total: number, device: TrainDevice) =>
    done < total ? `${done} of ${total} steps` : device === "webgpu" ? "Trained, XGBoost's trees with the kernels." : "Trained on the CPU."
};

export const bringYourOwn = defineFigure({
  id: "boosting/bring-your-own",
  labels,
  schema: ownSchema,
  create: (context: FigureContext<typeof ownSchema>): FigureParts<typeof ownSchema> => {
    let [width, version] = [1000, 0];
    const own = ownData(() => {
      version++;
      files.forget();
      context.redraw();
    });
    const files = modelFiles(context.redraw);
    const task = () => ("problem" in own.task ? undefined : own.task);
    const runner = taskRunner({
      task: "csv",
      config: () => ({...settings(context.state()), table: task()!.table, classes: task()!.classes.length}),
      key: () => JSON.stringify([settings(context.state()), version]),
      wanted: () => task() !== undefined,
      signal: context.signal,
      onVisible: context.onVisible,
      redraw: context.redraw,
      message: ({progress: {done, total}, device}) => labels.message(done, total, device)
    });
    const shown = (): OwnShown | undefined => {
      const now = task();
      // A snapshot of the table before has nothing to say about this one.
      const snapshot = now && runner.isCurrent ? runner.snapshot : undefined;
      return now && {state: context.state(), task: now, snapshot, model: files.loaded ?? snapshot?.result?.model, width};
    };
    const views: Readonly<Record<OwnState["view"], OwnView>> = {
      training: trainingView(),
      split: splitView(context.change),
      surface: surfaceView(context.change, context.signal),
      missing: missingView(context, () => ({shown: shown(), version})),
      importance: importanceView(),
      row: rowView(context.change)
    };
    const notes = html`<p class="own-status" role="status"></p>`;
    const place = html`<div class="own-view"></div>`;
    const body = html`<div>${own.element}${notes}${runner.element}${place}${files.element}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        runner.update();
        notes.textContent = "problem" in own.task ? own.task.problem : own.task.notes.join(" ");
        const view = views[state.view];
        // The missing values have a run of their own, and one bar is enough.
        runner.element.style.display = state.view === "missing" ? "none" : "";
        if (view.element.parentNode !== place) place.replaceChildren(view.element);
        const now = shown();
        place.style.display = now ? "" : "none";
        if (now) view.show(now);
        files.show(now?.model, now?.task.table.columns ?? 0);
      },
      data: () => dataOf(runner.snapshot)
    };
  }
});

const settings = ({depth, rate, rounds, lambda, alpha, gamma, child, stopping, device, held, seed}: OwnState) =>
  ({depth: Number(depth), rate, rounds, lambda, alpha, gamma, child, patience: Number(stopping), device, held: held / 100, seed});

const libraries = ["gbdt", "xgboost"] as const;

function dataOf(snapshot: CsvSnapshot | undefined): readonly Row[] {
  return libraries.flatMap((library) => (snapshot?.[library].train ?? []).map((train, i) =>
    ({library, round: i + 1, train, validation: snapshot![library].validation[i]!})));
}
