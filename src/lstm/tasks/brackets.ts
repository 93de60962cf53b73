/** Bracket matching: at every step, which bracket would close the innermost open one? */
import type {Task} from "./task.js";

const names = ["(", ")", "[", "]"];
const deepest = 6;

/** Classes: none is open, ")", "]". */
export const brackets: Task = {
  inputs: 4,
  outputs: 3,
  loss: "softmax",
  everyStep: true,
  // The entropy of the classes' shares over 30 steps, 0.12, 0.44, 0.44; over 10 steps 1.03, over 100 0.94.
  baseline: 0.977,
  example(random, steps) {
    const open: number[] = [];
    const x = new Float32Array(4 * steps);
    const targets = new Float32Array(steps);
    const depth: number[] = [];
    const inside: number[] = [];
    const symbols = Array.from({length: steps}, (_, t) => {
      const opens = open.length === 0 || (open.length < deepest && random() < 0.5);
      const kind = opens ? Math.floor(2 * random()) : open.pop()!;
      if (opens) open.push(kind);
      const place = 2 * kind + (opens ? 0 : 1);
      x[4 * t + place] = 1;
      targets[t] = open.length === 0 ? 0 : 1 + open.at(-1)!;
      depth.push(open.length);
      inside.push(open.length === 0 ? 0 : 1 - 2 * open.at(-1)!);
      return names[place]!;
    });
    return {x, targets, symbols, tracks: {depth, inside}};
  }
};
