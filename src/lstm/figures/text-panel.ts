/** What a character model writes, how warm, and the reader's own text to learn from. */
import {html} from "htl";
import type {TextTask} from "../tasks/text.js";

const labels = {
  paste: "Your text",
  placeholder: "Paste a few paragraphs: a poem, a chapter, source code. It stays in your browser.",
  learn: "Learn this text",
  learnt: (characters: number, kinds: number) => `${new Intl.NumberFormat("en").format(characters)} characters of ${kinds} kinds.`,
  writes: (name: string, step: number, opening: string) => `What the ${name} writes after ${step} steps, having read “${opening}”:`
};

export interface TextPanel {
  readonly element: HTMLElement;
  show(view: {readonly shown: boolean; readonly own: boolean}): void;
  /** What is written now; from `own` on, the newest. */
  write(name: string, step: number, opening: string, text: string): void;
}

/** @param learn makes a task of the text, or throws an error that says why not */
export function textPanel(learn: (text: string) => TextTask): TextPanel {
  const area = html`<textarea rows="5" placeholder=${labels.placeholder}></textarea>` as HTMLTextAreaElement;
  const message = html`<span role="status"></span>`;
  const button = html`<button type="button">${labels.learn}</button>`;
  button.addEventListener("click", () => {
    try {
      const {text, alphabet} = learn(area.value);
      message.textContent = labels.learnt(text.length, alphabet.length);
    } catch (error) {
      message.textContent = error instanceof Error ? error.message : String(error);
    }
  });
  const paste = html`<div class="own-text"><label><span class="control-label">${labels.paste}</span>${area}</label><div>${button}${message}</div></div>`;
  const head = html`<p></p>`;
  const text = html`<blockquote class="written"></blockquote>`;
  const element = html`<div class="text-panel">${paste}${head}${text}</div>`;
  return {
    element,
    show({shown, own}) {
      element.hidden = !shown;
      paste.hidden = !own;
      if (!shown) head.textContent = text.textContent = "";
    },
    write(name, step, opening, written) {
      head.textContent = labels.writes(name, step, opening.replaceAll("\n", "⏎"));
      text.textContent = written;
    }
  };
}
