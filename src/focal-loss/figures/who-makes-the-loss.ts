/** Figure: which examples make the loss, for several γ: the paper's Fig. 4 from a model trained here. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {runBar} from "../../notebook/run-bar.js";
import {choiceField, numberField, setField} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {lossShare, shareOfHardest} from "../loss-share.js";
import type {LossShare} from "../loss-share.js";
import type {RemedyId} from "../remedies.js";
import {gammaColors, gammaOptions} from "./focal-look.js";
import {onFinishedRun} from "./latest-run.js";
import type {FinishedRun} from "./latest-run.js";
import {remedyNames} from "./remedy-look.js";
import {remedyRunner} from "./remedy-runs.js";
import type {RemedyRunView} from "./remedy-runs.js";
import {shareChart} from "./share-chart.js";

const labels = {
  title: "Who makes the loss",
  caption:
    "All examples of a class, easiest first, and how much of the class's loss they make together: the paper's Figure 4, " +
    "from networks trained on this page, on points they have not seen. Shaded: the hardest examples, as many as you say.",
  model: "Model trained with",
  gammas: "γ",
  hardest: "Hardest share of the examples",
  start: "Train",
  rare: "Rare examples (the paper's foreground)",
  common: "Common examples (background)",
  training: (step: number, steps: number) => `Training two remedies, step ${step} of ${steps}`,
  own: (seeds: number) => `From ${seeds} networks trained for this figure; run the remedies above and it looks into those.`,
  theirs: (seeds: number, name: string) => `From the ${seeds} networks that the remedies above trained with ${name}.`,
  failed: "The training failed: ",
  verdict: (share: string, rows: string) => `The hardest ${share} % make ${rows}.`,
  of: (gamma: string, common: string, rare: string) => `${common} % of the common class's loss and ${rare} % of the rare one's at γ = ${gamma}`
};

const models = {focal: remedyNames.focal, plain: remedyNames.plain} as const;

const schema = {
  model: choiceField({label: labels.model, default: "focal", options: models}),
  gammas: setField({label: labels.gammas, default: ["0.0", "0.5", "1.0", "2.0"], options: gammaOptions, colors: gammaColors}),
  hardest: numberField({label: labels.hardest, default: 0.2, min: 0.01, max: 0.5, step: 0.01})
};

/** Trained here when nothing else was: the paper's comparison at the default of the figure above. */
const ownRun = {
  data: "islands", ratio: 50, overlap: 0.3, seed: 3, remedies: ["plain", "focal"], gamma: 2, alpha: 0.25, beta: 0, seeds: 4, steps: 4000
} as const;

type ClassShares = Readonly<Record<"rare" | "common", ReadonlyMap<number, LossShare>>>;
const nothing: ClassShares = {rare: new Map(), common: new Map()};

