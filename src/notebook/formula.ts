/** Formulas: TeX with named slots (see step.ts), shown as symbols or with the reader's numbers substituted. */
import {numberTex} from "./number-text.js";

export type FormulaMode = "symbols" | "numbers";

const slot = /\[\[([\w-]+)(?:\|((?:[^\]]|\](?!\]))*))?\]\]/g;

/** The TeX of a slotted formula. Every slot carries its name, so a figure can light up when one is pointed at. */
export function formulaTex(
  formula: string,
  values: Readonly<Record<string, number>>,
  mode: FormulaMode
): string {
  return formula.replace(slot, (_, name: string, symbol: string | undefined) => {
    const value = values[name];
    const shown = mode === "numbers" && value !== undefined ? parenthesised(value) : (symbol ?? name);
    return `\\htmlData{slot=${name}}{${shown}}`;
  });
}

/** Negative numbers in parentheses, so that "a − −2" cannot be written. */
function parenthesised(value: number): string {
  const tex = numberTex(value);
  return value < 0 ? `(${tex})` : tex;
}

/** KaTeX is larger than all else on a page together: it comes when the page has become usable, not with it. */
const loadKatex = (() => {
  let loading: Promise<typeof import("katex")> | undefined;
  const whenIdle = () =>
    new Promise<void>((resolve) => {
      if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), {timeout: 1000});
      else setTimeout(resolve, 100);
    });
  return () => (loading ??= whenIdle().then(() => import("katex")));
})();

/** Renders TeX into `element`. */
export async function renderTex(element: HTMLElement, tex: string, displayMode = true): Promise<void> {
  const {default: katex} = await loadKatex();
  // The TeX is ours, not the reader's, so \htmlData may be trusted; numbers enter it through numberTex alone.
  katex.render(tex, element, {displayMode, throwOnError: false, strict: false, trust: true, output: "htmlAndMathml"});
}
