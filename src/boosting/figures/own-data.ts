/** The reader's table: which file, which target, which features; what cannot be used is said. */
import {html} from "htl";
import {fileDrop} from "../../notebook/file-drop.js";
import {parseCsv} from "../csv.js";
import type {Csv} from "../csv.js";
import {parseCsvAsync, tableAsync} from "../csv-async.training.js";
import {tableFrom} from "../csv-table.js";
import type {CsvTask} from "../csv-table.js";
import {penguinCsv} from "../penguins.js";

const labels = {
  drop: "Drop a CSV file here, or choose one:",
  sample: "Sample: penguins",
  sampleName: "344 penguins, with their missing values",
  target: "Target",
  features: "Features",
  reading: (name: string, share: number) => `Reading ${name}: ${Math.round(100 * share)} %. What was here before stays until then.`,
  read: (name: string, rows: number, columns: number, holes: number) => `${name}: ${rows} rows, ${columns} columns, ${holes} missing values.`,
  bad: (name: string, reason: string) => `${name} was not read: ${reason}. What was here before stays.`,
  kinds: {number: "number", words: "words"},
  holes: (count: number) => (count ? `, ${count} missing` : "")
};

export interface OwnData {
  readonly element: HTMLElement;
  /** What to learn, or why there is nothing. */
  readonly task: CsvTask | {readonly problem: string};
  readonly targetName: string;
}

/** @param onChange another file, target or choice of features */
export function ownData(onChange: () => void): OwnData {
  let csv: Csv = parseCsv(penguinCsv());
  let target = csv.names.length - 1;
  let chosen: readonly number[] = csv.names.map((_, i) => i);
  let task: OwnData["task"] = {problem: ""};
  const status = html`<p class="own-status" role="status"></p>`;
  const choices = html`<div class="own-choices"></div>`;
  // A large file takes seconds to read: what is asked for later ends what is under way.
  let work = new AbortController();
  const begin = (): AbortSignal => {
    work.abort();
    work = new AbortController();
    return work.signal;
  };
  const learn = async (signal: AbortSignal) => {
    try {
      task = await tableAsync(csv, target, chosen, {signal});
    } catch (error) {
      if (signal.aborted) return;
      task = {problem: messageOf(error)};
    }
    onChange();
  };
  const describe = (name: string) => {
    const holes = csv.columns.reduce((sum, column) => sum + column.missing, 0);
    status.textContent = labels.read(name, csv.rows.length, csv.names.length, holes);
  };
  const open = async (text: string, name: string) => {
    const signal = begin();
    try {
      csv = await parseCsvAsync(text, {signal, onStep: (share) => (status.textContent = labels.reading(name, share))});
    } catch (error) {
      if (!signal.aborted) status.textContent = labels.bad(name, messageOf(error));
      return;
    }
    target = csv.names.length - 1;
    chosen = csv.names.map((_, i) => i);
    describe(name);
    drawChoices();
    await learn(signal);
  };
  const drawChoices = () => {
    const {columns} = csv;
    const select = html`<select>${columns.map(({name}, i) => html`<option value=${i} selected=${i === target}>${name}</option>`)}</select>` as HTMLSelectElement;
    select.addEventListener("change", () => {
      target = Number(select.value);
      drawChoices();
      void learn(begin());
    });
    const boxes = columns.map(({name, kind, missing}, i) => {
      const box = html`<input type="checkbox" checked=${chosen.includes(i)} disabled=${i === target}>` as HTMLInputElement;
      box.addEventListener("change", () => {
        chosen = box.checked ? [...chosen, i].sort((a, b) => a - b) : chosen.filter((column) => column !== i);
        void learn(begin());
      });
      return html`<label class="segment" title=${labels.kinds[kind]}>${box}<span>${name}<small>${labels.kinds[kind]}${labels.holes(missing)}</small></span></label>`;
    });
    choices.replaceChildren(
      html`<label class="control"><span class="control-label">${labels.target}</span>${select}</label>`,
      html`<fieldset class="control segments"><legend class="control-label">${labels.features}</legend>${boxes}</fieldset>`
    );
  };
  const sample = html`<button type="button">${labels.sample}</button>`;
  sample.addEventListener("click", () => void open(penguinCsv(), labels.sampleName));
  describe(labels.sampleName);
  drawChoices();
  task = tableFrom(csv, target, chosen);
  const drop = fileDrop({label: labels.drop, accept: ".csv,.tsv,.txt,text/csv", onText: (text, name) => void open(text, name), onError: (message) => (status.textContent = message)});
  return {
    element: html`<div class="own-data"><div class="own-files">${drop}${sample}</div>${status}${choices}</div>`,
    get task() {
      return task;
    },
    get targetName() {
      return csv.names[target]!;
    }
  };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