export const whoMakesTheLoss = defineFigure({
  id: "focal-loss/who-makes-the-loss",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let theirs: FinishedRun | undefined;
    const runner = remedyRunner({
      signal: context.signal, visible: context.onVisible, onChange: context.redraw, onSurface: () => undefined, shown: () => 1, publish: false
    });
    const start = () => runner.start(ownRun);
    const bar = runBar({onStart: start, onPause: runner.pause, onResume: runner.resume, onCancel: runner.cancel, startLabel: labels.start});
    const [rare, common] = [shareChart(), shareChart()];
    const verdict = html`<p class="focal-verdict" role="status"></p>`;
    const body = html`<div>${bar.element}<div class="focal-panels">${rare.element}${common.element}</div>${verdict}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    onFinishedRun((run) => ((theirs = run), context.redraw()), context.signal);
    let [seen, begun] = [false, false];
    context.onVisible((visible) => ((seen = visible), context.redraw()));
    const shares = shareCache(context.redraw);
    let shown = nothing;
    return {
      body,
      update(state) {
        const usable = theirs?.config.remedies.includes(state.model) ? theirs : undefined;
        // With nothing to look into, it trains by itself, once.
        if (seen && !begun && !usable) {
          begun = true;
          start();
        }
        const {view} = runner;
        const {snapshot, config, sets} = view;
        const own = snapshot && config && sets && snapshot.rows.length > 0 ? {config, snapshot, sets} : undefined;
        const run = usable ?? own;
        shown = (run && shares(run, state.model, state.gammas.map(Number))) ?? shown;
        const panel = width > 720 ? Math.floor((width - 24) / 2) : width;
        rare.show(labels.rare, shown.rare, state.hardest, panel, 300);
        common.show(labels.common, shown.common, state.hardest, panel, 300);
        bar.show(view.state, view.share, messageOf(view, usable, models[state.model]));
        verdict.textContent = verdictOf(shown, state.hardest);
      },
      data: () => rowsOf(shown, context.state().gammas.map(Number))
    };
  }
});

/**
 * The shares of a run's networks of one remedy, all seeds' answers together. Answers are asked for once and come later:
 * until then undefined.
 */
function shareCache(onAnswer: () => void): (run: FinishedRun, model: RemedyId, gammas: readonly number[]) => ClassShares | undefined {
  const answers = new WeakMap<Float32Array, Map<RemedyId, ClassLogits | "asked">>();
  const made = new WeakMap<ClassLogits, Map<number, LossShare>>();
  const of = (logits: ClassLogits, target: 0 | 1, gamma: number) => {
    const known = made.get(logits) ?? new Map<number, LossShare>();
    made.set(logits, known);
    const key = gamma + 100 * target;
    if (!known.has(key)) known.set(key, lossShare(logits[target], target, gamma));
    return [gamma, known.get(key)!] as const;
  };
  return (run, model, gammas) => {
    const {rows} = run.snapshot;
    const known = answers.get(rows) ?? new Map<RemedyId, ClassLogits | "asked">();
    answers.set(rows, known);
    const logits = known.get(model);
    if (!logits) {
      known.set(model, "asked");
      void classLogits(run, model).then((both) => (known.set(model, both), onAnswer()), () => known.delete(model));
    }
    if (!logits || logits === "asked") return undefined;
    return {rare: new Map(gammas.map((gamma) => of(logits, 1, gamma))), common: new Map(gammas.map((gamma) => of(logits, 0, gamma)))};
  };
}

/** By class: [common, rare]. */
type ClassLogits = readonly [readonly number[], readonly number[]];

async function classLogits({config, snapshot, sets}: FinishedRun, model: RemedyId): Promise<ClassLogits> {
  const {surfacesOf} = await import("../remedies.training.js");
  const first = config.remedies.indexOf(model) * config.seeds;
  const networks = Array.from({length: Math.min(config.seeds, 4)}, (_, s) => first + s);
  const answers = await surfacesOf(snapshot.rows, networks, sets.test.points);
  const both: [number[], number[]] = [[], []];
  for (const logits of answers) logits.forEach((logit, i) => both[sets.test.labels[i] as 0 | 1].push(logit));
  return both;
}

function messageOf({state, incident, snapshot}: RemedyRunView, theirs: FinishedRun | undefined, name: string): string {
  if (incident?.kind === "failed") return labels.failed + incident.text;
  if (theirs) return labels.theirs(Math.min(4, theirs.config.seeds), name);
  if (state === "done") return labels.own(ownRun.seeds);
  return snapshot && state !== "idle" ? labels.training(snapshot.step, snapshot.steps) : "";
}

function verdictOf({rare, common}: ClassShares, hardest: number): string {
  const percent = (share: number) => numberText(100 * share, 2);
  const rows = [...common].map(([gamma, share]) => labels.of(String(gamma), percent(shareOfHardest(share, hardest)), percent(shareOfHardest(rare.get(gamma)!, hardest))));
  return rows.length === 0 ? "" : labels.verdict(String(Math.round(100 * hardest)), rows.join("; "));
}

/** A percentile each; without a trained model, which shares are to come. */
function rowsOf(shown: ClassShares, gammas: readonly number[]): readonly Row[] {
  const classes = ["rare", "common"] as const;
  if (shown === nothing) return classes.flatMap((of) => gammas.map((gamma) => ({class: of, gamma, easiest: null, shareOfLoss: null})));
  return classes.flatMap((of) =>
    [...shown[of]].flatMap(([gamma, share]) =>
      Array.from({length: 101}, (_, i) => ({class: of, gamma, easiest: i / 100, shareOfLoss: 1 - shareOfHardest(share, 1 - i / 100)}))
    )
  );
}
