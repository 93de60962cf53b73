/**
 * The boxes that the figure "Step through AP" opens with. Rows are `image class x y width height`, then 1 for a crowd, or
 * the score of a detection; images and classes by place, pixels. No photographs: the frames are all there is.
 */
import type {CocoBox} from "./dataset.js";

export interface StepImage {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** A ground truth; `crowd` where it counts neither way. */
export interface StepTruth {
  readonly image: number;
  readonly kind: number;
  readonly bbox: CocoBox;
  readonly crowd: boolean;
}

export interface StepDetection {
  readonly image: number;
  readonly kind: number;
  readonly bbox: CocoBox;
  readonly score: number;
}

export interface StepSample {
  readonly images: readonly StepImage[];
  readonly classes: readonly string[];
  readonly truths: readonly StepTruth[];
  readonly detections: readonly StepDetection[];
}

export type SampleName = "worked" | "padilla" | "coco";

/** What a row holds; seven numbers. */
export const rowWidth = 7;

export const truthsOf = (numbers: readonly number[]): readonly StepTruth[] =>
  rowsOf(numbers).map(([image, kind, bbox, last]) => ({image, kind, bbox, crowd: last === 1}));

export const detectionsOf = (numbers: readonly number[]): readonly StepDetection[] =>
  rowsOf(numbers).map(([image, kind, bbox, score]) => ({image, kind, bbox, score}));

export const numbersOf = (boxes: readonly (StepTruth | StepDetection)[]): readonly number[] =>
  boxes.flatMap((box) => [box.image, box.kind, ...box.bbox, "score" in box ? box.score : Number(box.crowd)]);

function rowsOf(numbers: readonly number[]): readonly (readonly [image: number, kind: number, bbox: CocoBox, last: number])[] {
  return Array.from({length: Math.floor(numbers.length / rowWidth)}, (_, i) => {
    const [image = 0, kind = 0, x = 0, y = 0, w = 0, h = 0, last = 0] = numbers.slice(i * rowWidth, (i + 1) * rowWidth);
    return [image, kind, [x, y, w, h], last];
  });
}

/** Four frames with two classes, made for this page: every verdict occurs, and two dogs stand close together. */
const worked = sample({
  images: "1 320 240; 2 320 240; 3 320 240; 4 320 240",
  classes: ["dog", "cat"],
  truths: `
    0 0 38 60 112 126 0; 0 1 200 96 84 92 0; 1 0 52 70 100 116 0; 1 0 106 74 104 116 0; 2 0 30 84 92 92 0;
    2 0 176 96 132 88 1; 2 1 128 30 60 58 0; 3 0 178 58 106 128 0; 3 1 34 108 88 82 0;`,
  detections: `
    0 0 44 64 110 122 0.95; 1 0 46 66 98 118 0.91; 0 0 22 50 112 122 0.86; 1 0 74 74 104 114 0.8;
    3 0 214 30 104 120 0.74; 2 0 44 98 100 96 0.66; 2 0 190 104 48 72 0.58; 3 0 96 18 60 58 0.49;
    3 0 182 62 104 122 0.41; 1 0 232 34 66 60 0.3; 0 1 202 98 82 92 0.9; 3 1 42 114 88 84 0.71; 2 1 214 20 50 52 0.55;
    2 1 142 40 62 66 0.35;`
});

/** data/padilla-sample-2; see its SOURCE.md. */
const padilla = sample({
  images: "00001 200 200; 00002 200 200; 00003 200 200; 00004 200 200; 00005 200 200; 00006 200 200; 00007 200 200",
  classes: ["object"],
  truths: `
    0 0 25 16 38 56 0; 0 0 129 123 41 62 0; 1 0 123 11 43 55 0; 1 0 38 132 59 45 0; 2 0 16 14 35 48 0;
    2 0 123 30 49 44 0; 2 0 99 139 47 47 0; 3 0 53 42 40 52 0; 3 0 154 43 31 34 0; 4 0 59 31 44 51 0;
    4 0 48 128 34 52 0; 5 0 36 89 52 76 0; 5 0 62 58 44 67 0; 6 0 28 31 55 63 0; 6 0 58 67 50 58 0;`,
  detections: `
    0 0 5 67 31 48 0.88; 0 0 119 111 40 67 0.7; 0 0 124 9 49 67 0.8; 1 0 64 111 64 58 0.71; 1 0 26 140 60 47 0.54;
    1 0 19 18 43 35 0.74; 2 0 109 15 77 39 0.18; 2 0 86 63 46 45 0.67; 2 0 160 62 36 53 0.38; 2 0 105 131 47 47 0.91;
    2 0 18 148 40 44 0.44; 3 0 83 28 28 26 0.35; 3 0 28 68 42 67 0.78; 3 0 87 89 25 39 0.45; 3 0 10 155 60 26 0.14;
    4 0 50 38 28 46 0.62; 4 0 95 11 53 28 0.44; 4 0 29 131 72 29 0.95; 4 0 29 163 72 29 0.23; 5 0 43 48 74 38 0.45;
    5 0 17 155 29 35 0.84; 5 0 95 110 25 42 0.43; 6 0 16 20 101 88 0.48; 6 0 33 116 37 49 0.95;`
});

/** Four images of data/coco-val2014-100; see its SOURCE.md. */
const coco = sample({
  images: "885 640 427; 974 334 500; 357 640 218; 1268 640 427",
  classes: [
    "person", "boat", "baseball glove", "bird", "cell phone", "elephant", "backpack",
    "handbag", "bench", "tennis racket", "baseball bat", "fork", "chair", "toaster"
  ],
  truths: `
    0 0 277.31 189.99 140.09 208.22 0; 0 0 281.02 89.81 111.83 169.55 0; 0 0 595.68 25.78 43.37 227.48 0;
    0 0 434.7 0.33 32.79 12.67 0; 0 0 287.39 0.19 44.65 11.46 0; 0 9 400.04 268.61 81.34 40.22 0;
    0 0 541.88 1.73 65.84 10.12 0; 0 0 1.11 0.56 58.94 8.89 0; 0 0 499.47 0.76 75.17 13.38 0;
    1 0 171.91 51.76 98.88 146.07 0; 1 0 143.11 50.09 33.29 89.3 0; 1 0 106.9 46.19 46.79 62.38 0;
    1 0 71.91 59.55 93.26 132.58 0; 1 5 51.69 200.07 165.16 276.41 0; 1 8 172.02 105.39 112.83 90.94 0;
    2 10 539.09 121.4 4 27.24 0; 2 2 566.96 186.44 8.91 6.69 0; 2 2 76.74 97.16 6.97 9.21 0;
    2 2 279.48 25.03 5.46 4.72 0; 2 0 372.19 25.03 17.25 27.63 0; 2 0 271.1 18.4 27.02 37.16 0;
    2 0 209.34 22.61 22.2 31.01 0; 2 0 74.62 79.12 18.53 48.08 0; 2 0 530.83 136.21 29.04 54.59 0;
    2 0 567.61 160.02 26.76 38.03 0; 2 0 592.37 154.71 27.18 46.6 0; 2 0 556.03 23.96 13.89 9.67 0;
    2 0 545.19 21.04 9.65 26.16 0; 2 0 596.85 8.21 8.96 10.15 0; 2 0 265.33 6.43 17.69 27.34 0;
    2 0 568.15 29.27 11.87 23.74 0; 2 0 580.99 32.19 6.72 23.92 0; 2 0 466 0 173 73 1; 3 3 192.81 224.8 74.73 33.43 0;
    3 1 124.77 124.71 139.54 17.07 0; 3 1 0 129.71 105.44 15.14 0; 3 0 23.27 213.41 53.53 69.47 0;
    3 0 501.68 77.66 138.32 343.71 0; 3 0 402.34 205.02 65.26 88.45 0; 3 0 0 209.18 24.95 80.6 0;
    3 4 528.91 180.52 29.68 18.75 0; 3 6 21.81 231.3 22.55 51.55 0; 3 7 492.47 197.95 103.07 227.35 0;
    3 1 291.52 86.03 121.67 57.45 0;`,
  detections: `
    0 0 268.31 189.99 140.09 208.22 0.19; 0 0 278.02 89.81 111.83 169.55 0.91; 0 11 591.68 25.78 43.37 227.48 0.14;
    0 0 434.7 0.33 32.79 12.67 0.38; 0 0 289.39 0.19 44.65 11.46 0.77; 0 9 371.04 268.61 81.34 40.22 0.61;
    0 0 534.88 1.73 65.84 10.12 0.51; 0 0 1.11 0.56 58.94 8.89 0.62; 0 0 488.47 0.76 75.17 13.38 0.2;
    1 0 173.91 51.76 98.88 146.07 0.38; 1 0 142.11 50.09 33.29 89.3 0.39; 1 0 110.9 46.19 46.79 62.38 0.2;
    1 12 71.91 59.55 93.26 132.58 0.09; 1 5 77.69 200.07 165.16 276.41 0.66; 1 8 170.02 105.39 112.83 90.94 0.52;
    2 10 540.09 121.4 4 27.24 0.41; 2 2 567.96 186.44 8.91 6.69 0.62; 2 2 77.74 97.16 6.97 9.21 0.52;
    2 2 279.48 25.03 5.46 4.72 0.07; 2 0 370.19 25.03 17.25 27.63 0.34; 2 0 275.1 18.4 27.02 37.16 0.44;
    2 0 208.34 22.61 22.2 31.01 0.75; 2 0 72.62 79.12 18.53 48.08 1; 2 0 527.83 136.21 29.04 54.59 0.89;
    2 0 570.61 160.02 26.76 38.03 0.29; 2 0 592.37 154.71 27.18 46.6 0.34; 2 2 557.03 23.96 13.89 9.67 0.41;
    2 0 266.33 6.43 17.69 27.34 0.59; 2 0 567.15 29.27 11.87 23.74 0.06; 2 0 580.99 32.19 6.72 23.92 0.8;
    3 9 199.81 224.8 74.73 33.43 0.68; 3 13 114.77 124.71 139.54 17.07 0.17; 3 1 3 129.71 105.44 15.14 0.6;
    3 0 484.68 77.66 138.32 343.71 0.57; 3 0 0 209.18 21.95 80.6 0.38; 3 4 524.91 180.52 29.68 18.75 0.5;
    3 6 25.81 231.3 22.55 51.55 0.77; 3 7 484.47 197.95 103.07 227.35 0.65; 3 1 279.52 86.03 121.67 57.45 0.21;`
});

export const stepSamples: Readonly<Record<SampleName, StepSample>> = {worked, padilla, coco};

interface SampleText {
  readonly images: string;
  readonly classes: readonly string[];
  readonly truths: string;
  readonly detections: string;
}

function sample({images, classes, truths, detections}: SampleText): StepSample {
  const numbers = (text: string) => text.match(/[\d.]+/g)?.map(Number) ?? [];
  return {
    images: images.split("; ").map((text) => {
      const [name = "", width, height] = text.split(" ");
      return {name, width: Number(width), height: Number(height)};
    }),
    classes,
    truths: truthsOf(numbers(truths)),
    detections: detectionsOf(numbers(detections))
  };
}
