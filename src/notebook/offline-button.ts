/** The button that keeps the whole site in the reader's browser. */
import {html} from "htl";

const labels = {
  keep: "Keep the whole site for reading offline",
  progress: (done: number, total: number) => `${done} of ${total} files kept`,
  done: (total: number) => `All ${total} files are kept: these pages now open without a network.`,
  failed: "That did not work: "
};

export function offlineButton(): HTMLElement {
  const button = html`<button type="button">${labels.keep}</button>` as HTMLButtonElement;
  const status = html`<span role="status"></span>`;
  const keep = async () => {
    button.disabled = true;
    try {
      const {keepWholeSite} = await import("./offline.js");
      const total = await keepWholeSite((done, all) => (status.textContent = labels.progress(done, all)));
      status.textContent = labels.done(total);
    } catch (error) {
      status.textContent = labels.failed + (error instanceof Error ? error.message : String(error));
    }
    button.disabled = false;
  };
  button.addEventListener("click", () => void keep());
  return html`<p>${button} ${status}</p>`;
}
