/** Figure: one network of the ensemble at any step of its training, every unit's map, and one step of one unit. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {runBar} from "../../notebook/run-bar.js";
import {choiceField, numberField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {onThemeChange} from "../../notebook/theme.js";
import type {RunSettings} from "../ensemble-config.js";
import {neuronStep, placeOf} from "../neuron-step.js";
import type {NeuronStep} from "../neuron-step.js";
import type {NetworkReport, OpenNetwork} from "../open-network.js";
import {activationLabels} from "./activation-look.js";
import {diagram} from "./one-network-diagram.js";
import {mapRequest} from "./one-network-maps.js";
import type {UnitMaps} from "./one-network-maps.js";
import {oneNetworkRunner} from "./one-network-runs.js";
import type {OneNetworkView} from "./one-network-runs.js";
import {blankSteps, neuronSteps} from "./one-network-steps.js";
import {networkSurface} from "./one-network-surface.js";
import {unitTable} from "./one-network-unit.js";

const labels = {
  title: "One network, opened",
  caption:
    "Left, every hidden unit’s activation over the inputs, dark where it is lowest, with the weights between the layers: blue " +
    "for positive ones, orange for negative, as wide as they are large in their layer. A crossed-out unit is silent (slope 0) at " +
    "every point of the data. Right, what the network answers. Press a unit to see its numbers and to step through one " +
    "training step of it.",
  data: "Data",
  datas: {spirals: "spirals", moons: "moons", circles: "circles", xor: "XOR", sine: "a 1-D function", penguins: "penguins"},
  activation: "Activation",
  width: "Width",
  depth: "Hidden layers",
  rate: "Learning rate",
  optimizer: "Optimiser",
  optimizers: {sgd: "SGD", momentum: "momentum", adam: "Adam"},
  init: "Initial weights",
  inits: {he: "He", glorot: "Glorot", lecun: "LeCun"},
  seed: "Seed",
  network: "Network",
  at: "Training step",
  unit: "Unit",
  step: "Step of the unit",
  before: "One training step back",
  after: "One training step on",
  death: "Go to where a unit dies",
  noDeath: "No unit dies in this training. Try a learning rate of ",
  noDeathSmooth: "No unit dies in this training, and with this activation none is silent for good: its slope is nowhere 0 for long.",
  searching: "Looking for a death…",
  train: "Train",
  pause: "Pause training",
  preparing: "Preparing…",
  running: (step: number, steps: number) => `trained to step ${step} of ${steps}`,
  done: (steps: number) => `${steps} steps of 10 points each`,
  recovering: "The GPU was lost; restarting.",
  recovered: "The GPU was lost; the run went on from its last snapshot.",
  failed: "The run failed: ",
  reading: (step: number, loss: string) => `After ${step} steps: loss ${loss}`,
  right: (share: string) => `, ${share} % of points right`,
  dead: (dead: number, units: number) => `; ${dead} of ${units} units silent at every point.`
};

const steps = 2000;
const batch = 10;

const schema = {
  data: choiceField({label: labels.data, default: "circles", options: labels.datas}),
  activation: choiceField({label: labels.activation, default: "relu", options: activationLabels}),
  width: numberField({label: labels.width, default: 8, min: 1, max: 16, step: 1}),
  depth: numberField({label: labels.depth, default: 2, min: 1, max: 4, step: 1}),
  rate: numberField({label: labels.rate, default: 1.5, min: 0.001, max: 10, step: 0.001, scale: "log"}),
  optimizer: choiceField({label: labels.optimizer, default: "sgd", options: labels.optimizers}),
  init: choiceField({label: labels.init, default: "he", options: labels.inits}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1}),
  network: numberField({label: labels.network, default: 2, min: 0, max: 31, step: 1}),
  at: numberField({label: labels.at, default: 28, min: 0, max: steps, step: 1, control: false}),
  unit: numberField({label: labels.unit, default: 1, min: 0, max: 63, step: 1, control: false}),
  step: numberField({label: labels.step, default: 0, min: 0, max: 7, step: 1, control: false})
};
type State = StateOf<typeof schema>;

const settingsOf = ({data, activation, width, depth, rate, optimizer, init, seed}: State): RunSettings => ({
  data, activations: [activation], width, depth, rate, optimizer, init, seeds: 1, steps, batch, seed
});

/** What is looked at: as far as the training has come, and a unit that there is. */
interface Look {
  readonly open: OpenNetwork;
  readonly at: number;
  readonly unit: number;
  readonly parameters: Float64Array;
  readonly report: NetworkReport;
  readonly trace: NeuronStep;
}

