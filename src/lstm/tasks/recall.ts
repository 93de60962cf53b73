/** Delayed recall: one of four symbols comes first, then noise; name it at the end. */
import {below} from "./task.js";
import type {Task} from "./task.js";

const kinds = 4;
const noise = 2;

/** Inputs: the four symbols, two kinds of noise, and the question at the last step. */
export const recall: Task = {
  inputs: kinds + noise + 1,
  outputs: kinds,
  loss: "softmax",
  everyStep: false,
  baseline: Math.log(kinds),
  example(random, steps) {
    const asked = below(random, kinds);
    const x = new Float32Array(steps * this.inputs);
    const symbols = Array.from({length: steps}, (_, t) => {
      const place = t === 0 ? asked : t === steps - 1 ? kinds + noise : kinds + below(random, noise);
      x[t * this.inputs + place] = 1;
      return ["A", "B", "C", "D", "·", "–", "?"][place]!;
    });
    return {
      x,
      targets: Float32Array.of(asked),
      symbols,
      tracks: Object.fromEntries(["A", "B", "C", "D"].map((name, kind) => [name, symbols.map(() => (kind === asked ? 1 : 0))]))
    };
  }
};
