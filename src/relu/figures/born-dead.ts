/** Figure: how many deep, narrow ReLU networks are dead before training begins, measured against the bound. */
import {html} from "htl";
import {colorBar} from "../../notebook/color-scale.js";
import type {FigureContext, FigureParts, Row} from "../../notebook/figure.js";
import {numberText} from "../../notebook/number-text.js";
import {runBar} from "../../notebook/run-bar.js";
import {choiceField, numberField, setField, vectorField} from "../../notebook/schema.js";
import type {StateOf} from "../../notebook/schema.js";
import {defineFigure} from "../../notebook/shell.js";
import {watchWidth} from "../../notebook/size.js";
import {deadAtDepth, deathBound, shareInterval} from "../born-dead.js";
import type {BornDeadConfig} from "../born-dead.training.js";
import {bornDeadChart} from "./born-dead-chart.js";
import {bornDeadMap} from "./born-dead-map.js";
import {bornDeadRunner} from "./born-dead-runs.js";
import type {BornDeadView} from "./born-dead-runs.js";

const count = new Intl.NumberFormat("en");
const percent = (share: number) => `${numberText(100 * share, 3)} %`;

const labels = {
  title: "Born dead",
  caption:
    "Untrained ReLU networks, biases 0, weights uniform around 0. One is dead if a hidden layer is off on all inputs: its " +
    "output is then constant and no gradient comes through. Left, the measured share of dead networks, the white line where " +
    "it is one half, dashed where the bound says so. Right, curves with their 95 % intervals; dashed, the bound " +
    "1 − (1 − 0.5^N)^(L − 1) for width N and L layers.",
  inputs: "Dead means constant",
  inputChoices: {
    point: "at one input",
    line: "on the whole real line",
    plane: "on 32 directions of the plane"
  },
  networks: "Networks a width",
  networkChoices: {"1000": "1,000", "10000": "10,000", "100000": "100,000"},
  curves: "Curves of width",
  seed: "Seed",
  at: "Reading: layers, width",
  low: "0 % dead",
  high: "100 %",
  reading: (width: number, depth: number) => `Width ${width}, ${depth} layers: `,
  measured: (dead: string, of: string, share: string, low: string, high: string) =>
    `${dead} of ${of} networks born dead, ${share} (${low} to ${high}); `,
  nothing: "not counted yet; ",
  bound: (share: string) => `the bound says ${share}.`,
  done: (networks: string, seconds: string) => `${networks} networks of up to 64 layers, ${seconds} s`,
  recovering: "The GPU was lost; restarting.",
  recovered: "The GPU was lost; the run went on from its last snapshot.",
  failed: "The run failed: "
};

const widths = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const depths = Array.from({length: 63}, (_, i) => i + 2);
const widthColor = (width: number) => `var(--c${width})`;
const widthOptions = Object.fromEntries(widths.map((width) => [String(width), String(width)]));

const schema = {
  inputs: choiceField({label: labels.inputs, default: "line", options: labels.inputChoices}),
  networks: choiceField({label: labels.networks, default: "10000", options: labels.networkChoices}),
  curves: setField({
    label: labels.curves,
    default: ["2", "3", "4", "6", "8"],
    options: widthOptions,
    colors: Object.fromEntries(widths.map((width) => [String(width), widthColor(width)]))
  }),
  seed: numberField({label: labels.seed, default: 1, min: 1, max: 9999, step: 1}),
  at: vectorField({label: labels.at, default: [20, 4], min: 1, max: 64, control: false})
};
type State = StateOf<typeof schema>;
type Cell = readonly [depth: number, width: number];

const configOf = ({inputs, networks, seed}: State): BornDeadConfig => ({
  domain: inputs, widths, networks: Number(networks), layers: 63, seed
});

/** The cell nearest to a place, and to the place that the state says. */
const cellNear = (depth: number, width: number): Cell => [
  Math.max(2, Math.min(64, Math.round(depth))),
  Math.max(1, Math.min(8, Math.round(width)))
];
const cellOf = ({at: [depth = 2, width = 1]}: State): Cell => cellNear(depth, width);

