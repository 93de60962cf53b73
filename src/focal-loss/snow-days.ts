/** The real set: days in Seattle and New York, and whether it snowed. */
import type {LabelledPoints} from "./datasets.js";

/** One entry a day, in step: °C, mm, and 1 for snow. */
export interface SnowDays {
  readonly temperature: readonly number[];
  readonly precipitation: readonly number[];
  readonly snow: readonly number[];
}

/** The network's two inputs: temperature, and the root of the precipitation, both brought to about −1.5 … 1.5. */
export const snowInputs = (temperature: number, precipitation: number): readonly [number, number] => [
  (temperature - 15) / 14,
  Math.sqrt(Math.max(0, precipitation)) / 3 - 1
];

/** Every second day of each class for training, the others for testing. */
export function splitSnowDays({temperature, precipitation, snow}: SnowDays): {train: LabelledPoints; test: LabelledPoints} {
  const seen = [0, 0];
  const halves = [0, 1].map(() => ({points: [] as number[], labels: [] as number[]}));
  snow.forEach((label, day) => {
    const {points, labels} = halves[seen[label]!++ % 2]!;
    points.push(...snowInputs(temperature[day]!, precipitation[day]!));
    labels.push(label);
  });
  const [train, test] = halves.map(({points, labels}) => ({points: Float32Array.from(points), labels: Uint8Array.from(labels)}));
  return {train: train!, test: test!};
}
