/** Figure: any set of activations and their derivatives, with sliders, and the formula with the reader's x. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {choiceField, numberField, setField} from "../../notebook/schema.js";
import type {NumberField, StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import type {Step} from "../../notebook/step.js";
import {activationNames, activations} from "../activations.js";
import type {ActivationName, ActivationParams} from "../activations.js";
import {activationColors, activationDash, activationLabels} from "./activation-look.js";
import {functionPlot} from "./function-plot.js";
import type {PlottedFunction} from "./function-plot.js";

const labels = {
  title: "Function and derivative",
  caption:
    "Left the function, right its derivative, which is what a gradient is multiplied by on its way back. Point anywhere " +
    "to read every value at that x; press to keep it. The formula below is that of the function chosen.",
  shown: "Show",
  kind: "Formula of",
  x: "x",
  reach: "From −x to x",
  value: "f(x)",
  slope: "f′(x)",
  valueLabel: "Activation functions over x",
  slopeLabel: "Their derivatives over x",
  steps: {value: "Value", slope: "Derivative", product: "Ten layers of it"},
  productNote: "If ten layers all stood at this x, with weights of 1, this would be left of a gradient that passed them.",
  parameters: {
    negativeSlope: "Leaky ReLU’s slope",
    weight: "PReLU’s slope",
    lower: "RReLU’s lowest slope",
    upper: "RReLU’s highest slope",
    eluAlpha: "ELU’s α",
    celuAlpha: "CELU’s α",
    beta: "Softplus’ β",
    threshold: "Softplus’ threshold"
  },
  notes: {
    relu: "Cheap, exact zeros, slope 1 wherever it is on. Where it is off the slope is 0: a unit that is off for all data never comes back.",
    leaky_relu: "The slope below 0 is small but not 0, so no unit can be stuck; the outputs are no longer sparse.",
    prelu: "As Leaky ReLU, with the slope a weight that training adjusts, one a channel.",
    rrelu: "In training every unit draws its slope anew, as a regulariser; in evaluation, shown here, it is the mean slope.",
    elu: "Bends to −α below 0: the mean output comes nearer 0, noise far below 0 is ignored; exp costs more than max.",
    selu: "ELU with two constants that make mean 0 and variance 1 a fixed point, for plain stacks with LeCun’s initialisation.",
    celu: "ELU with e^{x/α}: the derivative at 0 is 1 for every α, so it has no kink.",
    gelu: "x times the probability that a normal number is below x: smooth, not monotone; the usual choice in Transformers.",
    gelu_tanh: "GELU’s approximation by tanh, off by less than 0.0005; GPT-2 uses it.",
    silu: "x times its own sigmoid, much like GELU with heavier tails; with a gate beside it, it is SwiGLU’s activation.",
    mish: "x tanh(softplus(x)): between SiLU and GELU; YOLOv4’s backbone uses it.",
    softplus: "The smooth ReLU. Its mean is further from 0 than ReLU’s and it is never exactly 0.",
    relu6: "ReLU cut at 6 so that few bits hold it; it can die on both sides.",
    hardswish: "SiLU from straight lines, for phones: cheap, but below −3 the slope is 0 again.",
    tanh: "Mean near 0, slope at most 1 and only at 0: deep stacks of it lose the gradient.",
    sigmoid: "Slope at most ¼: ten layers cost the gradient a factor of a million. Its mean is ½."
  }
};

/** Which parameter of which activation each slider sets. */
const sliders = {
  negativeSlope: ["leaky_relu", "negativeSlope"],
  weight: ["prelu", "weight"],
  lower: ["rrelu", "lower"],
  upper: ["rrelu", "upper"],
  eluAlpha: ["elu", "alpha"],
  celuAlpha: ["celu", "alpha"],
  beta: ["softplus", "beta"],
  threshold: ["softplus", "threshold"]
} as const satisfies Record<string, readonly [ActivationName, string]>;
type SliderName = keyof typeof sliders;

function sliderField(slider: SliderName): NumberField {
  const [name, parameter] = sliders[slider];
  const {default: fallback, min, max, step} = activations[name].parameters[parameter]!;
  return numberField({
    label: labels.parameters[slider],
    // RReLU's thirds and eighths, to three decimals.
    ...(name === "rrelu" ? {default: Number(fallback.toFixed(3)), step: 0.001} : {default: fallback, step}),
    min,
    max,
    when: ({shown, kind}) => kind === name || (shown as readonly string[]).includes(name)
  });
}

const schema = {
  shown: setField({
    label: labels.shown,
    default: ["relu", "leaky_relu", "elu", "gelu", "silu", "tanh", "sigmoid"],
    options: activationLabels,
    colors: activationColors
  }),
  kind: choiceField({label: labels.kind, default: "gelu", options: activationLabels}),
  x: numberField({label: labels.x, default: -0.75, min: -10, max: 10, step: 0.01}),
  reach: numberField({label: labels.reach, default: 4, min: 1, max: 10, step: 0.5}),
  negativeSlope: sliderField("negativeSlope"),
  weight: sliderField("weight"),
  lower: sliderField("lower"),
  upper: sliderField("upper"),
  eluAlpha: sliderField("eluAlpha"),
  celuAlpha: sliderField("celuAlpha"),
  beta: sliderField("beta"),
  threshold: sliderField("threshold"),
  step: numberField({label: "Step", default: 0, min: 0, max: 2, step: 1})
};
type State = StateOf<typeof schema>;

