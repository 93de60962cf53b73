/** Figure: eight remedies for unequal classes, trained side by side on the same data, many seeds each. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {runBar} from "../../notebook/run-bar.js";
import {choiceField, numberField, setField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {onThemeChange} from "../../notebook/theme.js";
import {remedyIds} from "../remedies.js";
import type {RemedyId} from "../remedies.js";
import {learningCurves, precisionRecall, reliability} from "./remedy-curves.js";
import {planes, trainCount} from "./remedy-data.js";
import type {DataChoice} from "./remedy-data.js";
import {remedyColors, remedyNames} from "./remedy-look.js";
import {remedyMaps} from "./remedy-maps.js";
import {lookbackByRemedy, remedyRunner, scoresByRemedy} from "./remedy-runs.js";
import type {RemedyRunConfig, RemedyRunView} from "./remedy-runs.js";
import {meanOf, strips} from "./strips.js";

const labels = {
  title: "Remedies, side by side",
  caption:
    "One small network (2 inputs, two layers of 8 tanh units) for each remedy and seed, all trained on the same points, " +
    "orange being rare. Above, one network a remedy, the line where it says ½. Below, all seeds on points that none has " +
    "seen: precision–recall curves are their mean, bands one standard deviation; then average precision as the training " +
    "goes on (up to four seeds); then whether a predicted probability is the share that comes. In the rows each dot is a network.",
  data: "Data",
  datas: {islands: "islands", ring: "ring", blobs: "blobs", snow: "snow days (real)"},
  ratio: "Common points to a rare one",
  overlap: "Overlap",
  remedies: "Remedies",
  gamma: "Focal γ",
  alpha: "Focal α",
  beta: "Class-balanced β",
  steps: "Steps",
  seeds: "Seeds",
  shown: "Seed shown",
  seed: "Data drawn with seed",
  numbers: "Numbers of each remedy's networks",
  columns: {
    averagePrecision: "Average precision",
    recall: "Rare found at ½ (recall)",
    precision: "Alarms right at ½",
    accuracy: "Accuracy",
    calibrationError: "Calibration error"
  },
  start: "Run all seeds",
  preparing: "Preparing…",
  none: "Choose at least one remedy to run.",
  training: (networks: number, step: number, steps: number) => `${networks} networks, step ${step} of ${steps}`,
  scoring: (done: number, all: number) => `Scoring ${done} of ${all} networks on unseen points`,
  lookingBack: "Looking back at how each of them learned",
  done: (networks: number, points: number, seconds: number) => `${networks} networks on ${points} points: ${seconds.toFixed(1)} s.`,
  more: (seeds: number) => ` ${seeds} seeds so far; the button runs them all.`,
  failed: "The run failed: ",
  recovering: "The GPU was lost; restarting.",
  recovered: " The GPU was lost; the run went on from its last snapshot.",
  verdict: (best: string, value: string, focal: string, tail: string) =>
    `Best average precision: ${best}, ${value}. Focal loss: ${focal}. ${tail}`,
  wins: "Here focal loss wins.",
  ties: "The difference is within the seeds' spread.",
  loses: "Here focal loss does not win."
};

/** The real set has its own ratio and overlap. */
const generated = ({data}: Readonly<Record<string, unknown>>) => data !== "snow";

const schema = {
  data: choiceField({label: labels.data, default: "islands", options: labels.datas}),
  ratio: numberField({label: labels.ratio, default: 50, min: 1, max: 1000, step: 1, scale: "log", when: generated}),
  overlap: numberField({label: labels.overlap, default: 0.3, min: 0, max: 1, step: 0.05, when: generated}),
  remedies: setField({label: labels.remedies, default: remedyIds, options: remedyNames, colors: remedyColors}),
  gamma: numberField({label: labels.gamma, default: 2, min: 0, max: 5, step: 0.1}),
  alpha: numberField({label: labels.alpha, default: 0.25, min: 0, max: 1, step: 0.01}),
  beta: numberField({label: labels.beta, default: 0.999, min: 0, max: 0.9999, step: 0.0001}),
  steps: numberField({label: labels.steps, default: 8000, min: 200, max: 20000, step: 100, scale: "log"}),
  seeds: numberField({label: labels.seeds, default: 16, min: 1, max: 32, step: 1}),
  shown: numberField({label: labels.shown, default: 1, min: 1, max: 32, step: 1}),
  seed: numberField({label: labels.seed, default: 3, min: 1, max: 999, step: 1, when: generated})
};
type State = StateOf<typeof schema>;

