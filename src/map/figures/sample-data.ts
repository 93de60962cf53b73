/** The shipped sample, fetched once. */
import {FileAttachment} from "observablehq:stdlib";
import type {CocoSample} from "../sample.js";

let loading: Promise<CocoSample> | undefined;

export function loadSample(): Promise<CocoSample> {
  loading ??= FileAttachment("../sample.json").json<CocoSample>().catch((error: unknown) => {
    // The next figure that asks may have more luck.
    loading = undefined;
    throw error;
  });
  return loading;
}
