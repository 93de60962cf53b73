/** Names and colours of the losses of several labels. */
import type {LabelLossKind} from "../label-losses.js";

export const labelLossNames: Readonly<Record<LabelLossKind, string>> = {
  softmax: "softmax CE",
  bce: "sigmoid BCE",
  weighted: "weighted BCE",
  focal: "focal",
  asymmetric: "asymmetric"
};

export const labelLossColors: Readonly<Record<LabelLossKind, string>> = {
  softmax: "var(--c11)",
  bce: "var(--c1)",
  weighted: "var(--c3)",
  focal: "var(--c8)",
  asymmetric: "var(--c4)"
};
