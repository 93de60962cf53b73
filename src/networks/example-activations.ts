/** Activations for the tests that run the kernels both ways: one of each sort that the networks know. */
import {identity} from "./activation.js";
import type {Activation} from "./activation.js";

/** Smooth, so that rounding moves no unit over a kink. */
const bent: Activation = {
  name: "test-bent",
  f: (x, a, b) => a * x + b * Math.sin(x),
  df: (x, a, b) => a + b * Math.cos(x),
  wgsl: `
fn activation(x : f32, p : vec2<f32>) -> f32 { return p.x * x + p.y * sin(x); }
fn activation_slope(x : f32, p : vec2<f32>) -> f32 { return p.x + p.y * cos(x); }`
};

const learnedSlope: Activation = {
  ...bent,
  name: "test-learned",
  byParameter: {
    dfa: (x) => x,
    wgsl: "fn activation_by_parameter(x : f32, p : vec2<f32>) -> f32 { return x; }"
  }
};

const drawnSlope: Activation = {...bent, name: "test-drawn", randomised: true};

export const exampleActivations: readonly Activation[] = [identity, bent, learnedSlope, drawnSlope];
