/** What the networks need of an activation. The activations themselves are the ReLU room's. */

export interface Activation {
  /** Names the WGSL: equal names are equal code. */
  readonly name: string;
  /** Value and slope at x, float64, for up to two parameters (an unused one is 0). */
  f(x: number, a: number, b: number): number;
  df(x: number, a: number, b: number): number;
  /**
   * `fn activation(x : f32, p : vec2<f32>) -> f32` and `fn activation_slope(x : f32, p : vec2<f32>) -> f32`.
   */
  readonly wgsl: string;
  /**
   * `fn slope_of_value(a : f32, p : vec2<f32>) -> f32`, the slope from the value, where that spares an exponential; networks
   * written out use it as they train.
   */
  readonly slopeOfValue?: string;
  /** The first parameter is learned, one for each layer (PReLU): the derivative of the value by it. */
  readonly byParameter?: {dfa(x: number, a: number): number; /** of x and p */ readonly wgsl: string};
  /** The parameter is drawn anew for each unit and sample of training, between the two (RReLU); their mean elsewhere. */
  readonly randomised?: boolean;
}

/** For networks without a hidden layer, and as the simplest example. */
export const identity: Activation = {
  name: "identity",
  f: (x) => x,
  df: () => 1,
  wgsl: `
fn activation(x : f32, p : vec2<f32>) -> f32 { return x; }
fn activation_slope(x : f32, p : vec2<f32>) -> f32 { return 1.0; }`
};
