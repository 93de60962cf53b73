/** The stepper's words and formulas for one training step of one unit; the numbers are the training's. */
import type {Step} from "../../notebook/step.js";
import type {OptimizerKind} from "../../networks/optimizer.js";
import type {NeuronStep, ParameterStep} from "../neuron-step.js";

const lines = (...formulas: readonly string[]) => `\\begin{aligned} ${formulas.join(" \\\\ ")} \\end{aligned}`;

export interface StepWords {
  /** TeX of the activation's name. */
  readonly activation: string;
  readonly rate: number;
  readonly optimizer: OptimizerKind;
}

/** The steps from the batch's point to what is left of the unit. */
export function neuronSteps(trace: NeuronStep, words: StepWords): readonly Step[] {
  return [preActivation(trace), ...activationSteps(trace, words), ...deltaSteps(trace), gradientStep(trace), updateStep(trace, words), effectStep(trace)];
}

/** The same before there are numbers: formulas in symbols. */
export function blankSteps(words: StepWords): readonly Step[] {
  return neuronSteps(blank, words).map(({title, formula, focus}) => ({title, formula, focus, values: {}}));
}

const nothing: ParameterStep = {before: 0, gradient: 0, after: 0, moments: []};
const blank: NeuronStep = {
  point: 0, inputs: [0, 0, 0], weights: [nothing, nothing, nothing], bias: nothing, weighted: 0, sum: 0, value: 0, slope: 1,
  above: [], arriving: 0, delta: 0, deltas: [], silentBefore: 0, silentAfter: 0, points: 1, corrections: [1, 1]
};

function preActivation({inputs, weights, bias, weighted, sum}: NeuronStep): Step {
  const short = inputs.length <= 2;
  const terms = short ? inputs.map((_, i) => `[[w${i + 1}|w_${i + 1}]] \\cdot [[a${i + 1}|a_${i + 1}]]`).join(" + ") : "[[weighted|\\textstyle\\sum_i w_i a_i]]";
  const each = inputs.flatMap((input, i) => [[`w${i + 1}`, weights[i]!.before], [`a${i + 1}`, input]] as const);
  return {
    title: "Pre-activation",
    formula: `[[z]] = ${terms} + [[b]]`,
    values: {z: sum, b: bias.before, ...(short ? Object.fromEntries(each) : {weighted})},
    focus: ["in", "point"],
    note: "One point of the batch (ringed) comes in through the layer below: weights times inputs, and the bias."
  };
}

function activationSteps({sum, value, slope}: NeuronStep, {activation}: StepWords): readonly Step[] {
  return [
    {
      title: "Activation",
      formula: `[[a]] = f([[z]]), \\quad f = \\text{${activation}}`,
      values: {a: value, z: sum},
      focus: ["unit"],
      note: "What the unit tells the layer above about this point."
    },
    {
      title: "Derivative",
      formula: `[[slope|f'(z)]] = f'\\big([[z]]\\big)`,
      values: {slope, z: sum},
      focus: ["unit"],
      note: slope === 0
        ? "0: whatever arrives from above stops here, for this point."
        : "How much of what arrives from above is let through."
    }
  ];
}

function deltaSteps({above, arriving, slope, delta}: NeuronStep): readonly Step[] {
  const [first] = above;
  const alone = above.length === 1 && first;
  return [
    {
      title: "Arriving gradient",
      formula: alone
        ? "[[g]] = [[deltaAbove|\\delta^{\\text{out}}]] \\cdot [[v]]"
        : "[[g]] = \\textstyle\\sum_j \\delta_j v_j",
      values: {g: arriving, ...(alone && {deltaAbove: alone.delta, v: alone.weight})},
      focus: ["out"],
      note: "How the loss at this point changes with the unit's activation: the δ of each unit above, times the weight to it."
    },
    {
      title: "The unit's δ",
      formula: "[[delta|\\delta]] = [[g]] \\cdot [[slope|f'(z)]]",
      values: {delta, g: arriving, slope},
      focus: ["unit"],
      note: "How the loss changes with the pre-activation. It is this, times an input, that moves a weight."
    }
  ];
}

/** The incoming weight with the largest gradient. */
function strongest({weights}: NeuronStep): {readonly index: number; readonly weight: ParameterStep} {
  const sizes = weights.map(({gradient}) => Math.abs(gradient));
  const index = sizes.indexOf(Math.max(...sizes));
  return {index, weight: weights[Math.max(0, index)]!};
}

