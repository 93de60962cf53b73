/** Figure: what becomes of the signal and of the gradient in an untrained network of up to 64 layers. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {choiceField, numberField, setField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {activationNames} from "../activations.js";
import type {ActivationName} from "../activations.js";
import {activationReach, gradientRange} from "../signal.js";
import type {Initialisation} from "../signal.js";
import type {Layer, SignalConfig} from "../signal.training.js";
import {activationColors, activationLabels} from "./activation-look.js";
import {layerChart} from "./layer-chart.js";
import {layerField} from "./layer-field.js";
import type {LayerField} from "./layer-field.js";
import {signalRequest} from "./signal-request.js";

const labels = {
  title: "Signal through depth",
  caption:
    "64 random inputs pass through an untrained network of square layers without biases; a random gradient of deviation 1 " +
    "is sent back from the last layer. Above, each layer’s distribution, a column a layer, bright where many values are; " +
    "what lies outside is in the outermost row. Below, its mean, its size, the gradient’s size, and the share of units " +
    "that have no slope on any of the inputs.",
  activations: "Activations",
  initialisation: "Initialisation",
  initialisations: {
    lecun: "LeCun, variance 1/n",
    glorot: "Glorot, uniform, 1/n in square layers",
    he: "He, variance 2/n",
    orthogonal: "orthogonal, a random rotation",
    small: "too small, half of LeCun’s deviation",
    large: "too large, twice LeCun’s deviation"
  },
  layers: "Layers",
  width: "Units a layer",
  panel: "Distribution of",
  panels: {values: "activations", gradients: "gradients"},
  at: "Read at layer",
  seed: "Seed",
  layer: "layer",
  charts: {
    mean: ["mean ÷ root mean square", "Mean of a layer's activations over their root mean square"],
    rms: ["activations, root mean square", "Root mean square of a layer's activations"],
    gradient: ["gradient, root mean square", "Root mean square of the gradient by a layer's activations"],
    dead: ["share of dead units", "Share of a layer's units that have no slope on any input"]
  },
  field: "distribution by layer",
  reading: (layer: number, mean: string, rms: string) => `layer ${layer}: mean ${mean}, rms ${rms}`,
  gradientReading: (layer: number, rms: string) => `layer ${layer}: rms ${rms}`,
  verdict: (layers: number, parts: string) => `The gradient that reaches the input after ${layers} layers: ${parts}.`,
  underflow: "0 (too small for single precision)",
  none: "Choose at least one activation."
};

const schema = {
  activations: setField({
    label: labels.activations,
    default: ["relu", "leaky_relu", "selu", "gelu", "tanh", "sigmoid"],
    options: activationLabels,
    colors: activationColors
  }),
  initialisation: choiceField<Initialisation>({
    label: labels.initialisation, default: "he", options: labels.initialisations
  }),
  layers: numberField({label: labels.layers, default: 32, min: 1, max: 64, step: 1}),
  width: choiceField({label: labels.width, default: "64", options: {"16": "16", "32": "32", "64": "64"}}),
  panel: choiceField({label: labels.panel, default: "values", options: labels.panels}),
  at: numberField({label: labels.at, default: 16, min: 0, max: 64, step: 1}),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 999, step: 1})
};
type State = StateOf<typeof schema>;
type Results = ReadonlyMap<ActivationName, readonly Layer[]>;

const configOf = ({initialisation, layers, width, seed}: State): SignalConfig => ({
  initialisation, layers, width: Number(width), seed
});

type ChartName = keyof typeof labels.charts;
const quantities: Readonly<Record<ChartName, (layer: Layer) => number>> = {
  mean: ({activations: {mean, rms}}) => (rms > 0 ? mean / rms : 0),
  rms: ({activations: {rms}}) => rms,
  gradient: ({gradients: {rms}}) => rms,
  dead: ({dead}) => dead
};
const scales = {mean: [-0.5, 1], rms: "log", gradient: "log", dead: [0, 1]} as const;
const chartNames = Object.keys(quantities) as ChartName[];

export const signalDepth = defineFigure({
  id: "relu/signal-depth",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let hover: number | null = null;
    const results = new Map<ActivationName, {layers: readonly Layer[]; config: SignalConfig}>();
    const pointing = (layer: number | null) => {
      hover = layer;
      context.redraw();
    };
    const pick = (at: number) => context.change({at});
    const panels = new Map<ActivationName, LayerField>();
    for (const name of activationNames) panels.set(name, layerField(name, labels.field, pointing));
    const charts = chartNames.map((chart) => {
      const [axis, label] = labels.charts[chart] as [string, string];
      return layerChart({label, axis, layer: labels.layer, scale: scales[chart], onHover: pointing, onPick: pick});
    });
    const grid = html`<div class="layer-panels"></div>`;
    const verdict = html`<p class="signal-verdict" role="status"></p>`;
    const body = html`<div>${grid}<div class="layer-charts">${charts.map(({element}) => element)}</div>${verdict}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    const signals = signalRequest({
      signal: context.signal,
      onLayers(name, layers, config) {
        results.set(name, {layers, config});
        context.redraw();
      },
      onError: (error) => context.say(error.message)
    });
    let seen = false;
    context.onVisible((visible) => {
      if (!visible || seen) return;
      seen = true;
      context.redraw();
    });
    /** What is computed for this state's depth; older results stay until newer are there. */
    const shownOf = (state: State): Results => {
      const chosen = state.activations.filter((name) => results.has(name));
      return new Map(chosen.map((name) => [name, results.get(name)!.layers]));
    };

    return {
      body,
      update(state) {
        if (seen) signals.request(state.activations, configOf(state));
        const shown = shownOf(state);
        const columns = Math.max(1, Math.min(state.activations.length, width > 880 ? 3 : width > 520 ? 2 : 1));
        const panel = Math.floor((width - 20 * (columns - 1)) / columns);
        grid.style.gridTemplateColumns = `repeat(${columns}, ${panel}px)`;
        const wanted = state.activations.map((name) => panels.get(name)!.element);
        if (wanted.some((element, i) => grid.children[i] !== element) || grid.children.length !== wanted.length) {
          grid.replaceChildren(...wanted);
        }
        const at = hover ?? state.at;
        for (const name of state.activations) {
          const view = fieldView(shown.get(name) ?? [], state.panel, at);
          panels.get(name)!.show({...view, width: panel, height: wanted.length > 6 ? 72 : 92});
        }
        const wide = width > 760;
        charts.forEach((chart, i) => {
          const curves = [...shown].map(([name, layers]) => ({name, values: layers.map(quantities[chartNames[i]!])}));
          const layers = Math.max(1, ...curves.map(({values}) => values.length - 1));
          chart.show({curves, layers, at, width: wide ? Math.floor((width - 20) / 2) : width, height: 172});
        });
        verdict.textContent = verdictOf(shown, state);
      },
      data: () => signalData(shownOf(context.state()))
    };
  }
});

