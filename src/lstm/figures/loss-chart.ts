/** Losses against steps, a line for each network, and what they say in words. */
import {numberText} from "../../notebook/number-text.js";
import type {ModelResult} from "../train.training.js";
import {cellKinds} from "../shape.js";
import {cellColors, cellNames} from "./cell-look.js";
import type {curveChart} from "./curve-chart.js";

const labels = {
  baseline: "no memory", step: "training step", loss: "loss", chart: "Loss against training step",
  losses: (list: string, baseline: string) => `Loss now: ${list}; without memory ${baseline}.`,
  right: (share: string) => ` (${share} % right)`
};

export interface LossView {
  readonly models: readonly ModelResult[];
  readonly baseline: number;
  readonly range: readonly [number, number];
  readonly total: number;
  readonly width: number;
}

export function showLosses(chart: ReturnType<typeof curveChart>, {models, baseline, range: [low, high], total, width}: LossView): void {
  const kinds = new Set<string>();
  const curves = models.map(({shape: {kind}, losses}) => {
    const labelled = !kinds.has(kind);
    kinds.add(kind);
    return {name: cellNames[kind], color: cellColors[kind], values: smoothed(losses), labelled};
  });
  const flat = {name: labels.baseline, color: "var(--ink-3)", values: Array.from({length: total + 1}, () => baseline), dash: "5 4"};
  chart.show({
    curves: [flat, ...curves], x: {label: labels.step, end: total}, y: {label: labels.loss, low, high, log: true},
    width, height: 260, label: labels.chart
  });
}

/** Loss and share of right answers by kind; from lowest to highest where there are several seeds. */
export function lossText({models, baseline}: Pick<LossView, "models" | "baseline">): string {
  const list = cellKinds.flatMap((kind) => {
    const own = models.filter(({shape, losses}) => shape.kind === kind && losses.length > 0);
    if (own.length === 0) return [];
    const losses = own.map((model) => recent(model.losses));
    const right = own.reduce((sum, model) => sum + recent(model.right), 0) / own.length;
    const [low, high] = [Math.min(...losses), Math.max(...losses)].map((loss) => numberText(loss, 3));
    return [`${cellNames[kind]} ${low === high ? low : `${low}–${high}`}${labels.right(String(Math.round(100 * right)))}`];
  });
  return list.length > 0 ? labels.losses(list.join(", "), numberText(baseline, 3)) : "";
}

/** Steps that are averaged over. */
const window = 20;

const recent = (values: readonly number[]): number => {
  const last = values.slice(-window);
  return last.reduce((sum, value) => sum + value, 0) / last.length;
};

function smoothed(losses: readonly number[]): readonly number[] {
  let sum = 0;
  return losses.map((loss, i) => {
    sum += loss - (i >= window ? losses[i - window]! : 0);
    return sum / Math.min(i + 1, window);
  });
}
