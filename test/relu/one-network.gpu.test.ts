import {expect, it} from "vitest";
import {forward, newPass} from "../../src/networks/perceptron.js";
import {oneNetwork} from "../../src/relu/one-network-start.training.js";
import {findDeath, trainOneNetwork, unitMaps} from "../../src/relu/one-network.training.js";
import {neuronStep} from "../../src/relu/neuron-step.js";
import {openNetwork} from "../../src/relu/open-network.js";

const settings = {
  data: "circles", activations: ["relu"], width: 8, depth: 2, rate: 1.5, optimizer: "sgd", init: "he", seeds: 1, steps: 200, batch: 10,
  seed: 1
} as const;

it("opens a trained network: the step of a unit's death, and its units' maps", async () => {
  const config = await oneNetwork(settings, 2);
  const {groups} = (await trainOneNetwork(config, {}).done)!;
  const open = openNetwork(config, groups[0]!.checkpoints);
  expect(open.kept[open.kept.length - 1]).toBe(200);
  const death = (await findDeath(open))!;
  expect(neuronStep(open, death.step, death.unit).silentAfter).toBe(256);
  // The figure opens at this one: a unit of the first layer, which nothing can bring back.
  const {silentBefore, silentAfter} = neuronStep(open, 28, 1);
  expect(silentBefore).toBeLessThan(256);
  expect(silentAfter).toBe(256);
  expect(open.reportAt(200).silent[1]).toBe(1);

  const points = Float32Array.from([0, 0, 0.5, -0.5, -1, 0.25]);
  const state = open.stateAt(120);
  const maps = await unitMaps(config, state, points);
  for (let i = 0; i < 3; i++) {
    const pass = newPass(open.net.layout);
    forward(open.net, state, points, 2 * i, pass);
    const expected = [...pass.post.subarray(2), pass.pre[16]!];
    expected.forEach((value, unit) => expect(maps[17 * i + unit]).toBeCloseTo(value, 4));
  }
});
