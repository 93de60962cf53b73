/** A data set of COCO val's size, made up: the same in Node and in the browser. */
import type {CocoAnnotation, CocoBox, CocoDataset, CocoResult} from "../src/map/dataset.js";

export const size = {images: 5000, truths: 36_000, classes: 80, detections: 100};

/** Objects spread evenly over images and classes; a hundred detections an image, some near an object, most not. */
export function syntheticSet(): {groundTruth: CocoDataset; detections: readonly CocoResult[]} {
  const random = randomFrom(11);
  const images = Array.from({length: size.images}, (_, i) => ({id: i + 1, width: 640, height: 480}));
  const categories = Array.from({length: size.classes}, (_, i) => ({id: i + 1, name: `class ${i + 1}`}));
  const anyClass = () => 1 + Math.floor(random() * size.classes);
  const anyBox = (): CocoBox => [random() * 500, random() * 400, 8 + 200 * random() ** 2, 8 + 200 * random() ** 2];
  const annotations = Array.from({length: size.truths}, (_, i): CocoAnnotation => {
    const bbox = anyBox();
    const area = bbox[2] * bbox[3] * 0.7;
    return {id: i + 1, image_id: 1 + (i % size.images), category_id: anyClass(), bbox, area, iscrowd: random() < 0.01 ? 1 : 0};
  });
  const detections = images.flatMap(({id}) =>
    Array.from({length: size.detections}, (): CocoResult => {
      // Truth i is in image 1 + i mod images.
      const turn = Math.floor(random() * Math.floor(size.truths / size.images));
      const near = annotations[turn * size.images + id - 1]!;
      if (random() < 0.6) return {image_id: id, category_id: anyClass(), bbox: anyBox(), score: random() ** 2};
      const bbox = near.bbox.map((v) => v + (random() - 0.5) * 0.2 * near.bbox[2]) as unknown as CocoBox;
      const kept: CocoBox = [bbox[0], bbox[1], Math.max(1, bbox[2]), Math.max(1, bbox[3])];
      return {image_id: id, category_id: near.category_id, bbox: kept, score: random()};
    })
  );
  return {groundTruth: {images, categories, annotations}, detections};
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
