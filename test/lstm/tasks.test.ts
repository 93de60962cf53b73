import {describe, expect, it} from "vitest";
import {seededRandom} from "../../src/compute/random.js";
import {correlation} from "../../src/lstm/probe.js";
import {adding} from "../../src/lstm/tasks/adding.js";
import {brackets} from "../../src/lstm/tasks/brackets.js";
import {order} from "../../src/lstm/tasks/order.js";
import {recall} from "../../src/lstm/tasks/recall.js";
import {plainText, textTask} from "../../src/lstm/tasks/text.js";
import {draw, generateCharacters} from "../../src/lstm/generate.js";
import {initialParameters} from "../../src/lstm/initial.js";
import {placesOf} from "../../src/lstm/shape.js";
import type {Shape} from "../../src/lstm/shape.js";
import {lossStepsOf, makeBatch} from "../../src/lstm/tasks/task.js";
import {scalarRun} from "../../src/lstm/scalar.js";

const text = textTask(
  'The Rabbit said, "Oh dear! Oh dear! I shall be late!" and it ran on.\n\n'.repeat(6) + "Alice ran after it, for she had never seen a rabbit with a watch."
);

describe.each(Object.entries({adding, recall, order, brackets, text}))("%s", (_, task) => {
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

it("bracket matching's baseline is the entropy of how often each class occurs", () => {
  const random = seededRandom(9);
  const counts = [0, 0, 0];
  for (let n = 0; n < 4000; n++) for (const target of brackets.example(random, 30).targets) counts[target]!++;
  const shares = counts.map((count) => count / (4000 * 30));
  expect(-shares.reduce((sum, share) => sum + share * Math.log(share), 0)).toBeCloseTo(brackets.baseline, 2);
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

describe("a text", () => {
  it("is learned in lower case, with plain quotes and a paragraph's lines joined", () => {
    expect(plainText("“A_b_,”  said\r\nshe.\n\n\nHe")).toBe('"ab," said she.\nhe');
  });

  it("has the next character as each step's target", () => {
    const {x, targets, symbols} = text.example(seededRandom(2), 40);
    for (let t = 0; t < 39; t++) {
      expect(x[(t + 1) * text.inputs + targets[t]!]).toBe(1);
      expect(symbols[t + 1]!.replace("␣", " ").replace("⏎", "\n")).toBe(text.alphabet[targets[t]!]);
    }
  });

  it("is followed by whether a quotation is open, and by the letters of the word", () => {
    const {symbols, tracks} = text.example(() => 0, 60);
    const at = symbols.indexOf('"');
    expect(tracks.quote!.slice(at - 1, at + 2)).toEqual([0, 1, 1]);
    expect(tracks.word!.slice(0, 5)).toEqual([1, 2, 3, 0, 1]);
  });

  it("that is too short says so; one with too many characters has the rare ones as one", () => {
    expect(() => textTask("short")).toThrow("The text has 5 characters; it needs at least 300.");
    const many = textTask(Array.from({length: 400}, (_, i) => String.fromCodePoint(0x4e00 + (i % 90))).join(""));
    expect(many.alphabet).toHaveLength(48);
    expect(many.text).toContain("□");
  });

  it("costs its characters' entropy to who knows only how frequent they are", () => {
    expect(textTask("ab".repeat(200)).baseline).toBeCloseTo(Math.log(2), 12);
  });
});

describe("generated text", () => {
  const shape: Shape = {kind: "lstm", inputs: text.inputs, hidden: 8, outputs: text.outputs};
  const params = initialParameters(shape, seededRandom(3));
  // The readout's bias alone decides.
  const {readout, readoutBias} = placesOf(shape);
  params.fill(0, readout, readoutBias);
  params[readoutBias + text.alphabet.indexOf("a")] = 12;
  const options = {alphabet: text.alphabet, opening: "the é", length: 30};

  it("is in the alphabet, the same for a seed, the likeliest at a low temperature", () => {
    const made = (temperature: number, seed: number) =>
      [...generateCharacters(shape, params, {...options, temperature, random: seededRandom(seed)})].join("");
    expect(made(0, 1)).toBe("a".repeat(30));
    expect(made(0.5, 1)).toBe("a".repeat(30));
    expect(made(100, 1)).toBe(made(100, 1));
    expect(new Set(made(100, 1)).size).toBeGreaterThan(5);
  });

  it("draw(logits, temperature) has the shares of a softmax", () => {
    const random = seededRandom(8);
    const counts = [0, 0];
    for (let n = 0; n < 4000; n++) counts[draw(Float64Array.of(0, 1), 0.5, random)]! += 1;
    expect(counts[1]! / 4000).toBeCloseTo(1 / (1 + Math.exp(-2)), 1);
  });
});

it("a scalar cell without its forget gate keeps everything; with peepholes its gates see the cell", () => {
  const weights = [[4, 0.5, -3], [1, -0.3, 4], [2, 0.7, 0.1], [0.2, 1, 2]] as const;
  const sigma = (x: number) => 1 / (1 + Math.exp(-x));
  for (const step of scalarRun("lstm", weights, [0.3, -1, 2], 0.4, -0.2, {forgetGate: false, peephole: [0.5, -1, 2]})) {
    expect(step.f).toBe(1);
    expect(step.sumi).toBeCloseTo(4 * step.x! + 0.5 * step.before! - 3 + 0.5 * step.cellBefore!, 12);
    expect(step.i).toBeCloseTo(sigma(step.sumi!), 12);
    expect(step.o).toBeCloseTo(sigma(step.sumo!), 12);
    expect(step.c).toBeCloseTo(step.cellBefore! + step.i! * step.g!, 12);
  }
});
