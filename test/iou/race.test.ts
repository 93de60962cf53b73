import {describe, expect, it} from "vitest";
import {seededRandom} from "../../src/compute/random.js";
import {toCorners} from "../../src/iou/box.js";
import {boxLoss, iou, lossKinds} from "../../src/iou/iou.js";
import type {Box} from "../../src/iou/iou.js";
import {laneAt, race, steppedRate} from "../../src/iou/race.js";
import {paperLearningRate} from "../../src/iou/regression.js";

const kinds = [...lossKinds, "l1", "l2"] as const;
const target: Box = [4.5, 2.1, 5.7, 3.5];
const disjoint: Box = [0.7, 0.7, 1.9, 1.5];
const overlapping: Box = [3.5, 1.6, 5.1, 2.6];
const steps = 200;
const options = {steps, learningRate: steppedRate(0.1, steps), options: {eps: 1e-9, imageWidth: 8, imageHeight: 5.6}};

describe("race", () => {
  it("brings every loss home from an overlapping start", () => {
    for (const {kind, path, blindFrom, divergedAt} of race(kinds, overlapping, target, {...options, steps: 600})) {
      expect([kind, path.length, blindFrom, divergedAt]).toEqual([kind, 601, null, null]);
      expect(path.at(-1)!.iou, kind).toBeGreaterThan(0.9);
    }
  });

  it("leaves IoU and its powers where they stand when the boxes are disjoint, and says so", () => {
    for (const lane of race(kinds, disjoint, target, options)) {
      const blind = lane.kind === "iou" || lane.kind === "alpha-iou";
      expect([lane.kind, lane.blindFrom]).toEqual([lane.kind, blind ? 0 : null]);
      if (blind) expect(laneAt(lane, steps).box).toEqual(laneAt(lane, 0).box);
    }
  });

  it("runs GIoU as IoU for as long as the box lies inside the target", () => {
    const [plain, generalised] = race(["iou", "giou"], [4.7, 2.5, 5.0, 2.8], target, options);
    const isInside = ([x1, y1, x2, y2]: Box) => x1 > 4.5 && y1 > 2.1 && x2 < 5.7 && y2 < 3.5;
    const inside = plain!.path.findIndex(({box}) => !isInside(toCorners(box)));
    expect(inside).toBeGreaterThan(1);
    for (let i = 0; i < inside; i++) expect(generalised!.path[i]!.iou).toBeCloseTo(plain!.path[i]!.iou, 9);
  });

  it("yields the IoU and the loss that the room's measures give the same box", () => {
    for (const {kind, path} of race(["giou", "diou", "eiou"], overlapping, target, options)) {
      const {box, iou: value, loss} = path[50]!;
      expect(value).toBeCloseTo(iou(toCorners(box), target), 12);
      expect(loss).toBeCloseTo(boxLoss(kind as "giou", toCorners(box), target, options.options).value, 12);
    }
  });

  it("tells at which step too high a learning rate threw a box out, and ends there", () => {
    const lanes = race(kinds, overlapping, target, {...options, learningRate: () => 2});
    const diverged = lanes.filter(({divergedAt}) => divergedAt !== null);
    expect(diverged.length).toBeGreaterThan(0);
    for (const {path, divergedAt} of diverged) expect(path.length).toBeLessThanOrEqual(divergedAt! + 1);
  });

  it("does not take a box without area for one that diverged", () => {
    for (const {kind, divergedAt} of race(kinds, [4, 3, 4, 3], [5, 5, 5, 5], {...options, learningRate: () => 0.001})) {
      expect([kind, divergedAt === 0]).toEqual([kind, false]);
    }
  });

  it("never yields a number that is none, from any box at any rate", () => {
    const random = seededRandom(3);
    for (let n = 0; n < 30; n++) {
      const [x, y] = [random() * 6, random() * 4];
      // Every fourth start is flat, every tenth a point, every ninth the target itself.
      const size = [n % 4 === 0 ? 0 : random() * 2, n % 10 === 0 ? 0 : random() * 2] as const;
      const start: Box = n % 9 === 0 ? target : [x, y, x + size[0], y + size[1]];
      const goal: Box = n % 7 === 0 ? [3, 3, 3, 3] : target;
      for (const {kind, path} of race(kinds, start, goal, {...options, learningRate: () => 2 * random()})) {
        expect(path.length, kind).toBeGreaterThan(0);
        const isSound = path.every(
          ({box, iou: value, error}) => [...box, error].every(Number.isFinite) && value >= 0 && value <= 1 + 1e-12
        );
        expect(isSound, `${kind} from ${start.join()}`).toBe(true);
      }
    }
  });
});

describe("steppedRate", () => {
  it("is the paper's schedule for 200 steps", () => {
    const rate = steppedRate(0.1, 200);
    for (let step = 0; step < 200; step++) expect(rate(step)).toBeCloseTo(paperLearningRate(step), 15);
  });
});
