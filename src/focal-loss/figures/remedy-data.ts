/** The data a figure trains on, from its state: generated, or the snow days, which load when asked for. */
import {FileAttachment} from "observablehq:stdlib";
import type {LabelledPoints, Shape} from "../datasets.js";
import {splitSnowDays} from "../snow-days.js";
import type {SnowDays} from "../snow-days.js";
import type {MapPlane} from "./remedy-maps.js";

export type DataName = Shape | "snow";

export interface DataChoice {
  readonly data: DataName;
  readonly ratio: number;
  readonly overlap: number;
  readonly seed: number;
}

export interface DataSets {
  readonly train: LabelledPoints;
  readonly test: LabelledPoints;
}

export const planes: Readonly<Record<DataName, MapPlane>> = {
  blobs: {across: [-2.1, 2.1], up: [-2.1, 2.1], side: 44},
  ring: {across: [-1.7, 1.7], up: [-1.7, 1.7], side: 44},
  islands: {across: [-1.55, 1.55], up: [-1.55, 1.55], side: 44},
  snow: {across: [-1.9, 1.7], up: [-1.15, 1.5], side: 44}
};

/** Points to train on, as the issue of imbalance is usually posed: some thousands. */
export const trainCount = 4000;

let snow: Promise<DataSets> | undefined;

export async function loadData({data, ratio, overlap, seed}: DataChoice): Promise<DataSets> {
  if (data === "snow") {
    snow ??= FileAttachment("../snow-days.json").json<SnowDays>().then(splitSnowDays);
    snow.catch(() => (snow = undefined));
    return snow;
  }
  const {generatedSets} = await import("../remedies.training.js");
  return generatedSets({shape: data, count: trainCount, ratio, overlap}, seed);
}
