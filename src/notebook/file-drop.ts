/** A place to drop files on, or to choose them; they are read here and go nowhere. */
import {html} from "htl";

interface FileDropBase {
  readonly label: string;
  readonly accept: string;
}

export interface TextDropOptions extends FileDropBase {
  /** Gets the file's text. */
  readonly onText: (text: string, name: string) => void;
  readonly onError: (message: string) => void;
}

export interface FilesDropOptions extends FileDropBase {
  /** Gets all the files at once, unread. */
  readonly onFiles: (files: readonly File[]) => void;
}

export function fileDrop(options: TextDropOptions | FilesDropOptions): HTMLElement {
  const {label, accept} = options;
  const input = html`<input type="file" accept=${accept}>` as HTMLInputElement;
  input.multiple = "onFiles" in options;
  const take = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (files.length === 0) return;
    if ("onFiles" in options) options.onFiles(files);
    else void readText(files[0]!, options);
  };
  input.addEventListener("change", () => {
    take(input.files);
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
    take(event.dataTransfer?.files);
  });
  return element;
}

async function readText(file: File, {onText, onError}: TextDropOptions): Promise<void> {
  try {
    onText(await file.text(), file.name);
  } catch (error) {
    onError(error instanceof Error ? error.message : String(error));
  }
}
