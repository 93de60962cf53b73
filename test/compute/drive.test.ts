import {expect, test, vi} from "vitest";
import {countDeviceLoss} from "../../src/compute/device-loss.js";
import {drive} from "../../src/compute/drive.js";
import {reportBackend} from "../../src/compute/status.js";
import type {DriveState, Snapshot, Train} from "../../src/compute/training.js";

const pause = (ms = 2) => new Promise((resolve) => setTimeout(resolve, ms));

/** Counts to `total`, a step every 2 ms; `onStep` may throw. */
function counting(total: number, onStep?: (step: number) => void): Train<Snapshot> & {readonly cleaned: () => number} {
  let cleaned = 0;
  const train: Train<Snapshot> = async function* ({resume}) {
    try {
      for (let step = (resume?.progress.done ?? 0) + 1; step <= total; step++) {
        await pause();
        onStep?.(step);
        yield {progress: {done: step, total}};
      }
    } finally {
      cleaned++;
    }
  };
  return Object.assign(train, {cleaned: () => cleaned});
}

const phases = (states: DriveState[]) => states.map((state) => state.phase);

test("drive(train) delivers the last snapshot and ends done", async () => {
  const seen: number[] = [];
  const states: DriveState[] = [];
  const run = drive(counting(20), {
    onSnapshot: ({progress}) => seen.push(progress.done),
    onState: (state) => states.push(state)
  });
  expect((await run.done)?.progress).toEqual({done: 20, total: 20});
  expect(seen.at(-1)).toBe(20);
  expect(run.state).toEqual({phase: "done"});
  expect(phases(states)).toEqual(["done"]);
});

test("drive(train) delivers at most one snapshot a frame", async () => {
  const seen: number[] = [];
  const train: Train<Snapshot> = async function* () {
    for (let done = 1; done <= 5000; done++) yield {progress: {done, total: 5000}};
  };
  const start = performance.now();
  await drive(train, {onSnapshot: ({progress}) => seen.push(progress.done)}).done;
  expect(seen.length).toBeLessThanOrEqual((performance.now() - start) / 16 + 2);
  expect(seen.at(-1)).toBe(5000);
});

test("drive(train) lets other tasks run while a training never waits", async () => {
  let longest = 0;
  let before = performance.now();
  const clock = setInterval(() => {
    longest = Math.max(longest, performance.now() - before);
    before = performance.now();
  }, 1);
  const train: Train<Snapshot> = async function* () {
    const end = performance.now() + 200;
    for (let done = 0; performance.now() < end; done++) yield {progress: {done, total: 1}};
  };
  await drive(train).done;
  clearInterval(clock);
  expect(longest).toBeGreaterThan(0);
  expect(longest).toBeLessThan(100);
});

test("pause() stops the steps and resume() goes on where they were", async () => {
  const states: DriveState[] = [];
  let steps = 0;
  const run = drive(
    counting(12, () => steps++),
    {onState: (state) => states.push(state)}
  );
  await pause(8);
  run.pause();
  await pause(10);
  const resting = steps;
  await pause(20);
  expect(steps).toBe(resting);
  expect(run.state).toEqual({phase: "paused", by: "reader"});
  run.resume();
  expect(run.state).toEqual({phase: "running"});
  await run.done;
  expect(steps).toBe(12);
  expect(phases(states)).toEqual(["paused", "running", "done"]);
});

test("a figure off screen does not start its training until it is seen", async () => {
  let tell: (visible: boolean) => void = () => undefined;
  const stopped = vi.fn();
  let steps = 0;
  const run = drive(
    counting(3, () => steps++),
    {
      visible(listener) {
        tell = listener;
        listener(false);
        return stopped;
      }
    }
  );
  await pause(20);
  expect(steps).toBe(0);
  expect(run.state).toEqual({phase: "paused", by: "off-screen"});
  tell(true);
  await run.done;
  expect(steps).toBe(3);
  expect(stopped).toHaveBeenCalledOnce();
});

test("a training paused by the reader stays paused when its figure comes into view", async () => {
  let tell: (visible: boolean) => void = () => undefined;
  const run = drive(counting(3), {visible: (listener) => ((tell = listener), () => undefined)});
  tell(false);
  run.pause();
  tell(true);
  expect(run.state).toEqual({phase: "paused", by: "reader"});
  run.cancel();
  await run.done;
});

test("a training rests while the page is hidden", async () => {
  const page = Object.assign(new EventTarget(), {hidden: true});
  vi.stubGlobal("document", page);
  const states: DriveState[] = [];
  const run = drive(counting(3), {onState: (state) => states.push(state)});
  await pause(20);
  expect(run.state).toEqual({phase: "paused", by: "hidden"});
  page.hidden = false;
  page.dispatchEvent(new Event("visibilitychange"));
  await run.done;
  expect(phases(states)).toEqual(["paused", "running", "done"]);
  vi.unstubAllGlobals();
});

test("cancel() ends a run, also a paused one, and the training cleans up", async () => {
  const train = counting(1000);
  const run = drive(train);
  await pause(8);
  run.cancel();
  expect((await run.done)?.progress.done).toBeLessThan(1000);
  expect(run.state).toEqual({phase: "cancelled"});
  expect(train.cleaned()).toBe(1);

  const resting = drive(counting(10));
  resting.pause();
  resting.cancel();
  await resting.done;
  expect(resting.state).toEqual({phase: "cancelled"});
});

test("aborting the figure's signal cancels", async () => {
  const figure = new AbortController();
  const run = drive(counting(1000), {signal: figure.signal});
  await pause(5);
  figure.abort();
  await run.done;
  expect(run.state).toEqual({phase: "cancelled"});
  const late = drive(counting(1000), {signal: figure.signal});
  await late.done;
  expect(late.state).toEqual({phase: "cancelled"});
});

test("an error in the training is the state failed, not a rejection", async () => {
  const train = counting(10, (step) => {
    if (step === 3) throw new Error("the loss is not a number");
  });
  const run = drive(train);
  expect((await run.done)?.progress.done).toBe(2);
  expect(run.state).toMatchObject({phase: "failed", error: {message: "the loss is not a number"}});
});

test("after a lost device the training goes on from its last snapshot on the new backend, and says so", async () => {
  reportBackend({state: "webgpu", adapter: "test"});
  const states: DriveState[] = [];
  const steps: number[] = [];
  let lost = false;
  const train = counting(6, (step) => {
    steps.push(step);
    if (step !== 4 || lost) return;
    lost = true;
    // As browsers do it: the read is rejected first, the loss is told a moment later, the restart takes a while.
    setTimeout(() => {
      reportBackend({state: "lost", reason: "unplugged"});
      countDeviceLoss();
      setTimeout(() => reportBackend({state: "webgpu", adapter: "test"}), 20);
    }, 5);
    throw new Error("mapAsync was rejected");
  });
  const run = drive(train, {onState: (state) => states.push(state)});
  expect((await run.done)?.progress.done).toBe(6);
  expect(steps).toEqual([1, 2, 3, 4, 4, 5, 6]);
  expect(states).toEqual([
    {phase: "recovering", reason: "mapAsync was rejected"},
    {phase: "running", recovered: {done: 3, total: 6}},
    {phase: "done"}
  ]);
  reportBackend({state: "idle"});
});

test("drive(train, {resume}) starts from a snapshot", async () => {
  let steps = 0;
  const run = drive(
    counting(10, () => steps++),
    {resume: {progress: {done: 7, total: 10}}}
  );
  await run.done;
  expect(steps).toBe(3);
});
