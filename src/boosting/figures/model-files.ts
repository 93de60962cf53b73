/** The model in XGBoost's JSON, out and in. */
import {html} from "htl";
import type {BoostedTrees} from "../xgboost.js";
import {fromXgboostJson, toXgboostJson} from "../xgboost.js";
import {fileDrop} from "../../notebook/file-drop.js";

const labels = {
  download: "Download the model as XGBoost JSON",
  drop: "Drop an XGBoost model (JSON) here:",
  loaded: (name: string, trees: number) => `${name}: ${trees} trees.`,
  refused: (name: string, reason: string) => `${name} was not loaded: ${reason}. The model trained here stays.`,
  mismatch: (theirs: number, ours: number) => `it was trained on ${theirs} columns, the table has ${ours}`
};

export interface ModelFiles {
  readonly element: HTMLElement;
  /** The model that was dropped, if one was. */
  readonly loaded: BoostedTrees | undefined;
  /** Another table: a dropped model has nothing to say about it. */
  forget(): void;
  show(model: BoostedTrees | undefined, columns: number): void;
}

export function modelFiles(onLoad: () => void): ModelFiles {
  let [loaded, shown, columns]: [BoostedTrees | undefined, BoostedTrees | undefined, number] = [undefined, undefined, 0];
  const status = html`<p class="own-status" role="status"></p>`;
  const download = html`<button type="button">${labels.download}</button>` as HTMLButtonElement;
  download.addEventListener("click", () => {
    if (shown) save(toXgboostJson(shown), "model.json");
  });
  const drop = fileDrop({
    label: labels.drop,
    accept: ".json,application/json",
    onError: (message) => (status.textContent = message),
    onText: (text, name) => {
      try {
        const theirs = fromXgboostJson(text);
        if (theirs.columns !== columns) throw new Error(labels.mismatch(theirs.columns, columns));
        loaded = theirs;
        status.textContent = labels.loaded(name, theirs.trees.length);
      } catch (error) {
        status.textContent = labels.refused(name, error instanceof Error ? error.message : String(error));
      }
      onLoad();
    }
  });
  return {
    element: html`<div class="own-model"><div class="own-files">${download}${drop}</div>${status}</div>`,
    get loaded() {
      return loaded;
    },
    forget() {
      loaded = undefined;
      status.textContent = "";
    },
    show(model, width) {
      shown = model;
      columns = width;
      download.disabled = !model;
    }
  };
}

function save(text: string, name: string): void {
  const link = html`<a download=${name} href=${URL.createObjectURL(new Blob([text], {type: "application/json"}))}></a>` as HTMLAnchorElement;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
