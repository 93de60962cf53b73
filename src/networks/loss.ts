/** What the networks need of a loss, and the losses that belong to no room: squared, logistic, weighted, softmax. */

export interface LossValue {
  readonly loss: number;
  /** By the logit. */
  readonly gradient: number;
}

export interface Loss {
  /** Names the WGSL: equal names are equal code. */
  readonly name: string;
  /** The loss of one output, float64, for up to two parameters (an unused one is 0). */
  value(logit: number, target: number, a: number, b: number): LossValue;
  /** `fn loss(logit : f32, label : f32, q : vec2<f32>) -> vec2<f32>`: the loss and its derivative by the logit. */
  readonly wgsl: string;
  /** An output over this is taken for a yes, when accuracy is counted. */
  readonly threshold: number;
  /** The outputs make one distribution, so their loss is that of all together; `value` and `wgsl` are not asked. */
  readonly softmax?: boolean;
}

/** (z − t)², as torch.nn.functional.mse_loss has it. */
export const squaredLoss: Loss = {
  name: "squared",
  value: (logit, target) => ({loss: (logit - target) ** 2, gradient: 2 * (logit - target)}),
  wgsl: `
fn loss(logit : f32, label : f32, q : vec2<f32>) -> vec2<f32> {
  let apart = logit - label;
  return vec2<f32>(apart * apart, 2.0 * apart);
}`,
  threshold: 0.5
};

/** Binary cross-entropy with logits; the first parameter weighs targets of 1 (torch's `pos_weight`). */
export const weightedLoss: Loss = {
  name: "weighted",
  value(logit, target, positiveWeight) {
    const tail = Math.log1p(Math.exp(-Math.abs(logit)));
    const [lossOfYes, lossOfNo] = [tail + Math.max(-logit, 0), tail + Math.max(logit, 0)];
    const p = 1 / (1 + Math.exp(-logit));
    return {
      loss: positiveWeight * target * lossOfYes + (1 - target) * lossOfNo,
      gradient: positiveWeight * target * (p - 1) + (1 - target) * p
    };
  },
  wgsl: `
fn loss(logit : f32, label : f32, q : vec2<f32>) -> vec2<f32> {
  let near = exp(-abs(logit));
  let tail = select(log(1.0 + near), near * (1.0 - 0.5 * near), near < 1e-3);
  let p = select(near, 1.0, logit >= 0.0) / (1.0 + near);
  let not_p = select(1.0, near, logit >= 0.0) / (1.0 + near);
  let yes = q.x * label;
  let no = 1.0 - label;
  return vec2<f32>(
    yes * (tail + max(-logit, 0.0)) + no * (tail + max(logit, 0.0)),
    no * p - yes * not_p);
}`,
  threshold: 0
};

/** Binary cross-entropy with logits. */
export const logisticLoss: Loss = {
  name: "logistic",
  value: (logit, target) => weightedLoss.value(logit, target, 1, 0),
  wgsl: weightedLoss.wgsl.replace("q.x * label", "label"),
  threshold: 0
};

/** Cross-entropy of the softmax over all outputs. */
export const softmaxLoss: Loss = {
  name: "softmax",
  value() {
    throw new Error("the softmax loss is that of all outputs together");
  },
  wgsl: "",
  threshold: 0,
  softmax: true
};
