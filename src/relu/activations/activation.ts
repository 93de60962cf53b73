/** What an activation function is made of, in this room and for the networks that use it. */

/** A parameter of an activation: its range is what a slider offers, not what the formula allows. */
export interface ActivationParameter {
  readonly label: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Values by parameter name; what is missing takes its default. */
export type ActivationParams = Readonly<Record<string, number>>;

export interface Activation {
  readonly label: string;
  /** In the order in which the WGSL takes them; at most two. */
  readonly parameters: Readonly<Record<string, ActivationParameter>>;
  /** f(x) and f′(x) in TeX, with slots for `x` and the parameters as notebook/step.ts has them. */
  readonly tex: {readonly value: string; readonly slope: string};
  /** The value at x. */
  f(x: number, params?: ActivationParams): number;
  /** The derivative at x; at a kink, the one-sided derivative that PyTorch takes. */
  df(x: number, params?: ActivationParams): number;
}

/** An activation without parameters. */
export function plain(
  label: string,
  tex: Activation["tex"],
  f: (x: number) => number,
  df: (x: number) => number
): Activation {
  return {label, parameters: {}, tex, f, df};
}

/** An activation of one parameter. */
export function withOne(
  label: string,
  [name, parameter]: readonly [string, ActivationParameter],
  tex: Activation["tex"],
  f: (x: number, p: number) => number,
  df: (x: number, p: number) => number
): Activation {
  const read = (params?: ActivationParams) => params?.[name] ?? parameter.default;
  return {label, parameters: {[name]: parameter}, tex, f: (x, p) => f(x, read(p)), df: (x, p) => df(x, read(p))};
}

/** An activation of two parameters. */
export function withTwo(
  label: string,
  parameters: Readonly<Record<string, ActivationParameter>>,
  tex: Activation["tex"],
  f: (x: number, p: number, q: number) => number,
  df: (x: number, p: number, q: number) => number
): Activation {
  const [first, second] = Object.entries(parameters) as [[string, ActivationParameter], [string, ActivationParameter]];
  const read = ([name, parameter]: [string, ActivationParameter], params?: ActivationParams) =>
    params?.[name] ?? parameter.default;
  return {
    label,
    parameters,
    tex,
    f: (x, params) => f(x, read(first, params), read(second, params)),
    df: (x, params) => df(x, read(first, params), read(second, params))
  };
}