function lookAt(open: OpenNetwork, state: State, previous: Look | undefined): Look {
  const at = Math.min(state.at, open.kept[open.kept.length - 1]! + 60);
  const unit = Math.min(state.unit, open.net.layout.units - 1);
  if (previous?.open === open && previous.at === at && previous.unit === unit) return previous;
  return {open, at, unit, parameters: open.stateAt(at), report: open.reportAt(at), trace: neuronStep(open, at, unit)};
}

export const oneNetwork = defineFigure({
  id: "relu/one-network",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let [seen, wanted] = [false, ""];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let look: Look | undefined;
    let maps: UnitMaps | null = null;
    const runner = oneNetworkRunner({signal: context.signal, visible: context.onVisible, onChange: context.redraw});
    const start = () => {
      const state = context.state();
      wanted = keyOf(state);
      runner.start(settingsOf(state), state.network);
    };
    const bar = runBar({
      onStart: start, onPause: runner.pause, onResume: runner.resume, onCancel: runner.cancel, startLabel: labels.train, pauseLabel: labels.pause
    });
    const net = diagram({
      onPick: (unit) => context.change({unit}),
      onNudge: (layers, units) => look && context.change({unit: neighbour(look, context.state().unit, layers, units)})
    });
    const surface = networkSurface();
    const numbers = unitTable();
    const scrub = scrubber((at) => context.change({at: Math.max(0, Math.min(steps, at))}), () => context.state().at);
    const death = html`<button type="button">${labels.death}</button>` as HTMLButtonElement;
    death.addEventListener("click", () => void goToDeath(context, runner.view.open));
    const reading = html`<p class="net-reading" role="status"></p>`;
    const body = html`<div>${bar.element}<div class="net-panels">${net.element}${surface.element}</div>
      <div class="net-scrub">${scrub.element}${death}</div>${reading}
      <div class="net-panels">${numbers.element}<div class="net-steps"><div data-stepper></div></div></div></div>`;
    const request = mapRequest({
      onMaps: (next) => ((maps = next), context.redraw()),
      onError: (error) => context.say(error.message)
    });
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    onThemeChange(context.redraw, context.signal);
    context.signal.addEventListener("abort", () => clearTimeout(timer), {once: true});
    context.onVisible((visible) => {
      seen ||= visible;
      context.redraw();
    });
    return {
      body,
      update(state) {
        if (seen && wanted !== keyOf(state)) {
          // At once the first time; then when a slider rests.
          const pause = wanted ? 150 : 0;
          wanted = keyOf(state);
          clearTimeout(timer);
          timer = setTimeout(start, pause);
        }
        const {view} = runner;
        bar.show(view.state, view.share, messageOf(view));
        death.disabled = view.state !== "done";
        scrub.show(state.at);
        if (!view.open || !view.settings) return;
        const {open} = view;
        look = lookAt(open, state, look);
        const domain = domainOf(view.settings);
        request.request(open, look.at, domain);
        const wide = width > 760;
        const right = wide ? Math.min(420, Math.floor(width * 0.4)) : Math.min(width, 420);
        const shown = maps?.open.config === open.config ? maps : null;
        const {layout} = open.net;
        net.show({
          layout, parameters: look.parameters, maps: shown, silent: look.report.silent, unit: look.unit,
          width: wide ? width - right - 20 : width, height: right
        });
        surface.show({data: open.data, inputs: layout.layers[0]!, domain, maps: shown, point: look.trace.point, size: right});
        numbers.show(layout, look.parameters, look.report, look.unit);
        reading.textContent = readingOf(look, view.settings);
      },
      data: () => (look ? networkData(look) : []),
      steps({activation, rate, optimizer}) {
        const words = {activation: activationLabels[activation], rate, optimizer};
        return look ? neuronSteps(look.trace, words) : blankSteps(words);
      },
      focus(parts) {
        net.focus(parts);
        surface.focus(parts);
      }
    };
  }
});

