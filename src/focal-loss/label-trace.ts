/** A loss of several labels, label by label: the same computation as labelLoss, told in order. */
import {labelLoss} from "./label-losses.js";
import type {LabelLossKind, LabelLossOptions, VectorLoss} from "./label-losses.js";

export interface LabelStep {
  /** The normaliser of the softmax, one label, or the sum. */
  readonly part: "normaliser" | "label" | "sum";
  /** Index of the label. */
  readonly label: number;
  readonly values: Readonly<Record<string, number>>;
}

/** Yields the parts and returns what labelLoss returns. */
export function* traceLabelLoss(
  kind: LabelLossKind,
  logits: readonly number[],
  labels: readonly number[],
  options: LabelLossOptions = {}
): Generator<LabelStep, VectorLoss> {
  const result = labelLoss(kind, logits, labels, options);
  const {losses, gradient, probabilities} = result;
  const {gamma = 2, gammaNegative = 4, margin = 0.05, positiveWeight = 1} = options;
  const set = labels.reduce((sum, label) => sum + label, 0);
  const all = Object.fromEntries(logits.flatMap((logit, i) => [[`x${i}`, logit], [`l${i}`, losses[i]!]]));
  if (kind === "softmax") {
    // p = e^x ⁄ S, so any label gives S.
    const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
    yield {part: "normaliser", label: -1, values: {...all, sum}};
  }
  for (const [label, logit] of logits.entries()) {
    const p = probabilities[label]!;
    const values = {
      logit, p, notP: 1 - p, set, gamma, margin, gammaNegative, weight: positiveWeight, shifted: Math.max(p - margin, 0),
      loss: losses[label]!, gradient: gradient[label]!
    };
    yield {part: "label", label, values};
  }
  yield {part: "sum", label: -1, values: {...all, loss: losses.reduce((total, loss) => total + loss, 0)}};
  return result;
}
