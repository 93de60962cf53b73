/** A generated dataset and a generated detector: every habit of a detector that a measure may see or miss, as a number. */
import {gaussian, uniform} from "../boosting/sample.js";
import type {CocoAnnotation, CocoBox, CocoDataset, CocoResult} from "./dataset.js";

export interface SceneSettings {
  readonly images: number;
  readonly objects: number;
  readonly classes: number;
  /** Class k occurs in proportion to 1/(k + 1)^tail: 0 for equal classes. */
  readonly tail: number;
  readonly seed: number;
}

export interface DetectorSettings {
  /** Chance that an object is found, given how many of its class there are. */
  readonly found: (count: number) => number;
  /** Standard deviation of an edge's error, as a share of the side. */
  readonly noise: number;
  /** Every box lies this share of its width too far right. */
  readonly shift?: number;
  /** Mean number of false positives an image. */
  readonly falsePositives: number;
  /** False positives with a higher score than anything else. */
  readonly confident?: number;
  readonly seed: number;
}

export const sceneSize = {width: 640, height: 480};

/** How many objects each class has: at least one, as many in all as asked for. */
export function classCounts({objects, classes, tail}: Omit<SceneSettings, "images" | "seed">): readonly number[] {
  const weights = Array.from({length: classes}, (_, k) => (k + 1) ** -tail);
  const sum = weights.reduce((a, b) => a + b, 0);
  const counts = weights.map((weight) => Math.max(1, Math.floor((objects * weight) / sum)));
  // What rounding left over goes to the commonest.
  counts[0]! += objects - counts.reduce((a, b) => a + b, 0);
  return counts;
}

/** Objects of random place and size, strewn over the images. */
export function generateScene({images, objects, classes, tail, seed}: SceneSettings): CocoDataset {
  const random = uniform(seed);
  const counts = classCounts({objects, classes, tail});
  const side = () => 30 + 150 * random() ** 2;
  let id = 0;
  const annotations = counts.flatMap((count, kind) => Array.from({length: count}, (): CocoAnnotation => {
    const [w, h] = [side(), side()];
    const bbox: CocoBox = [random() * (sceneSize.width - w), random() * (sceneSize.height - h), w, h];
    return {id: ++id, image_id: 1 + Math.floor(random() * images), category_id: kind + 1, bbox, area: w * h};
  }));
  return {
    images: Array.from({length: images}, (_, i) => ({id: i + 1, ...sceneSize})),
    categories: counts.map((_, kind) => ({id: kind + 1, name: `class ${kind + 1}`})),
    annotations
  };
}

/** A detection's box: each edge off by its share of `noise`, the whole shifted. */
export function misplaced([x, y, w, h]: CocoBox, edges: readonly number[], noise: number, shift: number): CocoBox {
  const [left = 0, top = 0, right = 0, bottom = 0] = edges;
  const [x1, y1] = [x + (shift + noise * left) * w, y + noise * top * h];
  const [x2, y2] = [x + w + (shift + noise * right) * w, y + h + noise * bottom * h];
  return [x1, y1, Math.max(1, x2 - x1), Math.max(1, y2 - y1)];
}

/**
 * What the detector reports. It draws the same random numbers whatever its habits, so that two settings differ by the
 * settings and not by luck.
 */
export function generateDetections({images, categories, annotations}: CocoDataset, settings: DetectorSettings): readonly CocoResult[] {
  const {found, noise, shift = 0, falsePositives, confident = 0, seed} = settings;
  const random = uniform(seed + 7919);
  const counts = new Map<number, number>();
  for (const {category_id} of annotations) counts.set(category_id, (counts.get(category_id) ?? 0) + 1);
  const results: CocoResult[] = [];
  for (const {image_id, category_id, bbox} of annotations) {
    const luck = random();
    const edges = Array.from({length: 4}, () => gaussian(random));
    const score = sureness(1.4 + gaussian(random));
    if (luck < found(counts.get(category_id)!)) {
      results.push({image_id, category_id, bbox: misplaced(bbox, edges, noise, shift), score});
    }
  }
  const stray = (chance: () => number, score: number): CocoResult => {
    const [w, h] = [30 + 150 * chance() ** 2, 30 + 150 * chance() ** 2];
    const bbox: CocoBox = [chance() * (sceneSize.width - w), chance() * (sceneSize.height - h), w, h];
    const at = <T>(list: readonly T[]) => list[Math.floor(chance() * list.length)]!;
    return {image_id: at(images).id, category_id: at(categories).id, bbox, score};
  };
  for (let i = Math.round(falsePositives * images.length); i > 0; i--) {
    results.push(stray(random, sureness(-0.9 + gaussian(random))));
  }
  const others = uniform(seed + 104_729);
  for (let i = 0; i < confident; i++) results.push(stray(others, 0.98 + 0.02 * others()));
  return results;
}

/** A score below 0.98: higher ones are kept for those who are wrong and sure. */
const sureness = (logit: number): number => 0.98 / (1 + Math.exp(-logit));
