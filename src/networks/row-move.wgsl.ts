/** WGSL that moves parameter `k` of the network whose row begins at `base`, by `slope`; the moments stand in the row too. */
import type {OptimizerKind} from "./optimizer.js";

/** @param parameters how many the network has, which is how far the moments are apart */
export function rowMove(optimizer: OptimizerKind, parameters: number): string {
  if (optimizer === "sgd") return "result[base + k] -= rate * factor.x * slope;";
  if (optimizer === "momentum")
    return `
        let m = uniforms.momentum * result[base + ${parameters} + k] + slope;
        result[base + ${parameters} + k] = m;
        result[base + k] -= rate * factor.x * m;`;
  return `
        let m = uniforms.beta1 * result[base + ${parameters} + k] + (1.0 - uniforms.beta1) * slope;
        let v = uniforms.beta2 * result[base + ${2 * parameters} + k] + (1.0 - uniforms.beta2) * slope * slope;
        result[base + ${parameters} + k] = m;
        result[base + ${2 * parameters} + k] = v;
        result[base + k] -= rate * m * factor.x / (sqrt(v * factor.y) + uniforms.epsilon);`;
}
