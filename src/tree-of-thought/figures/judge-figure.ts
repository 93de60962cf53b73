/** Figure: the judge, trained in the page; what it is worth to the search while it learns. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, numberField} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {shippedJudge} from "../judge-weights.js";
import {testedPuzzles} from "../puzzles.js";
import type {MethodName} from "../sweep.js";
import type {JudgeSnapshot} from "../judge.training.js";
import {driveRunner} from "./drive-runner.js";
import {currentJudge, onJudge, useJudge} from "./judge-store.js";
import {learningChart} from "./learning-chart.js";
import {loadPuzzles} from "./puzzle-data.js";

const labels = {
  title: "Train the judge yourself",
  caption:
    "Left, the network's loss on its batches and its share of right answers among 500 splits of three numbers, half of which " +
    "lead to 24. Right, what it is worth: the share of puzzles 901–1000 that the search solves with the judge as it is at that " +
    "step. Neither they nor anything that they lead to is in the training. When the training ends, every figure on this page " +
    "asks your judge.",
  length: "Training",
  lengths: {"3600": "3,600 steps", "1200": "1,200 steps", "300": "300 steps"},
  seed: "Seed",
  start: "Train a judge",
  shipped: "Back to the shipped judge",
  idle: (origin: string) => `In place: ${origin}. Training takes some seconds on a graphics card, most of a minute in software.`,
  origin: {shipped: "the shipped judge", trained: "your judge"},
  data: (share: number) => `Labelling positions with exact arithmetic: ${share} %`,
  training: (step: number, total: number, loss: string) => `Step ${step} of ${total}, loss ${loss}`,
  unmeasured: "The judge could not be measured: ",
  done: "Done: your judge is in place on the whole page.",
  methods: {bfs5: "BFS, b = 5", bfs1: "BFS, b = 1", chain: "one chain"},
  chart: {
    loss: "Loss and share of right answers against training step", success: "Share of puzzles 901–1000 solved against training step",
    step: "step", lossAxis: "loss, share right", successAxis: "solved", lossName: "loss", rightName: "right", shippedName: "shipped"
  }
};
const watched: readonly (MethodName & keyof typeof labels.methods)[] = ["bfs5", "bfs1", "chain"];
const colors = {bfs5: "var(--c1)", bfs1: "var(--c5)", chain: "var(--c2)", loss: "var(--c6)", right: "var(--c3)"};
const looks = 12;

const schema = {
  length: choiceField({label: labels.length, default: "3600", options: labels.lengths}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1})
};

interface Look {
  readonly step: number;
  readonly rates: readonly number[];
}

export const judgeFigure = defineFigure({
  id: "tree-of-thought/judge",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let looked: readonly Look[] = [];
    let shipped: readonly number[] | undefined;
    let busy = false;
    let total = 3600;
    const look = async (parameters: Float32Array, step: number): Promise<void> => {
      if (busy) return;
      busy = true;
      const rates = await Promise.all([import("../sweep.training.js"), loadPuzzles()])
        .then(([{successRates}, puzzles]) => successRates(parameters, testedPuzzles(puzzles), watched))
        .catch((error: unknown) => context.say(labels.unmeasured + String(error)))
        .finally(() => (busy = false));
      if (!rates || context.signal.aborted) return;
      if (step < 0) shipped = rates;
      else looked = [...looked.filter((other) => other.step !== step), {step, rates}].sort((a, b) => a.step - b.step);
      context.redraw();
    };
    const runner = driveRunner<JudgeSnapshot>({
      signal: context.signal, visible: context.onVisible, onChange: context.redraw, startLabel: labels.start,
      async begin(options) {
        const {length, seed} = context.state();
        looked = [];
        total = Number(length);
        const [{runJudgeTraining}, puzzles] = await Promise.all([import("../judge.training.js"), loadPuzzles()]);
        return runJudgeTraining({tested: testedPuzzles(puzzles), seed, steps: total}, {
          ...options,
          onSnapshot(snapshot) {
            options.onSnapshot(snapshot);
            const next = (looked.at(-1)?.step ?? -total) + total / looks;
            if (snapshot.parameters && snapshot.checkpoint >= next) void look(snapshot.parameters, snapshot.checkpoint);
          }
        });
      },
      onDone({parameters}) {
        if (!parameters) return;
        useJudge({parameters, steps: total});
        void look(parameters, total);
      }
    });
    let seen = false;
    context.onVisible((visible) => {
      if (!visible || seen) return;
      seen = true;
      void look(shippedJudge(), -1);
    });
    const back = html`<button type="button">${labels.shipped}</button>` as HTMLButtonElement;
    back.addEventListener("click", () => useJudge(null));
    onJudge(context.redraw, context.signal);
    const [left, right] = [learningChart(labels.chart.loss), learningChart(labels.chart.success)];
    const body = html`<div><div class="judge-bar">${runner.element}${back}</div><div class="sweep-panels even">${left.element}${right.element}</div></div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update() {
        const {snapshot, state} = runner;
        const {origin} = currentJudge();
        back.disabled = origin === "shipped";
        runner.show(
          state === "done" ? labels.done : !snapshot ? labels.idle(labels.origin[origin])
          : snapshot.stage === "data" ? labels.data(snapshot.progress.done)
          : labels.training(snapshot.step, total, numberText(snapshot.curve.at(-1)?.loss ?? NaN, 3))
        );
        const curve = snapshot?.curve ?? [];
        const each = width > 760 ? Math.floor((width - 24) / 2) : width;
        left.show({
          width: each, steps: total, x: labels.chart.step, y: labels.chart.lossAxis, flat: [],
          curves: [
            {name: labels.chart.lossName, color: colors.loss, points: curve.filter(({step}) => step > 0).map(({step, loss}) => [step, Math.min(1, loss)] as const)},
            {name: labels.chart.rightName, color: colors.right, points: curve.map(({step, right: share}) => [step, share] as const)}
          ]
        });
        right.show({
          width: each, steps: total, x: labels.chart.step, y: labels.chart.successAxis,
          flat: shipped ? watched.map((method, i) => ({name: `${labels.methods[method]}, ${labels.chart.shippedName}`, color: colors[method], value: shipped![i]!})) : [],
          curves: watched.map((method, i) => ({name: labels.methods[method], color: colors[method], points: looked.map(({step, rates}) => [step, rates[i]!] as const)}))
        });
      },
      data: () => rowsOf(runner.snapshot, looked, shipped)
    };
  }
});

function rowsOf(snapshot: JudgeSnapshot | undefined, looked: readonly Look[], shipped: readonly number[] | undefined): readonly Row[] {
  const blank = {step: null, loss: null, right: null, method: null, solved: null};
  return [
    ...watched.map((method, i) => ({...blank, judge: "shipped", method, solved: shipped?.[i] ?? null})),
    ...(snapshot?.curve ?? []).map(({step, loss, right}) => ({...blank, judge: "trained", step, loss, right})),
    ...looked.flatMap(({step, rates}) => watched.map((method, i) => ({...blank, judge: "trained", step, method, solved: rates[i]!})))
  ];
}