export const bornDead = defineFigure({
  id: "relu/born-dead",
  labels,
  schema,
  create: (context: FigureContext<typeof schema>): FigureParts<typeof schema> => {
    let width = 1000;
    let hover: Cell | null = null;
    const runner = bornDeadRunner({
      config: configOf(context.state()), signal: context.signal, visible: context.onVisible, onChange: context.redraw
    });
    const bar = runBar({
      onStart: () => runner.start(configOf(context.state())),
      onPause: runner.pause,
      onResume: runner.resume,
      onCancel: runner.cancel
    });
    const map = bornDeadMap({
      onHover: (at) => {
        hover = at;
        context.redraw();
      },
      onPick: (at) => {
        hover = null;
        context.change({at: [...at]});
      },
      onNudge: (byDepth, byWidth) => {
        hover = null;
        const [depth, each] = cellOf(context.state());
        context.change({at: [...cellNear(depth + byDepth, each + byWidth)]});
      }
    });
    const chart = bornDeadChart();
    const scale = colorBar();
    scale.show(labels.low, labels.high);
    const reading = html`<p class="dead-reading" role="status"></p>`;
    const body = html`<div>${bar.element}<div class="dead-panels"><div>${scale.element}${map.element}</div><div>${
      chart.element
    }</div></div>${reading}</div>`;
    watchWidth(body, (next) => ((width = next), context.redraw()), context.signal);
    // A figure that is looked at is never empty: it counts by itself, and again when what dead means changes.
    let seen = false;
    let begun = "";
    context.onVisible((visible) => {
      seen ||= visible;
      context.redraw();
    });
    return {
      body,
      update(state) {
        const wanted = JSON.stringify(configOf(state));
        if (seen && wanted !== begun) {
          begun = wanted;
          runner.start(configOf(state));
        }
        const {view} = runner;
        const wide = width > 760;
        const [left, right] = wide ? [Math.floor(width * 0.48), width - Math.floor(width * 0.48) - 20] : [width, width];
        const at = hover ?? cellOf(state);
        const shares = sharesOf(view);
        const halves = widths.map((each, row) => ({
          measured: depths.find((_, i) => shares[(widths.length - 1 - row) * depths.length + i]! >= 0.5) ?? null,
          bound: depths.find((depth) => deathBound(each, depth) >= 0.5) ?? null
        }));
        map.show({shares, widths, depths, at, halves, width: left, height: wide ? 330 : 280});
        const curves = widths.filter((each) => state.curves.includes(String(each))).map((each) => curveOf(view, each));
        chart.show({curves, depths, depth: at[0], width: right, height: wide ? 354 : 300});
        bar.show(view.state, view.share, messageOf(view));
        reading.textContent = readingOf(view, at);
      },
      data: () => bornDeadData(runner.view)
    };
  }
});

const countedOf = (deaths: readonly number[] | undefined) => (deaths ?? []).reduce((sum, each) => sum + each, 0);

/** Shares row by row, the widest networks first, as the map has them. */
function sharesOf({deaths}: BornDeadView): Float32Array {
  const shares = new Float32Array(widths.length * depths.length).fill(NaN);
  widths.forEach((_, index) => {
    const mine = deaths[index];
    const total = countedOf(mine);
    if (!mine || total === 0) return;
    const row = (widths.length - 1 - index) * depths.length;
    let dead = 0;
    depths.forEach((depth, column) => {
      dead += mine[depth - 1]!;
      shares[row + column] = dead / total;
    });
  });
  return shares;
}

function curveOf({deaths}: BornDeadView, width: number) {
  const mine = deaths[widths.indexOf(width as (typeof widths)[number])];
  const total = countedOf(mine);
  const measured = mine && total > 0
    ? depths.map((depth) => {
        const dead = deadAtDepth(mine, depth);
        const [low, high] = shareInterval(dead, total);
        return {share: dead / total, low, high};
      })
    : [];
  return {width, color: widthColor(width), measured, bound: depths.map((depth) => deathBound(width, depth))};
}

function readingOf({deaths}: BornDeadView, [depth, width]: Cell): string {
  const mine = deaths[widths.indexOf(width as (typeof widths)[number])];
  const total = countedOf(mine);
  const bound = labels.bound(percent(deathBound(width, depth)));
  if (!mine || total === 0) return labels.reading(width, depth) + labels.nothing + bound;
  const dead = deadAtDepth(mine, depth);
  const [low, high] = shareInterval(dead, total);
  const measured = labels.measured(
    count.format(dead), count.format(total), percent(dead / total), percent(low), percent(high)
  );
  return labels.reading(width, depth) + measured + bound;
}

function messageOf({state, deaths, seconds, incident}: BornDeadView): string {
  if (incident?.kind === "failed") return labels.failed + incident.text;
  if (incident?.kind === "recovering") return labels.recovering;
  if (state === "idle") return "";
  const networks = deaths.reduce((sum, each) => sum + countedOf(each), 0);
  const lost = incident?.kind === "recovered" ? ` ${labels.recovered}` : "";
  return labels.done(count.format(networks), seconds.toFixed(1)) + lost;
}

function bornDeadData(view: BornDeadView): readonly Row[] {
  return widths.flatMap((width) => {
    const {measured, bound} = curveOf(view, width);
    return depths.map((layers, i) => ({
      width,
      layers,
      networks: countedOf(view.deaths[widths.indexOf(width)]),
      bornDead: measured[i]?.share ?? null,
      low: measured[i]?.low ?? null,
      high: measured[i]?.high ?? null,
      bound: bound[i]!
    }));
  });
}
