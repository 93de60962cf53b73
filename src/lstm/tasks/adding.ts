/** The adding problem (Hochreiter and Schmidhuber 1997): add the two numbers that are marked, wherever they stand. */
import {below} from "./task.js";
import type {Task} from "./task.js";

/** Each step has a number in [0, 1] and a marker, set once in either half; saying 1 every time costs 1/6. */
export const adding: Task = {
  inputs: 2,
  outputs: 1,
  loss: "squared",
  everyStep: false,
  baseline: 1 / 6,
  example(random, steps) {
    const half = Math.floor(steps / 2);
    const marked = [below(random, half), half + below(random, steps - half)];
    const values = Array.from({length: steps}, () => random());
    const x = new Float32Array(2 * steps);
    let sum = 0;
    const sums = values.map((value, t) => {
      const mark = marked.includes(t);
      x.set([value, mark ? 1 : 0], 2 * t);
      return (sum += mark ? value : 0);
    });
    return {
      x,
      targets: Float32Array.of(sum),
      symbols: values.map((value, t) => (marked.includes(t) ? `+${value.toFixed(2)}` : value.toFixed(2))),
      tracks: {sum: sums, marks: values.map((_, t) => marked.filter((at) => at <= t).length)}
    };
  }
};
