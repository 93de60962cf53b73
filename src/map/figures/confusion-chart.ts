/** The confusion of classes: truths down, detections across; only cells that hold something are drawn. */
import {html} from "htl";
import {select} from "d3-selection";
import type {Confusion} from "../confusion.js";
import {sequentialColor} from "../../notebook/color-scale.js";

const labels = {
  chart: "Confusion between classes: arrow keys choose a cell",
  truth: "object",
  found: "detected as",
  background: "background",
  missed: "missed",
  cell: (truth: string, found: string, count: number, share: string) => `${count} ${truth} detected as ${found}${share}.`,
  share: (percent: number) => ` (${percent} % of these objects)`,
  none: "Point at a cell, or walk with the arrow keys.",
  top: "Most frequent confusions",
  pair: (truth: string, found: string) => `${truth} taken for ${found}`,
  clean: "No class is taken for another here.",
  some: (shown: number, all: number) => `Shown: the ${shown} of ${all} classes most involved. The JSON download has all.`
};
const edge = {top: 6, left: 100, bottom: 96};
/** More would be too small to read. */
const mostClasses = 24;

export interface ConfusionChart {
  readonly element: HTMLElement;
  show(confusion: Confusion | undefined, names: ReadonlyMap<number, string>, width: number): void;
}

interface Shown {
  readonly confusion: Confusion;
  readonly name: (place: number, missed: boolean) => string;
  /** The places drawn: classes that occur, then the background. */
  readonly places: readonly number[];
  readonly pitch: number;
  /** Classes that occur, drawn or not. */
  readonly occurring: number;
}

export function confusionChart(): ConfusionChart {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg")).attr("class", "confusion")
    .attr("role", "slider").attr("tabindex", 0).attr("aria-label", labels.chart).attr("aria-valuemin", 0).attr("aria-valuenow", 0);
  const [frame, cells, rows, columns] = [svg.append("rect").attr("class", "confusion-frame"), svg.append("g"), svg.append("g"), svg.append("g")];
  const cursor = svg.append("rect").attr("class", "heat-cursor");
  const answer = html`<p class="mean-cell" role="status"></p>`;
  const top = html`<ol class="confusion-top"></ol>`;
  const some = html`<p class="confusion-some"></p>`;
  const scroll = html`<div class="heat-scroll">${svg.node()}</div>`;
  let shown: Shown | undefined;
  let [row, column] = [0, 0];

  const read = () => {
    if (!shown) return;
    const {places, pitch} = shown;
    [row, column] = [Math.max(0, Math.min(places.length - 1, row)), Math.max(0, Math.min(places.length - 1, column))];
    cursor.attr("x", edge.left + pitch * column - 1).attr("y", edge.top + pitch * row - 1).attr("width", pitch + 1).attr("height", pitch + 1);
    const text = cellText(shown, places[row]!, places[column]!);
    answer.textContent = text;
    svg.attr("aria-valuetext", text);
  };
  svg.on("pointermove pointerdown", (event: PointerEvent) => {
    if (!shown) return;
    const box = svg.node()!.getBoundingClientRect();
    column = Math.floor((event.clientX - box.left - edge.left) / shown.pitch);
    row = Math.floor((event.clientY - box.top - edge.top) / shown.pitch);
    if (row >= 0 && column >= 0 && row < shown.places.length && column < shown.places.length) read();
  });
  svg.on("keydown", (event: KeyboardEvent) => {
    const step = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]}[event.key];
    if (!step) return;
    event.preventDefault();
    [row, column] = [row + step[0]!, column + step[1]!];
    read();
  });
  return {
    element: html`<div class="confusion-panels"><div>${scroll}${answer}</div><div><p class="confusion-title">${labels.top}</p>${top}${some}</div></div>`,
    show(confusion, names, width) {
      if (!confusion) return;
      shown = layout(confusion, names, width);
      const {places, pitch, name} = shown;
      const size = pitch * places.length;
      svg.attr("width", edge.left + size + 8).attr("height", edge.top + size + edge.bottom).style("max-width", "none")
        .attr("viewBox", `0 0 ${edge.left + size + 8} ${edge.top + size + edge.bottom}`).attr("aria-valuemax", Math.max(1, ...confusion.counts));
      frame.attr("x", edge.left).attr("y", edge.top).attr("width", size).attr("height", size);
      cells.selectAll("rect").data(cellsOf(shown)).join("rect").attr("x", ({j}) => edge.left + pitch * j).attr("y", ({i}) => edge.top + pitch * i)
        .attr("width", pitch - 0.5).attr("height", pitch - 0.5).style("fill", ({share}) => sequentialColor(share));
      rows.selectAll("text").data(places).join("text").attr("class", "confusion-name").attr("text-anchor", "end").attr("x", edge.left - 5)
        .attr("y", (_, i) => edge.top + pitch * (i + 0.5) + 3).text((place) => name(place, false));
      columns.selectAll("text").data(places).join("text").attr("class", "confusion-name").attr("text-anchor", "end")
        .attr("transform", (_, i) => `translate(${edge.left + pitch * (i + 0.5) + 3},${edge.top + size + 5}) rotate(-90)`).text((place) => name(place, true));
      top.replaceChildren(...topPairs(shown).map(({truth, found, count}) => html`<li>${labels.pair(truth, found)} <span class="number">${count} ×</span></li>`));
      if (top.children.length === 0) top.append(html`<li>${labels.clean}</li>`);
      some.textContent = places.length - 1 < shown.occurring ? labels.some(places.length - 1, shown.occurring) : "";
      read();
    }
  };
}

