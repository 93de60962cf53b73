/** A search over a list that is in the page already: each word must occur, in whatever order. */
import {html} from "htl";

export interface ListFilterOptions {
  readonly label: string;
  /** What is kept or hidden. */
  readonly items: string;
  /** What is hidden when none of its items is left. */
  readonly groups: string;
  /** "12 of 42" in words. */
  readonly count: (shown: number, all: number) => string;
}

export function listFilter(list: Element, {label, items, groups, count}: ListFilterOptions): HTMLElement {
  const input = html`<input type="search" placeholder=${label} aria-label=${label} autocomplete="off">` as HTMLInputElement;
  const status = html`<span class="filter-count" role="status"></span>`;
  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const all = [...list.querySelectorAll<HTMLElement>(items)];
    for (const item of all) {
      const text = plain(item.textContent);
      item.hidden = !words.every((word) => text.includes(word));
    }
    for (const group of list.querySelectorAll<HTMLElement>(groups)) {
      group.hidden = [...group.querySelectorAll<HTMLElement>(items)].every((item) => item.hidden);
    }
    status.textContent = words.length > 0 ? count(all.filter((item) => !item.hidden).length, all.length) : "";
  };
  input.addEventListener("input", show);
  return html`<p class="list-filter">${input} ${status}</p>`;
}

/** Lower case and without accents, so that "alpha-iou" is found however it is typed. */
const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
