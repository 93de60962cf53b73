import {describe, expect, it} from "vitest";
import {seededRandom} from "../../src/compute/random.js";
import {correlation} from "../../src/lstm/probe.js";
import {adding} from "../../src/lstm/tasks/adding.js";
import {brackets} from "../../src/lstm/tasks/brackets.js";
import {order} from "../../src/lstm/tasks/order.js";
import {recall} from "../../src/lstm/tasks/recall.js";
import {lossStepsOf, makeBatch} from "../../src/lstm/tasks/task.js";
import {scalarRun} from "../../src/lstm/scalar.js";

describe.each(Object.entries({adding, recall, order, brackets}))("%s", (_, task) => {
  it.each([10, 37, 100])("makes sequences of %d steps with targets in range and tracks for each step", (steps) => {
    const random = seededRandom(4);
    for (let n = 0; n < 30; n++) {
      const {x, targets, symbols, tracks} = task.example(random, steps);
      expect(x).toHaveLength(steps * task.inputs);
      expect(symbols).toHaveLength(steps);
      expect(targets).toHaveLength(lossStepsOf(task, steps));
      for (const track of Object.values(tracks)) expect(track).toHaveLength(steps);
      const end = task.loss === "squared" ? 2 : task.outputs - 1;
      for (const target of targets) expect(target >= 0 && target <= end).toBe(true);
    }
  });

  it("has the sequence as a batch's last index", () => {
    const {x} = makeBatch(task, seededRandom(1), 10, 3);
    const random = seededRandom(1);
    const examples = [0, 1, 2].map(() => task.example(random, 10));
    examples.forEach((example, s) => example.x.forEach((value, i) => expect(x[3 * i + s]).toBe(value)));
  });
});

it("the adding problem's baseline is what always saying 1 costs", () => {
  const random = seededRandom(9);
  const losses = Array.from({length: 4000}, () => (adding.example(random, 12).targets[0]! - 1) ** 2);
  expect(losses.reduce((sum, loss) => sum + loss, 0) / 4000).toBeCloseTo(adding.baseline, 2);
});

it("a scalar cell's gates are the squashed sums of its terms", () => {
  const weights = [[4, 0.5, -3], [1, -0.3, 4], [2, 0.7, 0.1], [0.2, 1, 2]] as const;
  const sigma = (x: number) => 1 / (1 + Math.exp(-x));
  for (const step of scalarRun("lstm", weights, [0.3, -1, 2], 0.4, -0.2)) {
    for (const gate of ["i", "f", "o"]) expect(step[gate]).toBeCloseTo(sigma(step[`sum${gate}`]!), 12);
    expect(step.g).toBeCloseTo(Math.tanh(step.sumg!), 12);
    expect(step.c).toBeCloseTo(step.f! * step.cellBefore! + step.i! * step.g!, 12);
    expect(step.h).toBeCloseTo(step.o! * Math.tanh(step.c!), 12);
  }
  for (const step of scalarRun("gru", weights, [0.3, -1, 2], 0.4, 0)) expect(step.n).toBeCloseTo(Math.tanh(step.sumn!), 12);
  for (const step of scalarRun("rnn", weights, [0.3, -1, 2], 0.4, 0)) expect(step.h).toBeCloseTo(Math.tanh(step.sumh!), 12);
});

it("correlation(a, b) is Pearson's, and 0 for what does not vary", () => {
  expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1);
  expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1);
  expect(correlation([1, 1, 1], [3, 2, 1])).toBe(0);
});