/** Seeds that run by themselves when the reader comes or changes something. */
const fewSeeds = 3;

const dataOf = ({data, ratio, overlap, seed}: State): DataChoice => ({data, ratio, overlap, seed});
const configOf = (state: State, seeds: number): RemedyRunConfig => ({
  ...dataOf(state), remedies: state.remedies, gamma: state.gamma, alpha: state.alpha, beta: state.beta, steps: state.steps, seeds
});

export const remedies = defineFigure({
  id: "focal-loss/remedies",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    const maps = remedyMaps();
    const runner = remedyRunner({
      signal: context.signal,
      visible: context.onVisible,
      onChange: context.redraw,
      onSurface: (id, logits) => maps.paint(id, logits),
      shown: () => context.state().shown
    });
    const startAll = () => runner.start(configOf(context.state(), context.state().seeds));
    const bar = runBar({onStart: startAll, onPause: runner.pause, onResume: runner.resume, onCancel: runner.cancel, startLabel: labels.start});
    const curves = precisionRecall();
    const learning = learningCurves();
    const trust = reliability();
    const numbers = strips(labels.numbers);
    const verdict = html`<p class="focal-verdict" role="status"></p>`;
    const body = html`<div>${bar.element}${maps.element}
      <div class="remedy-charts">${curves.element}${learning.element}${trust.element}</div>${numbers.element}${verdict}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    onThemeChange(() => runner.repaint(), context.signal);
    const follow = followState(context, (config) => runner.start(config));
    context.onVisible((visible) => follow(visible));
    return {
      body,
      update(state) {
        follow();
        const {view} = runner;
        const scores = scoresByRemedy(view, state.remedies);
        const abreast = Math.min(state.remedies.length || 1, width > 900 ? 8 : width > 480 ? 4 : 2);
        if (view.sets) maps.layout(state.remedies, planes[view.sets.data], view.sets.train, Math.floor((width - 12 * (abreast - 1)) / abreast));
        for (const id of state.remedies) maps.tell(id, scores.get(id)?.length ? meanOf(scores.get(id)!.map(({averagePrecision}) => averagePrecision)) : NaN);
        runner.lookAt(state.shown);
        const third = width > 760 ? Math.floor((width - 48) / 3) : width;
        curves.show(scores, view.rate, third, 230);
        learning.show(lookbackByRemedy(view, state.remedies), view.config?.steps ?? state.steps, third, 230);
        trust.show(scores, view.rate, third, 230);
        const columns = Object.keys(labels.columns) as readonly (keyof typeof labels.columns)[];
        const rows = state.remedies.map((id) => ({
          name: remedyNames[id],
          color: remedyColors[id],
          values: columns.map((column) => (scores.get(id) ?? []).map((score) => score[column]))
        }));
        numbers.show(rows, Object.values(labels.columns), width);
        bar.show(view.state, view.share, messageOf(view, state));
        verdict.textContent = verdictOf(scores);
      },
      data: () => rowsOf(runner.view, context.state())
    };
  }
});

/**
 * Trains anew, with a few seeds, when the figure is first seen and when what it trains on has changed and come to rest.
 * @returns to be told that the figure is seen or not, or that it was drawn
 */
function followState(context: FigureContext<typeof schema>, start: (config: RemedyRunConfig) => void): (visible?: boolean) => void {
  let [seen, started] = [false, ""];
  let timer: ReturnType<typeof setTimeout> | undefined;
  context.signal.addEventListener("abort", () => clearTimeout(timer), {once: true});
  return (visible) => {
    if (visible !== undefined) seen = visible;
    const config = configOf(context.state(), Math.min(fewSeeds, context.state().seeds));
    const key = JSON.stringify({...config, seeds: 0});
    if (!seen || key === started) return;
    const first = started === "";
    started = key;
    clearTimeout(timer);
    timer = setTimeout(() => start(config), first ? 0 : 400);
  };
}

function messageOf({state, incident, snapshot, config, seconds}: RemedyRunView, {seeds}: State): string {
  if (incident?.kind === "failed") return labels.failed + incident.text;
  if (incident?.kind === "recovering") return labels.recovering;
  if (config?.remedies.length === 0) return labels.none;
  if (state === "idle") return "";
  if (!snapshot || !config) return labels.preparing;
  const networks = config.remedies.length * config.seeds;
  const lost = incident?.kind === "recovered" ? labels.recovered : "";
  if (state === "done") {
    const points = config.data === "snow" ? 1461 : trainCount;
    return labels.done(networks, points, seconds) + (config.seeds < seeds ? labels.more(config.seeds) : "") + lost;
  }
  const {step, scores, steps, lookback} = snapshot;
  if (lookback.length > 0) return labels.lookingBack + lost;
  return (scores.length > 0 ? labels.scoring(scores.length, networks) : labels.training(networks, step, steps)) + lost;
}

/** Who finds the rare class best, and how far focal loss is from it, in the seeds' own spread. */
function verdictOf(scores: ReadonlyMap<RemedyId, readonly {readonly averagePrecision: number}[]>): string {
  const ranked = [...scores].filter(([, all]) => all.length > 1).map(([id, all]) => {
    const mean = all.reduce((sum, score) => sum + score.averagePrecision, 0) / all.length;
    const variance = all.reduce((sum, score) => sum + (score.averagePrecision - mean) ** 2, 0) / (all.length - 1);
    return {id, mean, deviation: Math.sqrt(variance), error2: variance / all.length};
  }).sort((a, b) => b.mean - a.mean);
  const [best, second] = ranked;
  const focal = ranked.find(({id}) => id === "focal");
  if (!best || !second || !focal) return "";
  const text = ({mean, deviation}: typeof best) => `${numberText(mean, 2)} ± ${numberText(deviation, 2)}`;
  const rival = focal === best ? second : best;
  // Two standard errors, and a difference that the two digits shown can tell.
  const apart = Math.abs(rival.mean - focal.mean) > Math.max(0.01, 2 * Math.sqrt(rival.error2 + focal.error2));
  return labels.verdict(remedyNames[best.id], text(best), text(focal), !apart ? labels.ties : focal === best ? labels.wins : labels.loses);
}

/** A row a network: its scores, its loss while there are none, and before the first step what is to be trained. */
function rowsOf(view: RemedyRunView, {remedies: wanted}: State): readonly Row[] {
  const {config, snapshot} = view;
  if (!config || !snapshot) return wanted.map((remedy) => ({remedy, step: null, batchLoss: null}));
  if (snapshot.scores.length === 0) {
    return config.remedies.flatMap((remedy, r) => Array.from({length: config.seeds}, (_, s) => ({
      remedy, seed: s + 1, step: snapshot.step, batchLoss: snapshot.history.at(-1)?.batchLoss[r * config.seeds + s] ?? 0
    })));
  }
  return snapshot.scores.map((score, i) => ({
    remedy: config.remedies[Math.floor(i / config.seeds)]!, seed: (i % config.seeds) + 1, averagePrecision: score.averagePrecision,
    recall: score.recall, precision: score.precision, accuracy: score.accuracy, calibrationError: score.calibrationError,
    meanProbability: score.meanProbability
  }));
}
