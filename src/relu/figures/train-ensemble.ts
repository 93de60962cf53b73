/** Figure: hundreds of small networks trained at once, activation against activation. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {runBar} from "../../notebook/run-bar.js";
import {choiceField, numberField, setField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import type {ActivationName} from "../activations.js";
import type {RunSettings} from "../ensemble-config.js";
import {activationColors, activationLabels} from "./activation-look.js";
import {ensembleRunner} from "./ensemble-runner.js";
import type {EnsembleView} from "./ensemble-runner.js";
import {finalStrips, percent} from "./final-strips.js";
import {bandChart, quantilesOf} from "./quantile-bands.js";

const count = new Intl.NumberFormat("en");

const labels = {
  title: "Hundreds of networks at once",
  caption:
    "Each activation trains its networks from the same seeds on the same batches. Lines are medians, bands run from the " +
    "10th to the 90th percentile. A unit is dead when its slope is 0 at every point of the data. Below, each dot is a " +
    "network; hollow ones have dead units. Press one to open it.",
  data: "Data",
  datas: {spirals: "spirals", moons: "moons", circles: "circles", xor: "XOR", sine: "a 1-D function", penguins: "penguins"},
  activations: "Activations",
  width: "Width",
  depth: "Hidden layers",
  rate: "Learning rate",
  optimizer: "Optimiser",
  optimizers: {sgd: "SGD", momentum: "momentum", adam: "Adam"},
  init: "Initial weights",
  inits: {he: "He", glorot: "Glorot", lecun: "LeCun"},
  seeds: "Networks each",
  seedChoices: {"8": "8", "32": "32", "64": "64"},
  steps: "Steps",
  seed: "Seed",
  loss: "loss",
  dead: "dead units",
  others: "the others",
  accuracy: "right answers",
  finalLoss: "loss",
  none: "Choose at least one activation.",
  preparing: "Compiling the first networks…",
  recovering: "The GPU was lost; restarting.",
  recovered: "The GPU was lost; the run went on from its last snapshot.",
  failed: "The run failed: ",
  message: (networks: number, samples: number, seconds: number) =>
    `${count.format(networks)} networks, ${numberText(samples / Math.max(seconds, 0.05) / 1e6, 3)} million samples a second, ${seconds.toFixed(1)} s`,
  dot: (name: string, network: number, value: string, dead: string) => `${name}, network ${network}: ${value}, ${dead} of its units dead`,
  summary: (worst: string, worstShare: string, best: string, value: string) =>
    `Most dead units: ${worst}, ${worstShare} in the median network. Lowest median loss: ${best}, ${value}.`,
  noneDead: (best: string, value: string) => `No activation's median network has dead units. Lowest median loss: ${best}, ${value}.`
};

const compared: readonly ActivationName[] = ["relu", "leaky_relu", "prelu", "elu", "selu", "gelu", "silu", "tanh"];

const schema = {
  activations: setField({label: labels.activations, default: compared, options: activationLabels, colors: activationColors}),
  data: choiceField({label: labels.data, default: "circles", options: labels.datas}),
  rate: numberField({label: labels.rate, default: 0.1, min: 0.001, max: 10, step: 0.001, scale: "log"}),
  width: numberField({label: labels.width, default: 8, min: 1, max: 32, step: 1}),
  depth: numberField({label: labels.depth, default: 2, min: 1, max: 8, step: 1}),
  optimizer: choiceField({label: labels.optimizer, default: "sgd", options: labels.optimizers}),
  init: choiceField({label: labels.init, default: "he", options: labels.inits}),
  seeds: choiceField({label: labels.seeds, default: "32", options: labels.seedChoices}),
  steps: numberField({label: labels.steps, default: 2000, min: 100, max: 20000, step: 100, scale: "log"}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1})
};
type State = StateOf<typeof schema>;

const batch = 10;

const settingsOf = ({seeds, ...state}: State): RunSettings => ({...state, seeds: Number(seeds), batch});

export const trainEnsemble = defineFigure({
  id: "relu/train-ensemble",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let begun = false;
    let wanted = "";
    let timer: ReturnType<typeof setTimeout> | undefined;
    const runner = ensembleRunner({signal: context.signal, visible: context.onVisible, onChange: context.redraw});
    const start = () => {
      clearTimeout(timer);
      const settings = settingsOf(context.state());
      wanted = JSON.stringify(settings);
      if (settings.activations.length > 0) runner.start(settings);
    };
    const bar = runBar({onStart: start, onPause: runner.pause, onResume: runner.resume, onCancel: runner.cancel, startLabel: "Train"});
    const loss = bandChart({label: labels.loss, log: true, value: (report) => report.loss});
    const dead = bandChart({label: labels.dead, log: false, domain: [0, 1], format: ".0%", rest: labels.others, value: (report) => report.deadShare});
    const strips = finalStrips({
      link: (name, network) => linkTo(runner.view.settings, name, network),
      describe: ({name, network, value, dead}) =>
        labels.dot(activationLabels[name], network, runner.view.settings?.data === "sine" ? numberText(value) : percent(value), percent(dead))
    });
    const summary = html`<p class="run-summary" role="status"></p>`;
    const body = html`<div>${bar.element}<div class="run-charts">${loss.element}${dead.element}</div>${strips.element}${summary}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    context.signal.addEventListener("abort", () => clearTimeout(timer), {once: true});
    context.onVisible((visible) => {
      if (!visible || begun) return;
      begun = true;
      start();
    });
    /** What the reader changes trains anew, a moment after the slider rests. */
    const follow = (state: State) => {
      const settings = JSON.stringify(settingsOf(state));
      if (!begun || settings === wanted) return;
      wanted = settings;
      clearTimeout(timer);
      timer = setTimeout(start, 250);
    };
    return {
      body,
      update(state) {
        follow(state);
        const {view} = runner;
        const columns = width > 760 ? 2 : 1;
        const each = Math.floor((width - 16 * (columns - 1)) / columns);
        const steps = view.settings?.steps ?? state.steps;
        const classes = (view.settings?.data ?? state.data) !== "sine";
        loss.show(view.groups, steps, each, 270);
        dead.show(view.groups, steps, each, 270);
        strips.show(view.groups, classes, classes ? labels.accuracy : labels.finalLoss, width);
        bar.show(view.state, view.share, state.activations.length === 0 ? labels.none : messageOf(view));
        summary.textContent = summaryOf(view);
      },
      data: () => ensembleData(runner.view)
    };
  }
});

