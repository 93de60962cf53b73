/** A threshold as a step: its gain in symbols and numbers. */
import type {Step} from "../../notebook/step.js";
import {numberText} from "../../notebook/number-text.js";
import {leafScore} from "../gain.js";
import type {Candidate} from "../gain.js";
import type {SplitView} from "../one-split.js";

const labels = {
  title: (threshold: string) => `x < ${threshold}`,
  forbidden: (h: string, least: string) => `Forbidden: a side has H = ${h}, less than min_child_weight = ${least}.`,
  best: "The best of all thresholds.",
  weak: "Gains less than the best threshold.",
  alpha: "T_α draws each gradient sum towards 0 by α; what is smaller than α becomes 0."
};

export function gainStep(view: SplitView, candidate: Candidate): Step {
  const {params, gradient, hessian} = view;
  const {gl, hl, gr, hr, gain, threshold} = candidate;
  const hasAlpha = params.regAlpha > 0;
  const sum = (name: string) => (hasAlpha ? `T_{[[alpha|\\alpha]]}([[G${name}|G${sub(name)}]])` : `[[G${name}|G${sub(name)}]]`);
  const score = (name: string) => `\\frac{${sum(name)}^2}{[[H${name}|H${sub(name)}]] + [[lambda|\\lambda]]}`;
  const isForbidden = gain === -Infinity;
  const parts = [leafScore(params, gl, hl), leafScore(params, gr, hr), view.score] as const;
  const total = isForbidden ? parts[0] + parts[1] - parts[2] : gain;
  return {
    title: labels.title(numberText(threshold)),
    formula: `\\begin{aligned}\\text{gain} &= ${score("L")} + ${score("R")} - ${score("")} \\\\ &= [[left|s_L]] + [[right|s_R]] - [[parent|s]] = [[gain]]\\end{aligned}`,
    values: {
      GL: gl, HL: hl, GR: gr, HR: hr, G: gradient, H: hessian, lambda: params.regLambda,
      ...(hasAlpha && {alpha: params.regAlpha}),
      left: parts[0], right: parts[1], parent: parts[2], gain: total
    },
    focus: [],
    note: [
      isForbidden
        ? labels.forbidden(numberText(Math.min(hl, hr), 3), numberText(params.minChildWeight, 3))
        : threshold === view.best?.threshold ? labels.best : labels.weak,
      hasAlpha ? labels.alpha : ""
    ].join(" ").trim()
  };
}

const sub = (name: string) => (name ? `_${name}` : "");