function gradientStep(trace: NeuronStep): Step {
  const {bias, deltas} = trace;
  const {index, weight} = strongest(trace);
  const reaching = deltas.filter((delta) => delta !== 0).length;
  return {
    title: "Gradient over the batch",
    formula: lines(
      "[[gb|\\partial L / \\partial b]] &= \\tfrac{1}{[[batch|B]]} [[deltas|\\textstyle\\sum_n \\delta_n]]",
      `[[gw|\\partial L / \\partial w_{${index + 1}}]] &= \\tfrac{1}{[[batch|B]]} [[products|\\textstyle\\sum_n \\delta_n a_{n,${index + 1}}]]`
    ),
    values: {
      gb: bias.gradient, gw: weight.gradient, batch: deltas.length,
      deltas: bias.gradient * deltas.length, products: weight.gradient * deltas.length
    },
    focus: ["in"],
    note: `${reaching} of the batch's ${deltas.length} points reach the unit. Shown are the bias and the weight that moves most.`
  };
}

function updateStep(trace: NeuronStep, {rate, optimizer}: StepWords): Step {
  const {bias, corrections} = trace;
  const {index, weight} = strongest(trace);
  const parts = [
    updateOf("b", "b", "\\partial L / \\partial b", bias, optimizer),
    updateOf("w", `w_{${index + 1}}`, `\\partial L / \\partial w_{${index + 1}}`, weight, optimizer)
  ];
  const adam = optimizer === "adam" ? {c1: corrections[0], c2: corrections[1]} : {};
  return {
    title: "Update",
    formula: lines(...parts.flatMap(({formulas}) => formulas)),
    values: Object.assign({rate, ...adam}, ...parts.map(({values}) => values)) as Record<string, number>,
    focus: ["in"],
    note: "The optimiser's move against the gradient. A large rate times one large gradient is what throws a unit off all data."
  };
}

function updateOf(name: string, symbol: string, slope: string, parameter: ParameterStep, optimizer: OptimizerKind) {
  const {before, gradient, after, moments: [first, second]} = parameter;
  const [now, old, g] = [`[[${name}2|${symbol}']]`, `[[${name}1|${symbol}]]`, `[[g${name}|${slope}]]`];
  const values: Record<string, number> = {[`${name}2`]: after, [`${name}1`]: before};
  if (optimizer === "sgd" || !first)
    return {formulas: [`${now} &= ${old} - [[rate|\\eta]] \\cdot ${g}`], values: {...values, [`g${name}`]: gradient}};
  const [m1, m2] = [`[[m${name}1|m]]`, `[[m${name}2|m']]`];
  Object.assign(values, {[`g${name}`]: gradient, [`m${name}1`]: first.before, [`m${name}2`]: first.after});
  if (!second)
    return {formulas: [`${m2} &= 0.9 \\cdot ${m1} + ${g}`, `${now} &= ${old} - [[rate|\\eta]] \\cdot ${m2}`], values};
  Object.assign(values, {[`s${name}1`]: second.before, [`s${name}2`]: second.after});
  return {
    formulas: [
      `${m2} &= 0.9 \\cdot ${m1} + 0.1 \\cdot ${g}`,
      `[[s${name}2|s']] &= 0.999 \\cdot [[s${name}1|s]] + 0.001 \\cdot ${g}^2`,
      `${now} &= ${old} - [[rate|\\eta]] \\frac{[[c1|c_1]] \\cdot ${m2}}{\\sqrt{[[c2|c_2]] \\cdot [[s${name}2|s']]} + 10^{-8}}`
    ],
    values
  };
}

function effectStep({silentBefore, silentAfter, points}: NeuronStep): Step {
  return {
    title: "What that does",
    formula: "[[before|s]] / [[points|N]] \\;\\to\\; [[after|s']] / [[points|N]]",
    values: {before: silentBefore, after: silentAfter, points},
    focus: ["unit"],
    note: effectNote(silentBefore, silentAfter, points)
  };
}

function effectNote(before: number, after: number, points: number): string {
  if (before === points && after === points)
    return "The unit is silent at every point before and after: no gradient reaches it, so its own weights stay as they are.";
  if (after === points) return "In this step the unit dies: its slope is 0 at every point, so no gradient will move its weights.";
  if (before === points) return "In this step the unit comes back: the layer below moved, and some point turns it on again.";
  return "Points at which the unit is silent, before and after: where its slope is 0 and nothing is learnt.";
}
