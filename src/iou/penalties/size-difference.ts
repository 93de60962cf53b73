import {ratio, squared, sum} from "../sloped.js";
import type {Sloped} from "../sloped.js";
import type {Penalty, PenaltyInput} from "./penalty.js";

/** EIoU: squared differences of width and height over the enclosing box's (Zhang and others 2021, arXiv 2101.08158). */
export function sizeDifference({target: [x1, y1, x2, y2], shared, options: {eps}}: PenaltyInput): Penalty {
  const {width, height, enclosingWidth, enclosingHeight} = shared;
  const dw: Sloped = {value: width.value - (x2 - x1), slope: width.slope};
  const dh: Sloped = {value: height.value - (y2 - y1), slope: height.slope};
  const widthTerm = ratio(squared(dw), squared(enclosingWidth), eps);
  const heightTerm = ratio(squared(dh), squared(enclosingHeight), eps);
  const {value, slope} = sum(widthTerm, heightTerm);
  return {
    value,
    slope,
    terms: () => ({dw: dw.value, dh: dh.value, widthTerm: widthTerm.value, heightTerm: heightTerm.value})
  };
}
