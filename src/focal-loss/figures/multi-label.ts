/** Figure: several labels at once: five losses of one example, step by step. */
import {html} from "htl";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {choiceField, numberField, setField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {labelLoss, labelLossKinds} from "../label-losses.js";
import type {LabelLossKind} from "../label-losses.js";
import {labelBars} from "./label-bars.js";
import {labelLossNames} from "./label-look.js";
import {labelNames, labelSteps} from "./label-steps.js";

const labels = {
  title: "Several labels at once",
  caption:
    "One example with four possible labels: orange ones are set. The bars are each label's probability, its part of the " +
    "loss, and how hard the loss pulls on its logit.",
  kind: "Loss",
  set: "Labels that are set",
  logit: (name: string) => `Logit ${name}`,
  gamma: "Focal γ",
  gammaNegative: "Asymmetric γ₋",
  margin: "Asymmetric margin m",
  weight: "Weight w of a set label"
};

const logitField = (i: number, value: number) =>
  numberField({label: labels.logit(labelNames[i]!), default: value, min: -8, max: 8, step: 0.1});

/** A parameter is offered with the loss that has it. */
const only = (kind: LabelLossKind) => (state: Readonly<Record<string, unknown>>) => state.kind === kind;

const schema = {
  kind: choiceField({label: labels.kind, default: "bce", options: labelLossNames}),
  set: setField({label: labels.set, default: ["A", "C"], options: {A: "A", B: "B", C: "C", D: "D"}}),
  xA: logitField(0, 2),
  xB: logitField(1, -1.5),
  xC: logitField(2, -0.5),
  xD: logitField(3, -3),
  gamma: numberField({label: labels.gamma, default: 2, min: 0, max: 5, step: 0.1, when: only("focal")}),
  gammaNegative: numberField({label: labels.gammaNegative, default: 4, min: 0, max: 6, step: 0.1, when: only("asymmetric")}),
  margin: numberField({label: labels.margin, default: 0.05, min: 0, max: 0.5, step: 0.01, when: only("asymmetric")}),
  weight: numberField({label: labels.weight, default: 5, min: 1, max: 50, step: 0.5, when: only("weighted")}),
  step: numberField({label: "Step", default: 0, min: 0, max: 5, step: 1, control: false})
};
type State = StateOf<typeof schema>;

const logitsOf = ({xA, xB, xC, xD}: State) => [xA, xB, xC, xD];
const setOf = ({set}: State) => labelNames.map((name) => Number(set.includes(name)));
const optionsOf = ({gamma, gammaNegative, margin, weight}: State) => ({
  alpha: -1, gamma, gammaNegative, gammaPositive: 0, margin, positiveWeight: weight
});
export const multiLabel = defineFigure({
  id: "focal-loss/multi-label",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    const bars = labelBars();
    const body = html`<div class="focal-panels"><div>${bars.element}</div><div data-stepper></div></div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    return {
      body,
      update(state) {
        const result = labelLoss(state.kind, logitsOf(state), setOf(state), optionsOf(state));
        bars.show(result, setOf(state), width > 720 ? Math.floor((width - 24) / 2) : width);
      },
      data: () => exampleRows(context.state()),
      steps: (state) => labelSteps(state.kind, logitsOf(state), setOf(state), optionsOf(state)),
      focus: bars.focus
    };
  }
});

function exampleRows(state: State): readonly Row[] {
  return labelLossKinds.flatMap((kind) => {
    const {losses, gradient, probabilities} = labelLoss(kind, logitsOf(state), setOf(state), optionsOf(state));
    return labelNames.map((label, i) => ({
      loss: kind, label, set: setOf(state)[i]!, logit: logitsOf(state)[i]!, probability: probabilities[i]!, value: losses[i]!, slope: gradient[i]!
    }));
  });
}