const empty: readonly Float32Array[] = [new Float32Array(49)];
const histogramsOf = new WeakMap<readonly Layer[], Record<"values" | "gradients", readonly Float32Array[]>>();

function fieldView(layers: readonly Layer[], panel: "values" | "gradients", at: number) {
  const ends = panel === "values"
    ? ([`−${activationReach}`, "0", `${activationReach}`] as const)
    : ([`1e−${-gradientRange[0]}`, `1e−${-(gradientRange[0] + gradientRange[1]) / 2}`, `1e${gradientRange[1]}`] as const);
  const read = layers[Math.min(at, layers.length - 1)];
  if (!read) return {histograms: empty, ends, reading: "", at};
  let cached = histogramsOf.get(layers);
  if (!cached) {
    cached = {
      values: layers.map(({activations}) => activations.histogram),
      gradients: layers.map(({gradients}) => gradients.histogram)
    };
    histogramsOf.set(layers, cached);
  }
  const layer = Math.min(at, layers.length - 1);
  const {activations: {mean, rms}, gradients} = read;
  const reading = panel === "values"
    ? labels.reading(layer, numberText(mean, 3), numberText(rms, 3))
    : labels.gradientReading(layer, numberText(gradients.rms, 3));
  return {histograms: cached[panel], ends, reading, at};
}

function verdictOf(shown: Results, {activations}: State): string {
  if (activations.length === 0) return labels.none;
  const text = (rms: number) => (rms > 0 ? numberText(rms, 2) : labels.underflow);
  const parts = [...shown].map(([name, layers]) => `${activationLabels[name]} ${text(layers[0]!.gradients.rms)}`);
  const [first] = [...shown.values()];
  return first ? labels.verdict(first.length - 1, parts.join(", ")) : "";
}

function signalData(shown: Results): readonly Row[] {
  return [...shown].flatMap(([activation, layers]) =>
    layers.map(({activations: {mean, deviation, rms}, gradients, dead}, layer) => ({
      activation, layer, mean, deviation, rms, gradientRms: gradients.rms, deadShare: dead
    }))
  );
}
