/** A tree grown with the kernels is the one that `hist` grows, on WebGPU and on the CPU twins. */
import {expect, test} from "vitest";
import {binTable} from "../../src/boosting/bins.js";
import {toDevice, growOnDevice} from "../../src/boosting/hist-gpu.training.js";
import {derivatives} from "../../src/boosting/objective.js";
import {gaussian, uniform} from "../../src/boosting/sample.js";
import {xgboostParams} from "../../src/boosting/xgboost-params.js";
import {trainXgboost} from "../../src/boosting/xgboost.js";
import {startBackend} from "../../src/compute/backend.js";

test.each(["webgpu", "cpu"] as const)("on %s", async (backend) => {
  await startBackend({prefer: backend});
  const random = uniform(5);
  const [rows, columns] = [2000, 5];
  const features = Float32Array.from({length: rows * columns}, () => (random() < 0.05 ? NaN : gaussian(random)));
  const labels = Float32Array.from({length: rows}, (_, row) => Number((features[row * columns] || 0) + 0.5 * gaussian(random) > 0));
  const data = {features, rows, columns, labels};
  const params = xgboostParams({objective: "binary:logistic", treeMethod: "hist", maxBin: 64, maxDepth: 4, numBoostRound: 1});
  const expected = (await trainXgboost(data, params)).trees[0]!;
  const [gradient, hessian] = [new Float32Array(rows), new Float32Array(rows)];
  derivatives("binary:logistic", labels, new Float32Array(rows), 0, 1, gradient, hessian);
  const device = await toDevice(binTable(data, 64));
  const tree = await growOnDevice(device, gradient, hessian, params);
  device.codes.dispose();
  expect([...tree.feature]).toEqual([...expected.feature]);
  expect([...tree.threshold]).toEqual([...expected.threshold]);
  expect([...tree.defaultLeft]).toEqual([...expected.defaultLeft]);
  tree.value.forEach((value, node) => expect(value).toBeCloseTo(expected.value[node]!, 4));
});
