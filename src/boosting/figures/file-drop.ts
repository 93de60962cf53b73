/** A place to drop a file on, or to choose one; the file is read here and goes nowhere. */
import {html} from "htl";

export interface FileDropOptions {
  readonly label: string;
  readonly accept: string;
  readonly onText: (text: string, name: string) => void;
  readonly onError: (message: string) => void;
}

export function fileDrop({label, accept, onText, onError}: FileDropOptions): HTMLElement {
  const input = html`<input type="file" accept=${accept}>` as HTMLInputElement;
  const read = async (file: File | undefined) => {
    if (!file) return;
    try {
      onText(await file.text(), file.name);
    } catch (error) {
      onError(error instanceof Error ? error.message : String(error));
    }
  };
  input.addEventListener("change", () => {
    void read(input.files?.[0]);
    input.value = "";
  });
  const element = html`<label class="file-drop"><span>${label}</span>${input}</label>`;
  element.addEventListener("dragover", (event: DragEvent) => {
    event.preventDefault();
    element.classList.add("over");
  });
  element.addEventListener("dragleave", () => element.classList.remove("over"));
  element.addEventListener("drop", (event: DragEvent) => {
    event.preventDefault();
    element.classList.remove("over");
    void read(event.dataTransfer?.files[0]);
  });
  return element;
}
