/** Figure: one cell with one unit, every gate computed with the reader's numbers, along a sequence. */
import {html} from "htl";
import type {FigureContext, FigureParts} from "../../notebook/figure.js";
import {choiceField, flagField, numberField, vectorField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {scalarGates, scalarRun} from "../scalar.js";
import type {ScalarVariant, ScalarWeights} from "../scalar.js";
import {cellDiagram} from "./cell-diagram.js";
import {cellNames} from "./cell-look.js";
import {cellSteps, partOfSlot} from "./cell-steps.js";
import {sequenceStrip} from "./sequence-strip.js";

const labels = {
  title: "One step of one cell",
  caption:
    "A cell with one input and one unit, so that every number fits. Drag the dots to change the inputs and the sliders " +
    "to change the weights; a gate fills as it opens. The formulas are those of the time step that is marked.",
  cell: "Cell",
  time: "Time step",
  inputs: "Inputs",
  weights: "Weights",
  state: "State before the first step",
  step: "Step",
  gate: "gate",
  parts: ["of the input, w", "of the state, u", "bias, b"],
  weight: (gate: string, part: string) => `Gate ${gate}, ${part}`,
  states: ["h before the first step", "c before the first step"],
  forgetGate: "Forget gate", peepholes: "Peepholes",
  peephole: (gate: string) => `Peephole of gate ${gate}, p`,
  look: "of the cell, p", looks: "Peepholes of i, f and o"
};

const weightReach = 8;
const isLstm = ({cell}: Readonly<Record<string, unknown>>) => cell === "lstm";
const schema = {
  cell: choiceField({label: labels.cell, default: "lstm", options: {lstm: "LSTM", gru: "GRU", rnn: "RNN"}}),
  time: numberField({label: labels.time, default: 2, min: 1, max: 8, step: 1}),
  inputs: vectorField({label: labels.inputs, default: [0, 1.5, 0, 0.2, -0.2, 0.1, 0, -0.1], min: -2, max: 2, control: false}),
  weights: vectorField({label: labels.weights, default: [4, 0, -3, 0, 0, 4, 2, 0, 0, 0, 0, 2], min: -weightReach, max: weightReach, control: false}),
  forgetGate: flagField({label: labels.forgetGate, default: true, when: isLstm}),
  peepholes: flagField({label: labels.peepholes, default: false, when: isLstm}),
  peephole: vectorField({label: labels.looks, default: [0.5, 0.5, 0.5], min: -weightReach, max: weightReach, control: false}),
  state: vectorField({label: labels.state, default: [0, 0], min: -2, max: 2, control: false}),
  step: numberField({label: labels.step, default: 0, min: 0, max: 5, step: 1, control: false})
};
type State = StateOf<typeof schema>;

const rowsOf = (weights: readonly number[]): ScalarWeights =>
  Array.from({length: weights.length / 3}, (_, row) => [weights[3 * row]!, weights[3 * row + 1]!, weights[3 * row + 2]!] as const);

const variantOf = ({forgetGate, peepholes, peephole}: State): ScalarVariant => ({
  forgetGate, ...(peepholes && {peephole: [peephole[0]!, peephole[1]!, peephole[2]!]})
});
const runOf = (state: State) =>
  scalarRun(state.cell, rowsOf(state.weights), state.inputs, state.state[0]!, state.state[1]!, variantOf(state));

export const oneStep = defineFigure({
  id: "lstm/one-step",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    const diagram = cellDiagram();
    const strip = sequenceStrip((inputs) => context.change({inputs}), (time) => context.change({time}));
    const sliders = weightSliders(context);
    const body = html`<div class="one-step"><div>${diagram.element}${strip.element}</div><div>${sliders.element}<div data-stepper></div></div></div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        const steps = runOf(state);
        const panel = width > 760 ? Math.floor((width - 24) / 2) : width;
        diagram.show(state.cell, steps[state.time - 1]!, panel, variantOf(state));
        strip.show(state.inputs, steps, state.time, panel);
        sliders.show(state);
      },
      data: () => runOf(context.state()).map((step, t) => ({t: t + 1, ...step})),
      steps: (state) => cellSteps(state.cell, runOf(state)[state.time - 1]!, variantOf(state)),
      focus: (parts) => diagram.focus(parts.map(partOfSlot))
    };
  }
});

/** Which peephole a row of the LSTM's gates i, f, g, o has. */
const lookOf = (row: number): number => [0, 1, -1, 2][row]!;

/** A slider for each weight and each starting state. */
function weightSliders(context: FigureContext<typeof schema>): {element: HTMLElement; show(state: State): void} {
  const slider = (reach: number, change: (value: number) => void) => {
    const input = html`<input type="range" min=${-reach} max=${reach} step="0.05">` as HTMLInputElement;
    const output = html`<output></output>` as HTMLOutputElement;
    input.addEventListener("input", () => change(input.valueAsNumber));
    return {
      element: html`<span class="weight">${input}${output}</span>`,
      show(name: string, value: number) {
        input.setAttribute("aria-label", name);
        input.valueAsNumber = value;
        output.textContent = value.toFixed(2).replace("-", "−");
      }
    };
  };
  const replace = (list: readonly number[], at: number, value: number) => list.map((old, i) => (i === at ? value : old));
  const weights = Array.from({length: 12}, (_, at) =>
    slider(weightReach, (value) => context.change({weights: replace(context.state().weights, at, value)})));
  const looks = [0, 1, 2].map((at) =>
    slider(weightReach, (value) => context.change({peephole: replace(context.state().peephole, at, value)})));
  const states = [0, 1].map((at) => slider(2, (value) => context.change({state: replace(context.state().state, at, value)})));
  const rows = [0, 1, 2, 3].map((row) => {
    const name = html`<th scope="row"></th>`;
    const look = html`<td>${looks[lookOf(row)]?.element ?? ""}</td>`;
    return {name, look, element: html`<tr>${name}${weights.slice(3 * row, 3 * row + 3).map(({element}) => html`<td>${element}</td>`)}${look}</tr>`};
  });
  const start = states.map(({element}, n) => html`<label class="start-state"><span class="control-label">${labels.states[n]}</span>${element}</label>`);
  const lookHead = html`<th scope="col">${labels.look}</th>`;
  const table = html`<div class="weights"><table><thead><tr><th scope="col">${labels.gate}</th>${labels.parts.map(
    (part) => html`<th scope="col">${part}</th>`)}${lookHead}</tr></thead><tbody>${rows.map(({element}) => element)}</tbody></table>${start}</div>`;
  return {
    element: table,
    show({cell, weights: values, state, forgetGate, peepholes, peephole}) {
      const gates = scalarGates[cell];
      const lstm = cell === "lstm";
      rows.forEach(({name, element}, row) => {
        // The cell of 1997 has no weights to forget by.
        element.hidden = row >= gates.length || (lstm && !forgetGate && gates[row] === "f");
        name.textContent = gates[row] ?? "";
      });
      weights.forEach(({show}, at) => show(labels.weight(gates[Math.floor(at / 3)] ?? "", labels.parts[at % 3]!), values[at]!));
      states.forEach(({show}, n) => show(labels.states[n]!, state[n]!));
      start[1]!.hidden = !lstm;
      for (const part of [lookHead, ...rows.map(({look}) => look)]) part.hidden = !lstm || !peepholes;
      looks.forEach(({show: showLook}, n) => showLook(labels.peephole("ifo"[n]!), peephole[n]!));
    }
  };
}

/** What the page's sentences say of the figure's state. */
export function oneStepReadings(state: State): {readonly name: string; readonly time: number; readonly h: number; readonly c: number | null; readonly forget: number | null} {
  const step = runOf(state)[state.time - 1]!;
  return {name: cellNames[state.cell], time: state.time, h: step.h!, c: step.c ?? null, forget: step.f ?? null};
}