const keyOf = (state: State) => JSON.stringify([settingsOf(state), state.network]);
const domainOf = ({data}: RunSettings): readonly [number, number] => (data === "penguins" ? [-3, 3] : [-1.2, 1.2]);

/** A slider over the training with a button at either end. */
function scrubber(onAt: (at: number) => void, now: () => number) {
  const range = html`<input type="range" min="0" max=${steps} step="1" aria-label=${labels.at}>` as HTMLInputElement;
  range.addEventListener("input", () => onAt(range.valueAsNumber));
  const button = (label: string, sign: string, by: number) => {
    const made = html`<button type="button" aria-label=${label} title=${label}>${sign}</button>`;
    made.addEventListener("click", () => onAt(now() + by));
    return made;
  };
  const value = html`<output class="number"></output>`;
  return {
    element: html`<div class="net-slider"><span>${labels.at}</span>${button(labels.before, "−", -1)}${range}${
      button(labels.after, "+", 1)
    }${value}</div>`,
    show(at: number) {
      range.valueAsNumber = at;
      value.textContent = String(at);
    }
  };
}

async function goToDeath(context: FigureContext<typeof schema>, open: OpenNetwork | null): Promise<void> {
  if (!open) return;
  const asked = keyOf(context.state());
  context.say(labels.searching);
  const {findDeath} = await import("../one-network.training.js");
  const death = await findDeath(open);
  const state = context.state();
  if (context.signal.aborted || keyOf(state) !== asked) return;
  if (death) context.change({at: death.step, unit: death.unit, step: 7});
  else if (["relu", "relu6", "hardswish"].includes(state.activation))
    context.say(`${labels.noDeath}${numberText(Math.min(10, state.rate * 3), 2)}.`);
  else context.say(labels.noDeathSmooth);
}

/** The unit so many layers and places on, or the same at the edge. */
function neighbour({open}: Look, unit: number, byLayers: number, byUnits: number): number {
  const {layout} = open.net;
  const {layer, index, size} = placeOf(layout, Math.min(unit, layout.units - 1));
  const next = Math.max(1, Math.min(layout.layers.length - 2, layer + byLayers));
  return layout.firstUnit[next - 1]! + Math.max(0, Math.min(size - 1, index + byUnits));
}

function readingOf({at, report}: Look, {data}: RunSettings): string {
  const {loss, accuracy, silent} = report;
  const right = data === "sine" ? "" : labels.right(numberText(100 * accuracy, 3));
  return labels.reading(at, numberText(loss, 3)) + right + labels.dead(silent.filter((share) => share === 1).length, silent.length);
}

function messageOf({state, open, share, incident}: OneNetworkView): string {
  if (incident?.kind === "failed") return labels.failed + incident.text;
  if (incident?.kind === "recovering") return labels.recovering;
  if (state === "idle") return "";
  if (!open) return labels.preparing;
  const lost = incident?.kind === "recovered" ? ` ${labels.recovered}` : "";
  return (state === "done" ? labels.done(steps) : labels.running(Math.round(share * steps), steps)) + lost;
}

function networkData({open, at, parameters, report}: Look): readonly Row[] {
  const {layout} = open.net;
  return Array.from(report.silent, (silent, unit) => {
    const {layer, index, fan} = placeOf(layout, unit);
    const from = layout.weights[layer - 1]! + index * fan;
    return {
      step: at, layer, unit: index + 1, bias: parameters[layout.biases[layer - 1]! + index]!, mean: report.mean[unit]!,
      variance: report.variance[unit]!, silent, weights: Array.from(parameters.subarray(from, from + fan)).join(" ")
    };
  });
}
