/**
 * `embed/element.js`: the custom element around the figures' modules.
 *
 *     <workings-figure figure="iou/box-playground" state="kind=ciou&step=3"></workings-figure>
 */
import type {Mount, MountOptions, Mounted, State} from "./mount.js";

class WorkingsFigure extends HTMLElement {
  static readonly observedAttributes = ["figure", "state", "theme"];
  #mounted: Mounted | undefined;
  #asked = 0;

  connectedCallback(): void {
    void this.#show();
  }

  disconnectedCallback(): void {
    this.#asked++;
    this.#clear();
  }

  attributeChangedCallback(name: string): void {
    if (!this.isConnected) return;
    if (name === "state" && this.#mounted) this.#mounted.value = stateOf(this.getAttribute("state") ?? "");
    else void this.#show();
  }

  /** The figure's state, once it is there. */
  get value(): State | undefined {
    return this.#mounted?.value;
  }

  set value(state: State) {
    if (this.#mounted) this.#mounted.value = state;
  }

  async #show(): Promise<void> {
    const asked = ++this.#asked;
    const figure = this.getAttribute("figure") ?? "";
    if (!/^[\w-]+\/[\w-]+$/.test(figure)) return this.#clear();
    const address = new URL(`${figure}.js`, import.meta.url).href;
    const {mount} = (await import(address)) as {readonly mount: Mount};
    // Attributes may have changed, or the element have gone, while the module loaded.
    if (asked !== this.#asked) return;
    this.#clear();
    const theme = this.getAttribute("theme") as MountOptions["theme"] | null;
    this.#mounted = mount(this, {state: this.getAttribute("state") ?? "", ...(theme && {theme})});
    this.dispatchEvent(new CustomEvent("workings:ready", {bubbles: true}));
  }

  #clear(): void {
    this.#mounted?.unmount();
    this.#mounted = undefined;
  }
}

const stateOf = (query: string): State => Object.fromEntries(new URLSearchParams(query));

if (!customElements.get("workings-figure")) customElements.define("workings-figure", WorkingsFigure);
