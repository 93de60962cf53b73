import {backend, engine, getBackend, memory, ones, tensor} from "@tensorflow/tfjs-core";
import {afterEach, expect, test, vi} from "vitest";
import {loseDevice, startBackend} from "../../src/compute/backend.js";
import {deviceLosses, deviceLostSince, whenBackendReady} from "../../src/compute/device-loss.js";
import {drive} from "../../src/compute/drive.js";
import {defineKernel, runKernel} from "../../src/compute/kernel.js";
import {prepareKernel} from "../../src/compute/prepare.js";
import {backendStatus, watchBackend} from "../../src/compute/status.js";
import type {BackendStatus} from "../../src/compute/status.js";
import type {DriveState, Snapshot, Train} from "../../src/compute/training.js";

afterEach(() => vi.restoreAllMocks());

const addOne = defineKernel<object>({
  name: "test/add-one",
  inputs: ["x"],
  outputShape: (_, [shape]) => shape!,
  wgsl: () => "fn invoke(i : i32) { result[i] = x[i] + 1.0; }",
  cpu: ([x], _, output) => x!.forEach((value, i) => (output[i] = value + 1)),
  example: () => ({inputs: [{values: Float32Array.of(1, 2), shape: [2]}], params: {}})
});

test("startBackend() starts TensorFlow.js on WebGPU and names the adapter", async () => {
  const status = await startBackend();
  expect(status).toMatchObject({state: "webgpu"});
  expect(status.state === "webgpu" && status.adapter).toMatch(/\w/);
  expect(getBackend()).toBe("webgpu");
  expect(backendStatus()).toEqual(status);
  expect(await startBackend()).toBe(status);
});

test("startBackend({prefer}) moves between the backends", async () => {
  expect(await startBackend({prefer: "cpu"})).toEqual({state: "cpu", reason: "asked for"});
  expect(getBackend()).toBe("cpu");
  expect(Array.from(await ones([3]).data())).toEqual([1, 1, 1]);
  expect(await startBackend()).toMatchObject({state: "cpu"});
  expect(await startBackend({prefer: "webgpu"})).toMatchObject({state: "webgpu"});
  expect(Array.from(await ones([3]).data())).toEqual([1, 1, 1]);
  expect(deviceLosses()).toBe(0);
});

test("the CPU runs, and the status says why, where no adapter is found or the device does not open", async () => {
  await startBackend({prefer: "cpu"});
  const request = vi.spyOn(navigator.gpu, "requestAdapter").mockResolvedValue(null);
  expect(await startBackend({prefer: "webgpu"})).toEqual({
    state: "cpu",
    reason: "WebGPU found no adapter on this machine"
  });
  request.mockRejectedValue(new Error("the driver is on the blocklist"));
  expect(await startBackend({prefer: "webgpu"})).toEqual({state: "cpu", reason: "the driver is on the blocklist"});
  expect(getBackend()).toBe("cpu");
});

test("the CPU runs where the browser has no WebGPU", async () => {
  vi.stubGlobal("navigator", {});
  expect(await startBackend({prefer: "webgpu"})).toEqual({state: "cpu", reason: "this browser has no WebGPU"});
  vi.unstubAllGlobals();
});

test("after a loss the status is lost, then WebGPU runs again and computes", async () => {
  await startBackend({prefer: "webgpu"});
  const states: BackendStatus["state"][] = [];
  const stop = watchBackend(({state}) => states.push(state));
  const losses = deviceLosses();
  const old = tensor([1, 2, 3]);
  runKernel(addOne, [old], {}).dispose();
  const lost = deviceLostSince(losses);
  loseDevice();
  expect(await lost).toBe(true);
  await whenBackendReady();
  stop();
  expect(states).toEqual(["webgpu", "lost", "starting", "webgpu"]);
  expect(deviceLosses()).toBe(losses + 1);
  expect(() => runKernel(addOne, [old], {})).toThrow("on a device that is lost");
  old.dispose();
  const sum = runKernel(addOne, [tensor([4, 5])], {});
  expect(Array.from(await sum.data())).toEqual([5, 6]);
});

