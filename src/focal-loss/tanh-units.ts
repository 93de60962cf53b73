/** The hidden units of this room's networks: tanh, as the ReLU room has it, in the form that the networks take. */
import type {Activation} from "../networks/activation.js";
import {activations} from "../relu/activations.js";
import {activationWgsl} from "../relu/activations.wgsl.js";

export const tanhUnits: Activation = {
  name: "tanh",
  f: (x) => activations.tanh.f(x),
  df: (x) => activations.tanh.df(x),
  wgsl: activationWgsl("tanh")
};
