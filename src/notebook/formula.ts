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
  return formula.replace(slot, (whole: string, name: string, symbol: string | undefined, at: number) => {
    const value = values[name];
    const enclosed = formula[at - 1] === "(" && formula[at + whole.length] === ")";
    const number = enclosed ? numberTex : parenthesised;
    const shown = mode === "numbers" && value !== undefined ? number(value) : (symbol ?? name);
    return `\\htmlData{slot=${name}}{${shown}}`;
  });
}

/** Negative numbers in parentheses, so that "a − −2" cannot be written. */
function parenthesised(value: number): string {
  const tex = numberTex(value);
  return value < 0 ? `(${tex})` : tex;
}

let katexLoading: Promise<typeof import("katex")> | undefined;
const latest = new WeakMap<HTMLElement, string>();

/**
 * Renders TeX into `element` when the page has a moment: while a box is dragged the drawing comes first, and of many
 * calls for one element only the last is rendered. KaTeX is larger than all else on a page together, so it, too, comes
 * once the page is usable.
 */
export async function renderTex(element: HTMLElement, tex: string, displayMode = true): Promise<void> {
  latest.set(element, tex);
  await idle();
  const {default: katex} = await (katexLoading ??= import("katex"));
  if (latest.get(element) !== tex) return;
  // The TeX is ours, not the reader's, so \htmlData may be trusted; numbers enter it through numberTex alone.
  // In a page without a doctype, where figures are embedded too, KaTeX does not promise its boxes: MathML stands alone.
  const output = document.compatMode === "CSS1Compat" ? "htmlAndMathml" : "mathml";
  element.innerHTML = katex.renderToString(tex, {displayMode, throwOnError: false, strict: false, trust: true, output});
}

/** Resolves when the page rests, in a tenth of a second at most. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), {timeout: 100});
    else setTimeout(resolve, 50);
  });
}
