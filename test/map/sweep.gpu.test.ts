import {expect, it} from "vitest";
import {judgeClass} from "../../src/map/coco-class.js";
import type {ClassImage} from "../../src/map/coco-class.js";
import {areaRanges, iouThresholds} from "../../src/map/coco-evaluation.js";
import {sweepClass} from "../../src/map/sweep-device.training.js";
import {startBackend} from "../../src/compute/backend.js";
import {seededRandom} from "../../src/compute/random.js";

/** Objects near each other with detections around them: crowds, an id 0, ties, and one image of more than 32 objects. */
function classImages(seed: number): readonly ClassImage[] {
  const random = seededRandom(seed);
  return Array.from({length: 60}, (_, image) => {
    const truths = Array.from({length: image === 7 ? 40 : Math.floor(6 * random())}, (_, i) => {
      const bbox = [500 * random(), 400 * random(), 8 + 150 * random(), 8 + 150 * random()] as const;
      return {id: image === 3 ? i : 1000 * image + i + 1, image_id: image, category_id: 1, bbox, area: bbox[2] * bbox[3] * 0.8, iscrowd: random() < 0.2 ? 1 : 0};
    });
    const near = truths.flatMap(({bbox}) => Array.from({length: Math.floor(4 * random())}, () => {
      const shift = () => (random() < 0.3 ? 0 : (random() - 0.5) * 0.5 * bbox[2]);
      return [bbox[0] + shift(), bbox[1] + shift(), bbox[2], bbox[3]] as const;
    }));
    const detections = near.map((bbox) => ({image_id: image, category_id: 1, bbox, score: Math.round(20 * random()) / 20}));
    return {truths, detections};
  });
}

it.each(["webgpu", "cpu"] as const)("sweepClass judges as judgeClass does, to the last verdict, on %s", async (prefer) => {
  expect(await startBackend({prefer})).toMatchObject({state: prefer});
  for (const seed of [1, 2, 3]) {
    const settings = {ranges: areaRanges, thresholds: iouThresholds, limit: 100};
    const images = classImages(seed);
    const {closeCalls, ...swept} = await sweepClass(images, settings);
    const judged = judgeClass(images, settings);
    expect(swept.verdicts).toEqual(judged.verdicts);
    expect(swept.positives).toEqual(judged.positives);
    // Ties and exact fits are close; most images are not.
    expect(closeCalls).toBeLessThan(4 * 60);
  }
  await startBackend({prefer: "webgpu"});
});