/** Adds one to every number of a tensor `total` times, reading it back at each step. */
function adding(total: number, onStep: (step: number) => void): Train<Snapshot & {readonly values: number[]}> {
  return async function* ({resume}) {
    await startBackend();
    let state = tensor(resume?.values ?? [0, 10, 20]);
    try {
      for (let done = (resume?.progress.done ?? 0) + 1; done <= total; done++) {
        const next = runKernel(addOne, [state], {});
        state.dispose();
        state = next;
        onStep(done);
        yield {values: Array.from(await state.data()), progress: {done, total}};
      }
    } finally {
      state.dispose();
    }
  };
}

test("a driven training goes on from its last snapshot when the device is lost, and leaves no tensor", async () => {
  await startBackend({prefer: "webgpu"});
  const before = memory().numTensors;
  const states: DriveState[] = [];
  let lost = false;
  const train = adding(8, (step) => {
    if (step !== 5 || lost) return;
    lost = true;
    loseDevice();
  });
  const run = drive(train, {onState: (state) => states.push(state)});
  expect((await run.done)?.values).toEqual([8, 18, 28]);
  expect(states.map(({phase}) => phase)).toEqual(["recovering", "running", "done"]);
  expect(states[1]).toEqual({phase: "running", recovered: {done: 4, total: 8}});
  expect(memory().numTensors).toBe(before);
});

test("a training paused while the device is lost goes on as well", async () => {
  await startBackend({prefer: "webgpu"});
  const run = drive(
    adding(6, (step) => {
      if (step === 3) run.pause();
    })
  );
  await vi.waitFor(() => expect(run.state.phase).toBe("paused"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const losses = deviceLosses();
  loseDevice();
  await deviceLostSince(losses);
  await whenBackendReady();
  run.resume();
  expect((await run.done)?.values).toEqual([6, 16, 26]);
});

test("a device that is lost again and again leaves the CPU", async () => {
  await startBackend({prefer: "webgpu"});
  for (let i = 0; i < 4 && backendStatus().state === "webgpu"; i++) {
    const losses = deviceLosses();
    loseDevice();
    await deviceLostSince(losses);
    await whenBackendReady();
  }
  expect(backendStatus()).toMatchObject({state: "cpu", reason: expect.stringMatching(/^the GPU was lost \d times$/)});
  expect(engine().backendName).toBe("cpu");
});

test("when a training ends, the GPU keeps no buffer that no tensor lives in, and tensors keep their values", async () => {
  await startBackend({prefer: "webgpu"});
  const {bufferManager} = backend() as unknown as {bufferManager: {getNumFreeBuffers(): number; freeBuffers: Map<string, unknown[]>}};
  const kept = tensor([1, 2, 3]);
  let spare = 0;
  const train: Train<Snapshot> = async function* () {
    for (let size = 1; size <= 4; size++) {
      const x = ones([100 * size]);
      await runKernel(addOne, [x], {}).data();
      x.dispose();
      yield {progress: {done: size, total: 4}};
    }
    spare = bufferManager.getNumFreeBuffers();
  };
  await drive(train).done;
  expect(spare).toBeGreaterThan(3);
  expect(bufferManager.getNumFreeBuffers()).toBe(0);
  expect([...bufferManager.freeBuffers.values()].flat()).toEqual([]);
  expect(Array.from(await runKernel(addOne, [kept], {}).data())).toEqual([2, 3, 4]);
});

test("buffers are given back while an upload for a kernel that was compiled only awaits its submission", async () => {
  await startBackend({prefer: "webgpu"});
  const errors = vi.spyOn(console, "error");
  // The input and the output find buffers in the pool; only such an input is copied by a command.
  const pooled = [ones([300]), ones([300])];
  for (const each of pooled) await runKernel(addOne, [each], {}).data();
  for (const each of pooled) each.dispose();
  const train: Train<Snapshot> = async function* () {
    const x = tensor(new Float32Array(300).fill(4));
    await prepareKernel(addOne, [x], {});
    x.dispose();
    yield {progress: {done: 1, total: 1}};
  };
  await drive(train).done;
  expect(Array.from(await runKernel(addOne, [tensor([1, 2])], {}).data())).toEqual([2, 3]);
  await (backend() as unknown as {device: GPUDevice}).device.queue.onSubmittedWorkDone();
  expect(errors).not.toHaveBeenCalled();
});