/** The sliders' values for one activation, by its own parameters' names. */
function paramsOf(name: ActivationName, state: State): ActivationParams {
  const mine = (Object.keys(sliders) as SliderName[]).filter((slider) => sliders[slider][0] === name);
  return Object.fromEntries(mine.map((slider) => [sliders[slider][1], state[slider]]));
}

function plotted(state: State, which: "f" | "df"): readonly PlottedFunction[] {
  const names = activationNames.filter((name) => state.shown.includes(name) || name === state.kind);
  return names.map((name) => {
    const params = paramsOf(name, state);
    return {
      name,
      label: activationLabels[name],
      color: activationColors[name],
      dash: activationDash(name),
      strong: name === state.kind,
      at: (x) => activations[name][which](x, params)
    };
  });
}

export const functions = defineFigure({
  id: "relu/functions",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let hover: number | null = null;
    const point = {
      onHover: (x: number | null) => {
        hover = x;
        context.redraw();
      },
      onPick: (x: number) => {
        hover = null;
        context.change({x: Math.round(x * 100) / 100});
      }
    };
    const values = functionPlot({label: labels.valueLabel, axis: labels.value, ...point});
    const slopes = functionPlot({label: labels.slopeLabel, axis: labels.slope, ...point});
    const body = html`<div><div class="function-plots">${values.element}${slopes.element}</div><div data-stepper></div></div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        const wide = width > 760;
        const {reach} = state;
        const x = Math.max(-reach, Math.min(reach, hover ?? state.x));
        const size = {width: wide ? Math.floor((width - 16) / 2) : width, height: wide ? 380 : 330};
        const shared = {...size, x, reach, key: JSON.stringify({...state, x: 0, step: 0})};
        values.show({...shared, functions: plotted(state, "f"), range: [-Math.max(1.2, reach * 0.4), Math.max(1.2, reach)]});
        slopes.show({...shared, functions: plotted(state, "df"), range: [-0.55, 1.8]});
      },
      steps: (state) => stepsOf(hover === null ? state : {...state, x: Math.round(hover * 100) / 100}),
      focus(parts) {
        values.light(parts.includes("value"));
        slopes.light(parts.includes("slope"));
      },
      data: () => functionData(context.state())
    };
  }
});

/** What the page says about the figure's state: the chosen function and ReLU at its x. */
export function functionReadings(state: State) {
  const {kind, x} = state;
  const at = (name: ActivationName) => ({
    label: activationLabels[name],
    value: activations[name].f(x, paramsOf(name, state)),
    slope: activations[name].df(x, paramsOf(name, state))
  });
  return {x, chosen: at(kind), relu: at("relu")};
}

/** The chosen function's value and derivative at x, and what ten such derivatives leave of a gradient. */
export function stepsOf(state: State): readonly Step[] {
  const {kind, x} = state;
  const {f, df, tex} = activations[kind];
  const given = {x, ...paramsOf(kind, state)};
  const [value, slope] = [f(x, given), df(x, given)];
  const step = (what: keyof typeof labels.steps, formula: string, values: Step["values"]): Step => ({
    title: `${activationLabels[kind]}: ${labels.steps[what].toLowerCase()}`,
    formula,
    values: Object.fromEntries(Object.entries(values).filter(([slot]) => formula.includes(`[[${slot}`))),
    focus: [what === "value" ? "value" : "slope"],
    note: what === "product" ? labels.productNote : labels.notes[kind]
  });
  return [
    step("value", withResult(tex.value, "[[value|f(x)]]"), {...given, value}),
    step("slope", withResult(tex.slope, "[[slope|f'(x)]]"), {...given, slope}),
    step("product", "f'(x)^{10} = [[slope|f'(x)]]^{10} = [[product|\\text{what is left}]]", {slope, product: slope ** 10})
  ];
}

/** In a formula of several lines the result has one of its own. */
function withResult(tex: string, result: string): string {
  const end = "\\end{aligned}";
  return tex.endsWith(end) ? `${tex.slice(0, -end.length)} \\\\ &= ${result} ${end}` : `${tex} = ${result}`;
}

function functionData(state: State): readonly Row[] {
  const functions = plotted(state, "f").map(({name}) => name as ActivationName);
  return Array.from({length: 161}, (_, i) => {
    const x = Number((-state.reach + (2 * state.reach * i) / 160).toPrecision(12));
    const columns = functions.flatMap((name) => {
      const params = paramsOf(name, state);
      return [[name, activations[name].f(x, params)], [`${name} derivative`, activations[name].df(x, params)]] as const;
    });
    return {x, ...Object.fromEntries(columns)};
  });
}