function layout(confusion: Confusion, names: ReadonlyMap<number, string>, width: number): Shown {
  const {ids, counts} = confusion;
  const size = ids.length + 1;
  const mixed = (a: number) => ids.reduce((sum, _, b) => (a === b ? sum : sum + counts[a * size + b]! + counts[b * size + a]!), 0);
  const total = (a: number) => counts.subarray(a * size, (a + 1) * size).reduce((x, y) => x + y, 0);
  const ranked = ids.map((_, place) => ({place, mixed: mixed(place), total: total(place) + counts[ids.length * size + place]!}))
    .filter((each) => each.mixed + each.total > 0).sort((a, b) => b.mixed - a.mixed || b.total - a.total);
  const places = ranked.slice(0, mostClasses).map(({place}) => place).sort((a, b) => a - b);
  const pitch = Math.max(10, Math.min(28, (Math.min(width > 740 ? 0.64 * width : width, 520) - edge.left - 8) / (places.length + 1)));
  const name = (place: number, missed: boolean) => place === ids.length ? (missed ? labels.missed : labels.background) : (names.get(ids[place]!) ?? String(ids[place]));
  return {confusion, name, places: [...places, ids.length], pitch, occurring: ranked.length};
}

/** A cell's share is that of its object's row; background rows, of which there is no total, count against the largest. */
function cellsOf({confusion: {ids, counts}, places}: Shown) {
  const size = ids.length + 1;
  return places.flatMap((row, i) => {
    const list = places.map((column) => counts[row * size + column]!);
    const total = row === ids.length ? Math.max(1, ...list) : list.reduce((a, b) => a + b, 0);
    return list.flatMap((count, j) => (count > 0 ? [{i, j, share: count / total}] : []));
  });
}

function cellText({confusion: {ids, counts}, name}: Shown, row: number, column: number): string {
  const size = ids.length + 1;
  const count = counts[row * size + column]!;
  const total = counts.subarray(row * size, (row + 1) * size).reduce((a, b) => a + b, 0);
  const share = row < ids.length && total > 0 ? labels.share(Math.round((100 * count) / total)) : "";
  return labels.cell(name(row, false), name(column, true), count, share);
}

function topPairs({confusion: {ids, counts}, name}: Shown) {
  const size = ids.length + 1;
  return ids.flatMap((_, row) => ids.flatMap((__, column) => (row === column || counts[row * size + column] === 0 ? [] :
    [{truth: name(row, false), found: name(column, true), count: counts[row * size + column]!}]))).sort((a, b) => b.count - a.count).slice(0, 8);
}
