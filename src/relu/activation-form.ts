/** The activations as the networks want them: names, formulas and WGSL in one object. */
import type {Activation} from "../networks/activation.js";
import {activationParams, activations} from "./activations.js";
import type {ActivationName} from "./activations.js";
import {activationWgsl} from "./activations.wgsl.js";

/** The activation for `src/networks/`: PReLU's slope is learned there, RReLU's drawn in training. */
export function activationForm(name: ActivationName): Activation {
  const {f, df} = evaluators(name);
  return {
    name,
    f,
    df,
    wgsl: activationWgsl(name),
    ...(name === "prelu" && {
      byParameter: {
        dfa: (x: number) => Math.min(x, 0),
        wgsl: "fn activation_by_parameter(x : f32, p : vec2<f32>) -> f32 { return min(x, 0.0); }"
      }
    }),
    ...slopeOfValue(name),
    ...(name === "rrelu" && {randomised: true})
  };
}

/** In float32 a slope below 1e-7 becomes 0, which a step of training does not feel. */
const slopesOfValue: Partial<Record<ActivationName, string>> = {tanh: "1.0 - a * a", sigmoid: "a * (1.0 - a)"};

function slopeOfValue(name: ActivationName): Pick<Activation, "slopeOfValue"> {
  const slope = slopesOfValue[name];
  return slope === undefined ? {} : {slopeOfValue: `fn slope_of_value(a : f32, p : vec2<f32>) -> f32 { return ${slope}; }`};
}

/** The activation's own functions, called with the kernels' two parameters instead of named ones. */
function evaluators(name: ActivationName): Pick<Activation, "f" | "df"> {
  const activation = activations[name];
  const [first, second] = Object.keys(activation.parameters);
  if (first === undefined) return {f: (x) => activation.f(x), df: (x) => activation.df(x)};
  // One object, filled anew at each call: a training makes millions of calls.
  const params: Record<string, number> = activationParamsByName(name);
  const filled = (a: number, b: number) => {
    params[first] = a;
    if (second !== undefined) params[second] = b;
    return params;
  };
  return {f: (x, a, b) => activation.f(x, filled(a, b)), df: (x, a, b) => activation.df(x, filled(a, b))};
}

function activationParamsByName(name: ActivationName): Record<string, number> {
  const values = activationParams(name);
  return Object.fromEntries(Object.keys(activations[name].parameters).map((key, i) => [key, values[i] ?? 0]));
}
