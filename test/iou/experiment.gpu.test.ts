import {memory} from "@tensorflow/tfjs-core";
import {afterEach, describe, expect, test} from "vitest";
import {loseDevice, startBackend} from "../../src/compute/backend.js";
import type {DriveState} from "../../src/compute/training.js";
import {casesPerPoint} from "../../src/iou/experiment.js";
import type {AnchorPoint, ExperimentKind} from "../../src/iou/experiment.js";
import {runExperiment, seededPoints, suggestedPoints, trainExperiment} from "../../src/iou/experiment.training.js";
import type {ExperimentSnapshot} from "../../src/iou/experiment.training.js";
import fixture from "../fixtures/iou/regression.json" with {type: "json"};

const fixturePoints = fixture.points as unknown as readonly AnchorPoint[];

afterEach(async () => {
  await startBackend({prefer: "webgpu"});
});

describe.each(["webgpu", "cpu"] as const)("on %s", (backend) => {
  // PyTorch autograd's curves; subgradients at exact ties differ, so 1 % up to step 160 (and 0.02 in all after it).
  for (const name of Object.keys(fixture.curves) as (keyof typeof fixture.curves)[])
    test(`the simulation follows PyTorch's curve for ${name}`, async () => {
      expect(await startBackend({prefer: backend})).toMatchObject({state: backend});
      const sign = name.endsWith("-published") ? "published" : "true";
      const kind = name.replace("-published", "") as ExperimentKind;
      const run = runExperiment({points: fixturePoints, kinds: [kind], sign});
      const last = await run.done;
      expect(run.state).toEqual({phase: "done"});
      const {curve, errorByPoint} = last!.results[kind]!;
      expect(curve).toHaveLength(201);
      curve.forEach((error, step) => {
        const expected = fixture.curves[name][step]!;
        if (step <= 160) expect(Math.abs(error - expected) / expected, `step ${step}`).toBeLessThan(0.01);
        else expect(Math.abs(error - expected), `step ${step}`).toBeLessThan(0.02);
      });
      const mean = errorByPoint.reduce((sum, error) => sum + error, 0) / errorByPoint.length;
      expect(mean).toBeCloseTo(curve.at(-1)!, 4);
    });
});

test("each point's error at the end is PyTorch's", async () => {
  const last = await runExperiment({points: fixturePoints, kinds: ["diou"], sign: "true"}).done;
  const expected = fixture.finalMeanByPoint.diou;
  last!.results.diou!.errorByPoint.forEach((error, i) => expect(error).toBeCloseTo(expected[i]!, 2));
});

test("suggestedPoints() is at most the paper's 5,000 and leaves no tensor", async () => {
  await startBackend();
  const before = memory().numTensors;
  const count = await suggestedPoints();
  expect(count).toBeGreaterThanOrEqual(100);
  expect(count).toBeLessThanOrEqual(5000);
  expect(memory().numTensors).toBe(before);
});

test("progress rises to the total, and curves grow from the start to 200 steps", async () => {
  const points = seededPoints(200, 1);
  const seen: ExperimentSnapshot[] = [];
  for await (const snapshot of trainExperiment({points, kinds: ["iou", "diou"], sign: "true"}, {})) seen.push(snapshot);
  const done = seen.map(({progress}) => progress.done);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(done.at(-1)).toBe(2 * 200 * casesPerPoint * 200);
  expect(seen.at(-1)!.progress.total).toBe(done.at(-1));
  const first = seen[0]!.results.iou!;
  expect(first.curve[0]).toBeCloseTo(first.errorByPoint.length && seen.at(-1)!.results.diou!.curve[0]!, 6);
  expect(seen.map(({kind}) => kind).indexOf("diou")).toBe(seen.findIndex(({results}) => results.diou));
});

test("a run that is cancelled or repeated leaves no tensor behind", async () => {
  const points = seededPoints(300, 2);
  await startBackend();
  const before = memory().numTensors;
  for (let i = 0; i < 3; i++) {
    const run = runExperiment({points, kinds: ["iou"], sign: "true"}, {onSnapshot: () => run.cancel()});
    await run.done;
    expect(run.state).toEqual({phase: "cancelled"});
    expect(memory().numTensors).toBe(before);
  }
  await runExperiment({points: points.slice(0, 20), kinds: ["giou", "ciou"], sign: "published"}).done;
  expect(memory().numTensors).toBe(before);
});

test("a run resumed from a snapshot keeps its finished losses and ends the same", async () => {
  const config = {points: seededPoints(30, 3), kinds: ["iou", "giou"], sign: "true"} as const;
  const snapshots: ExperimentSnapshot[] = [];
  for await (const snapshot of trainExperiment(config, {})) snapshots.push(snapshot);
  const resume = snapshots.find(({kind, step}) => kind === "giou" && step >= 100)!;
  const again = await runExperiment(config, {resume}).done;
  expect(again!.results.iou).toBe(resume.results.iou);
  expect(again!.results.giou!.curve).toEqual(snapshots.at(-1)!.results.giou!.curve);
});

test("a run goes on when the device is lost in the middle", async () => {
  const points = seededPoints(30, 4);
  const states: DriveState[] = [];
  let lost = false;
  const run = runExperiment(
    {points, kinds: ["iou", "diou"], sign: "published"},
    {
      onState: (state) => states.push(state),
      onSnapshot({kind}) {
        if (kind === "diou" && !lost) loseDevice();
        lost ||= kind === "diou";
      }
    }
  );
  const last = await run.done;
  expect(states.map(({phase}) => phase)).toEqual(["recovering", "running", "done"]);
  expect(last!.results.diou!.curve).toHaveLength(201);
});
