import {describe, expect, it} from "vitest";
import {normal, seededRandom} from "../../src/compute/random.js";
import type {Checkpoint, EnsembleConfig} from "../../src/networks/ensemble.js";
import {layoutOf, rowOf} from "../../src/networks/layout.js";
import type {OptimizerKind} from "../../src/networks/optimizer.js";
import type {ActivationName} from "../../src/relu/activations.js";
import {dataSet} from "../../src/relu/data-sets.js";
import {ensembleConfig} from "../../src/relu/ensemble-config.js";
import {neuronStep} from "../../src/relu/neuron-step.js";
import {firstDeath, openNetwork} from "../../src/relu/open-network.js";
import type {OpenNetwork} from "../../src/relu/open-network.js";

/** A training with a state kept every so many steps, made by replaying from its first state. */
async function trained(activation: ActivationName, rate: number, optimizer: OptimizerKind, steps = 200, every = 50): Promise<OpenNetwork> {
  const settings = {
    data: "circles", activations: [activation], width: 8, depth: 2, rate, optimizer, init: "he", seeds: 1, steps, batch: 10, seed: 1
  } as const;
  const config = await ensembleConfig(settings, await dataSet("circles", seededRandom(1)), {seeded: seededRandom, normal}, {only: 0});
  const first = firstRow(config);
  const start = openNetwork(config, [{step: 0, rows: first}]);
  const kept = Array.from({length: steps / every + 1}, (_, i): Checkpoint => {
    const rows = first.slice();
    rows.set(start.stateAt(i * every));
    return {step: i * every, rows};
  });
  return openNetwork(config, kept);
}

function firstRow({layers, optimizer, groups}: EnsembleConfig): Float32Array {
  const {activation, networks} = groups[0]!;
  const rows = new Float32Array(rowOf(layoutOf(layers, activation.byParameter !== undefined), optimizer.kind).stride);
  rows.set(networks[0]!.parameters);
  return rows;
}

const breathe = () => Promise.resolve();

describe("openNetwork", () => {
  it("comes to the same state whichever way it gets there", async () => {
    const open = await trained("gelu", 0.1, "adam");
    const straight = open.stateAt(137);
    open.stateAt(103);
    open.stateAt(120);
    expect(open.stateAt(137)).toEqual(straight);
    expect(open.kept).toEqual([0, 50, 100, 150, 200]);
  });

  it("learns: the loss falls", async () => {
    const open = await trained("tanh", 0.3, "sgd", 1000, 100);
    expect(open.reportAt(1000).loss).toBeLessThan(0.5 * open.reportAt(0).loss);
  });
});

describe("firstDeath", () => {
  it("finds the step before which a ReLU unit answers some point and after which it answers none", async () => {
    const open = await trained("relu", 3, "sgd");
    const death = (await firstDeath(open, breathe))!;
    expect(open.reportAt(death.step).silent[death.unit]).toBeLessThan(1);
    expect(open.reportAt(death.step + 1).silent[death.unit]).toBe(1);
    const {silentBefore, silentAfter, points} = neuronStep(open, death.step, death.unit);
    expect(silentBefore).toBeLessThan(points);
    expect(silentAfter).toBe(points);
  });

  it("finds none where the slope is nowhere 0", async () => {
    expect(await firstDeath(await trained("leaky_relu", 3, "sgd"), breathe)).toBe(null);
  });
});

describe("neuronStep", () => {
  const units = [0, 5, 8, 13];

  it.each(["sgd", "momentum", "adam"] as const)("%s: its numbers hold together and are the training's", async (optimizer) => {
    const open = await trained("silu", 0.05, optimizer);
    for (const unit of units) {
      const step = neuronStep(open, 60, unit);
      expect(step.weighted + step.bias.before).toBeCloseTo(step.sum, 12);
      expect(step.arriving * step.slope).toBeCloseTo(step.delta, 12);
      expect(step.deltas.reduce((sum, each) => sum + each, 0) / 10).toBeCloseTo(step.bias.gradient, 12);
      const next = neuronStep(open, 61, unit);
      expect(next.bias.before).toBe(step.bias.after);
      expect(next.weights.map(({before}) => before)).toEqual(step.weights.map(({after}) => after));
    }
  });
});
