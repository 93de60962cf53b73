/**
 * The activations of activations.ts in WGSL: f32, finite for every finite x whose value is, and with small values kept
 * (a signal of 1e-20 stays 1e-20: no 1 + x − 1). WGSL may take exp's overflow for anything, so arguments are clamped.
 */
import {seluAlpha, seluScale} from "./activations/exponential.js";
import type {ActivationName} from "./activations.js";

const logistic = `
  fn act_logistic(x : f32) -> f32 {
    let e = exp(-min(abs(x), 87.0));
    return select(e, 1.0, x >= 0.0) / (1.0 + e);
  }`;

/** e^x − 1 for x <= 0: a series near 0, where the difference would lose digits. */
const expm1 = `
  fn act_expm1(x : f32) -> f32 {
    let s = max(x, -0.3);
    let near = s * (1.0 + s / 2.0 * (1.0 + s / 3.0 * (1.0 + s / 4.0 * (1.0 + s / 5.0 * (1.0 + s / 6.0 * (1.0 + s / 7.0))))));
    return select(exp(max(x, -87.0)) - 1.0, near, x > -0.3);
  }`;

const tanh = `
  fn act_tanh(x : f32) -> f32 {
    let s = min(abs(x), 0.3);
    let q = s * s;
    let near = s * (1.0 + q * (-0.33333333 + q * (0.13333333 + q * (-0.053968254 + q * (0.021869489 - q * 0.0088632355)))));
    let e = exp(-2.0 * min(abs(x), 40.0));
    return sign(x) * select((1.0 - e) / (1.0 + e), near, abs(x) < 0.3);
  }`;

/** Abramowitz and Stegun 7.1.26 (error at most 1.5e-7) as the normal distribution's Φ, its tail kept small. */
const cumulative = `
  fn act_gauss(x : f32) -> f32 { return exp(-0.5 * min(x * x, 170.0)); }
  fn act_cumulative(x : f32) -> f32 {
    let z = min(abs(x), 13.0) * 0.70710678;
    let t = 1.0 / (1.0 + 0.3275911 * z);
    let tail = 0.5 * act_gauss(min(abs(x), 13.0)) *
      t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return select(tail, 1.0 - tail, x > 0.0);
  }`;

/** log(1 + e^z): for e in (0, 1], log(1 + e) is 2 atanh(e / (2 + e)), by its series. */
const softplus = `
  fn act_softplus(z : f32) -> f32 {
    let e = exp(-min(abs(z), 87.0));
    let s = e / (2.0 + e);
    let q = s * s;
    return max(z, 0.0) + 2.0 * s * (1.0 + q * (0.33333333 + q * (0.2 + q * (0.14285714 + q * (0.11111111 + q * 0.090909091)))));
  }`;

/** GELU's gate by tanh, as a logistic function; beyond ±12 it is 0 or 1, and x³ must not overflow. */
const gate = `${logistic}
  fn act_gate(x : f32) -> f32 {
    let c = clamp(x, -12.0, 12.0);
    return act_logistic(${2 * Math.sqrt(2 / Math.PI)} * (c + 0.044715 * c * c * c));
  }`;

interface Source {
  readonly before?: string;
  /** Expressions in x and p. */
  readonly value: string;
  readonly slope: string;
}

const leaky = (slope: string): Source => ({
  value: `select(${slope} * x, x, x > 0.0)`,
  slope: `select(${slope}, 1.0, x > 0.0)`
});

const mish = `
  fn act_mish(x : f32) -> vec2<f32> {
    let n = exp(clamp(x, -87.0, 15.0));
    let d = n * n + 2.0 * n + 2.0;
    return vec2<f32>(n * (n + 2.0) / d, 4.0 * n * (1.0 + n) / d / d);
  }`;

const sources: Readonly<Record<ActivationName, Source>> = {
  relu: {value: "max(x, 0.0)", slope: "select(0.0, 1.0, x > 0.0)"},
  leaky_relu: leaky("p.x"),
  prelu: leaky("p.x"),
  rrelu: leaky("(0.5 * (p.x + p.y))"),
  elu: {
    before: expm1,
    value: "select(p.x * act_expm1(min(x, 0.0)), x, x > 0.0)",
    slope: "select(p.x * exp(clamp(x, -87.0, 0.0)), 1.0, x > 0.0)"
  },
  selu: {
    before: expm1,
    value: `${seluScale} * select(${seluAlpha} * act_expm1(min(x, 0.0)), x, x > 0.0)`,
    slope: `${seluScale} * select(${seluAlpha} * exp(clamp(x, -87.0, 0.0)), 1.0, x > 0.0)`
  },
  celu: {
    before: expm1,
    value: "select(p.x * act_expm1(min(x, 0.0) / p.x), x, x > 0.0)",
    slope: "select(exp(clamp(x / p.x, -87.0, 0.0)), 1.0, x > 0.0)"
  },
  gelu: {
    before: cumulative,
    value: "x * act_cumulative(x)",
    slope: `act_cumulative(x) + clamp(x, -18.0, 18.0) * act_gauss(x) * ${1 / Math.sqrt(2 * Math.PI)}`
  },
  gelu_tanh: {
    before: `${gate}
      fn act_gate_slope(x : f32) -> f32 {
        let c = clamp(x, -12.0, 12.0);
        let g = act_gate(c);
        return g + c * g * act_gate(-c) * ${2 * Math.sqrt(2 / Math.PI)} * (1.0 + 0.134145 * c * c);
      }`,
    value: "x * act_gate(x)",
    slope: "act_gate_slope(x)"
  },
  silu: {
    before: logistic,
    value: "x * act_logistic(x)",
    slope: "act_logistic(x) * (1.0 + clamp(x, -87.0, 87.0) * act_logistic(-x))"
  },
  mish: {before: mish, value: "x * act_mish(x).x", slope: "act_mish(x).x + clamp(x, -87.0, 87.0) * act_mish(x).y"},
  softplus: {
    before: logistic + softplus,
    value: "select(act_softplus(p.x * x) / p.x, x, p.x * x > p.y)",
    slope: "select(act_logistic(p.x * x), 1.0, p.x * x > p.y)"
  },
  relu6: {value: "clamp(x, 0.0, 6.0)", slope: "select(0.0, 1.0, x > 0.0 && x < 6.0)"},
  hardswish: {
    value: "x * (clamp(x + 3.0, 0.0, 6.0) / 6.0)",
    slope: "select(select(0.0, x / 3.0 + 0.5, x >= -3.0), 1.0, x > 3.0)"
  },
  tanh: {
    before: logistic + tanh,
    value: "act_tanh(x)",
    slope: "4.0 * act_logistic(2.0 * x) * act_logistic(-2.0 * x)"
  },
  sigmoid: {before: logistic, value: "act_logistic(x)", slope: "act_logistic(x) * act_logistic(-x)"}
};

/**
 * WGSL that defines `fn activation(x: f32, p: vec2<f32>) -> f32` and `fn activation_slope(x: f32, p: vec2<f32>) -> f32`;
 * `p` is what activationParams(name, params) gives. Its helpers' names begin with `act_`.
 */
export function activationWgsl(name: ActivationName): string {
  const {before = "", value, slope} = sources[name];
  return `${before}
  fn activation(x : f32, p : vec2<f32>) -> f32 { return ${value}; }
  fn activation_slope(x : f32, p : vec2<f32>) -> f32 { return ${slope}; }`;
}
