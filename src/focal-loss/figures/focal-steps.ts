/** The stepper's words and formulas from logit to gradient; the numbers are the trace's. */
import type {Step} from "../../notebook/step.js";
import {traceFocalLoss} from "../focal.js";
import type {FocalTerm} from "../focal.js";

type Words = Omit<Step, "values">;

/** TeX slots are `[[value|symbol]]`. */
function wordsOf(term: FocalTerm, target: number, weighted: boolean): Words {
  const one = target === 1;
  const weight = weighted ? "[[alphaT|\\alpha_t]] \\cdot " : "";
  switch (term) {
    case "probability":
      return {
        title: "Logit to probability",
        formula: "[[p]] = \\sigma([[logit|x]]) = \\frac{1}{1 + e^{-[[logit|x]]}}",
        focus: ["point"],
        note: "What the network says of the label 1."
      };
    case "target":
      return {
        title: "Probability of the truth",
        formula: one ? "[[pt|p_t]] = [[p]]" : "[[pt|p_t]] = 1 - [[p]]",
        focus: ["pt"],
        note: "High is easy, whichever label is true: from here on there is one case instead of two."
      };
    case "cross-entropy":
      return {
        title: "Cross-entropy",
        formula: "[[crossEntropy|\\mathrm{CE}]] = -\\ln [[pt|p_t]]",
        focus: ["pt", "ce"],
        note: "An easy example costs little, but never nothing."
      };
    case "modulation":
      return {
        title: "Modulating factor",
        formula: "[[modulation|M]] = (1 - [[pt|p_t]])^{[[gamma|\\gamma]]}",
        focus: ["pt", "drop"],
        note: "Near 1 where the network errs, near 0 where it is right: the better it is, the less the example counts."
      };
    case "weight":
      return {
        title: "Class weight",
        formula: one ? "[[alphaT|\\alpha_t]] = [[alpha|\\alpha]]" : "[[alphaT|\\alpha_t]] = 1 - [[alpha|\\alpha]]",
        focus: ["loss"],
        note: "The same for all examples of a class, easy or hard."
      };
    case "loss":
      return {
        title: "Focal loss",
        formula: `[[loss|\\mathrm{FL}]] = ${weight}[[modulation|M]] \\cdot [[crossEntropy|\\mathrm{CE}]]`,
        focus: ["pt", "loss"],
        note: "The cross-entropy, turned down."
      };
    case "gradient":
      return {
        title: "Slope along the logit",
        formula:
          `[[gradient|\\frac{\\partial \\mathrm{FL}}{\\partial x}]] = ${one ? "-" : ""}${weight}[[modulation|M]] \\cdot ` +
          "\\big((1 - [[pt|p_t]]) + [[gamma|\\gamma]] \\cdot [[pt|p_t]] \\cdot [[crossEntropy|\\mathrm{CE}]]\\big)",
        focus: ["slope"],
        note: "The first term is cross-entropy's own slope. The second comes from the factor, which moves as well."
      };
  }
}

/** The steps for these numbers; without weighting there is no step for α. */
export function focalSteps(logit: number, target: 0 | 1, alpha: number, gamma: number): readonly Step[] {
  return [...traceFocalLoss(logit, target, {alpha, gamma})]
    .filter(({term}) => term !== "weight" || alpha >= 0)
    .map(({term, values}) => ({...wordsOf(term, target, alpha >= 0), values}));
}
