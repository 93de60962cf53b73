/** A COCO-val-sized evaluation against pycocotools and faster-coco-eval, on this machine, in this run. */
import {spawnSync} from "node:child_process";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {evaluateCoco} from "../src/map/coco.js";
import type {CocoAnnotation, CocoBox, CocoDataset, CocoResult} from "../src/map/coco.js";
import type {Report} from "./report.js";

const size = {images: 5000, truths: 36_000, classes: 80, detections: 100};

export function benchMap(report: Report): void {
  const {groundTruth, detections} = syntheticSet();
  const times: number[] = [];
  let stats: readonly number[] = [];
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    stats = evaluateCoco(groundTruth, detections).stats;
    times.push((performance.now() - start) / 1000);
  }
  const seconds = Math.min(...times);
  const memory = process.memoryUsage().rss / 2 ** 20;
  const conditions = `${size.images} images, ${size.truths} truths, ${detections.length} detections, Node, best of 3`;
  report("COCO evaluation", `${seconds.toFixed(2)} s`, conditions);
  report("memory of the process", `${memory.toFixed(0)} MB`, "resident, with the data");
  const folder = mkdtempSync(join(tmpdir(), "workings-map-"));
  const files = [join(folder, "truth.json"), join(folder, "detections.json")] as const;
  writeFileSync(files[0], JSON.stringify(groundTruth));
  writeFileSync(files[1], JSON.stringify(detections));
  for (const peer of ["pycocotools", "faster_coco_eval"]) {
    const {status, stdout} = spawnSync(process.env.PYTHON ?? "python3", ["bench/map_peers.py", peer, ...files], {encoding: "utf8"});
    if (status !== 0) {
      report(peer, "skipped", "not installed; set PYTHON to one that has it");
      continue;
    }
    const timing = JSON.parse(stdout) as {seconds: number; stats: readonly number[]};
    const apart = Math.max(...stats.map((value, i) => Math.abs(value - timing.stats[i]!)));
    report(`COCO evaluation, ${peer}`, `${timing.seconds.toFixed(2)} s`, `evaluate and accumulate; stats differ by ≤ ${apart.toExponential(0)}`);
    report(`${peer} / ours`, `${(timing.seconds / seconds).toFixed(1)} ×`, "same run, same machine");
  }
  rmSync(folder, {recursive: true});
}

/** Objects spread evenly over images and classes; a hundred detections an image, some near an object, most not. */
function syntheticSet(): {groundTruth: CocoDataset; detections: readonly CocoResult[]} {
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
