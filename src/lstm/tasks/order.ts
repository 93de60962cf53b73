/** Temporal order (Hochreiter and Schmidhuber 1997, task 6a): X or Y, twice, among noise; in which order did they come? */
import {below} from "./task.js";
import type {Task} from "./task.js";

const noise = ["a", "b", "c", "d"];
const names = ["X", "Y", ...noise, "?"];

/** Classes XX, XY, YX, YY. The first falls in the first fifth of the sequence, the second past the middle. */
export const order: Task = {
  inputs: names.length,
  outputs: 4,
  loss: "softmax",
  everyStep: false,
  baseline: Math.log(4),
  example(random, steps) {
    const fifth = Math.max(1, Math.floor(steps / 5));
    const middle = Math.floor(steps / 2);
    const at = [below(random, fifth), middle + below(random, Math.min(fifth, steps - 1 - middle))];
    const kinds = [below(random, 2), below(random, 2)] as const;
    const x = new Float32Array(steps * names.length);
    const symbols = Array.from({length: steps}, (_, t) => {
      const place = t === at[0] ? kinds[0] : t === at[1] ? kinds[1] : t === steps - 1 ? 6 : 2 + below(random, noise.length);
      x[t * names.length + place] = 1;
      return names[place]!;
    });
    return {
      x,
      targets: Float32Array.of(2 * kinds[0] + kinds[1]),
      symbols,
      tracks: {
        first: symbols.map((_, t) => (t < at[0]! ? 0 : 2 * kinds[0] - 1)),
        second: symbols.map((_, t) => (t < at[1]! ? 0 : 2 * kinds[1] - 1))
      }
    };
  }
};
