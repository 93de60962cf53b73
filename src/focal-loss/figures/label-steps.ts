/** The stepper's words and formulas for an example's labels. */
import type {Step} from "../../notebook/step.js";
import type {LabelLossKind, LabelLossOptions} from "../label-losses.js";
import {traceLabelLoss} from "../label-trace.js";

export const labelNames = ["A", "B", "C", "D"] as const;

const lines = (...formulas: readonly string[]) => `\\begin{aligned} ${formulas.join(" \\\\ ")} \\end{aligned}`;
const probability = "[[p]] &= \\sigma([[logit|x]])";
const total = "[[loss|L]] &= ";

/** Formula of one label's part, by whether it is set. */
const formulas: Readonly<Record<LabelLossKind, readonly [unset: string, set: string]>> = {
  softmax: [
    lines("[[p]] &= e^{[[logit|x]]} / S", `${total}0`),
    lines("[[p]] &= e^{[[logit|x]]} / S", `${total}-\\tfrac{1}{[[set|k]]} \\ln [[p]]`)
  ],
  bce: [lines(probability, `${total}-\\ln(1 - [[p]])`), lines(probability, `${total}-\\ln [[p]]`)],
  weighted: [lines(probability, `${total}-\\ln(1 - [[p]])`), lines(probability, `${total}-[[weight|w]] \\cdot \\ln [[p]]`)],
  focal: [
    lines(probability, `${total}-[[p]]^{[[gamma|\\gamma]]} \\cdot \\ln(1 - [[p]])`),
    lines(probability, `${total}-(1 - [[p]])^{[[gamma|\\gamma]]} \\cdot \\ln [[p]]`)
  ],
  asymmetric: [
    lines(
      probability,
      "[[shifted|p_m]] &= \\max([[p]] - [[margin|m]], 0)",
      `${total}-[[shifted|p_m]]^{[[gammaNegative|\\gamma_{-}]]} \\cdot \\ln(1 - [[shifted|p_m]])`
    ),
    lines(probability, `${total}-\\ln [[p]]`)
  ]
};

const notes: Readonly<Record<LabelLossKind, readonly [unset: string, set: string]>> = {
  softmax: [
    "Not set: no term of its own. It is pushed down all the same, since the probabilities share one sum.",
    "Set: its share of the target is 1 ⁄ k, so with two labels each is asked to reach ½, not 1."
  ],
  bce: ["Not set: a decision of its own, whatever the other labels say.", "Set: a decision of its own."],
  weighted: ["Not set: as in cross-entropy.", "Set: counts w times, since most labels of most examples are not set."],
  focal: ["Not set, and easy if p is low: turned down.", "Set, and easy if p is high: turned down by the same γ."],
  asymmetric: [
    "Not set: turned down harder than a set label, and exactly 0 below the margin.",
    "Set: rare and precious, so not turned down at all (γ₊ = 0)."
  ]
};

/** The steps from logits to the example's loss. */
export function labelSteps(
  kind: LabelLossKind,
  logits: readonly number[],
  labels: readonly number[],
  options: LabelLossOptions
): readonly Step[] {
  return [...traceLabelLoss(kind, logits, labels, options)].map(({part, label, values}) => {
    if (part === "normaliser") {
      const sum = logits.map((_, i) => `e^{[[x${i}|x_${labelNames[i]}]]}`).join(" + ");
      return {title: "Normaliser", formula: `[[sum|S]] = ${sum}`, values, focus: [], note: "One sum for all labels: more for one is less for the others."};
    }
    if (part === "sum") {
      const sum = logits.map((_, i) => `[[l${i}|L_${labelNames[i]}]]`).join(" + ");
      return {title: "The example's loss", formula: `[[loss|L]] = ${sum}`, values, focus: ["loss"], note: "Its slope along each logit is the bar at the right."};
    }
    const set = labels[label]! as 0 | 1;
    const title = `Label ${labelNames[label]}, ${set ? "set" : "not set"}`;
    return {title, formula: formulas[kind][set], values, focus: [`row${label}`], note: notes[kind][set]};
  });
}
