/** How the room names, colours and dashes its activations: the same in every figure, control and sentence. */
import {activationNames, activations} from "../activations.js";
import type {ActivationName} from "../activations.js";

export const activationLabels = Object.fromEntries(
  activationNames.map((name) => [name, activations[name].label])
) as Record<ActivationName, string>;

/** A family shares a colour; its members differ by their dashes. */
export const activationColors: Readonly<Record<ActivationName, string>> = {
  relu: "var(--c1)",
  leaky_relu: "var(--c2)",
  prelu: "var(--c2)",
  rrelu: "var(--c2)",
  elu: "var(--c3)",
  selu: "var(--c9)",
  celu: "var(--c3)",
  gelu: "var(--c4)",
  gelu_tanh: "var(--c4)",
  silu: "var(--c8)",
  mish: "var(--c12)",
  softplus: "var(--c10)",
  relu6: "var(--c6)",
  hardswish: "var(--c5)",
  tanh: "var(--c7)",
  sigmoid: "var(--c11)"
};

/** For stroke-dasharray; null is an unbroken line. */
export const activationDash = (name: ActivationName): string | null => dashes[name] ?? null;

const dashes: Readonly<Partial<Record<ActivationName, string>>> = {
  prelu: "6 3",
  rrelu: "2 3",
  celu: "6 3",
  gelu_tanh: "6 3"
};