function messageOf({state, groups, settings, seconds, share, incident}: EnsembleView): string {
  if (incident?.kind === "failed") return labels.failed + incident.text;
  if (incident?.kind === "recovering") return labels.recovering;
  if (!settings || state === "idle") return "";
  if (!groups.some(({history}) => history.length > 0)) return labels.preparing;
  const networks = settings.seeds * settings.activations.length;
  const samples = share * settings.steps * settings.batch * networks;
  return labels.message(networks, samples, seconds) + (incident?.kind === "recovered" ? ` ${labels.recovered}` : "");
}

/** Which activation loses most units, and which has the lowest loss, in the median. */
function summaryOf({groups}: EnsembleView): string {
  const ends = groups
    .filter(({history}) => history.length > 1)
    .map(({name, history}) => {
      const last = history.at(-1)!;
      return {name: activationLabels[name as ActivationName], dead: quantilesOf(last.deadShare)[1], value: quantilesOf(last.loss)[1]};
    });
  if (ends.length === 0) return "";
  const worst = ends.reduce((a, b) => (b.dead > a.dead ? b : a));
  const best = ends.reduce((a, b) => (b.value < a.value ? b : a));
  const value = numberText(best.value);
  return worst.dead > 0 ? labels.summary(worst.name, percent(worst.dead), best.name, value) : labels.noneDead(best.name, value);
}

/** The link that sets the figure of one network to this one. */
function linkTo(settings: RunSettings | null, activation: ActivationName, network: number): string | null {
  // Its figure draws every unit: it takes networks up to 16 wide and 4 deep, and the first 32 of an activation.
  if (!settings || settings.width > 16 || settings.depth > 4 || network > 31) return null;
  const {data, width, depth, rate, optimizer, init, seed} = settings;
  const query = new URLSearchParams(
    Object.entries({data, activation, width, depth, rate, optimizer, init, seed, network}).map(([key, value]) => [key, String(value)])
  );
  return `#one-network?${query.toString()}`;
}

function ensembleData({groups}: EnsembleView): readonly Row[] {
  return groups.flatMap(({name, history}) =>
    history.flatMap(({step, loss, accuracy, deadShare}) =>
      Array.from(loss, (value, network) => ({
        activation: name, network, step, loss: value, accuracy: accuracy[network]!, deadShare: deadShare[network]!
      }))
    )
  );
}
