/** Light, dark, or as the system has it; the choice is kept. Colours themselves live in style/colors.css. */
import {html} from "htl";

type Theme = "auto" | "light" | "dark";

const key = "workings:theme";
const labels: Record<Theme, string> = {auto: "Theme: as the system", light: "Theme: light", dark: "Theme: dark"};
const signs: Record<Theme, string> = {auto: "◐", light: "☀", dark: "☾"};
const after: Record<Theme, Theme> = {auto: "light", light: "dark", dark: "auto"};

/** A button that goes round the three. */
export function themeToggle(): HTMLElement {
  let theme = (document.documentElement.dataset.theme ?? "auto") as Theme;
  if (!(theme in labels)) theme = "auto";
  const button = html`<button type="button" class="quiet"></button>`;
  const show = () => {
    button.textContent = signs[theme];
    button.setAttribute("aria-label", labels[theme]);
    button.title = labels[theme];
  };
  button.addEventListener("click", () => {
    theme = after[theme];
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    try {
      if (theme === "auto") localStorage.removeItem(key);
      else localStorage.setItem(key, theme);
    } catch {
      // A reader who blocks storage still gets the theme for this page.
    }
    show();
  });
  show();
  return button;
}

/** Calls `listener` when the colours change, for what is painted on a canvas. */
export function onThemeChange(listener: () => void, signal: AbortSignal): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", listener, {signal});
  matchMedia("print").addEventListener("change", listener, {signal});
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, {attributes: true, attributeFilter: ["data-theme"]});
  signal.addEventListener("abort", () => observer.disconnect(), {once: true});
}

/**
 * A custom property's colour at this moment as [r, g, b], 0–255.
 * @param near an element of the figure that is painted: in someone else's page the properties live around it alone
 */
export function themeColor(name: `--${string}`, near?: Element): readonly [number, number, number] {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  probe.style.display = "none";
  (near?.isConnected ? (near.parentElement ?? near) : themed()).append(probe);
  const text = getComputedStyle(probe).color;
  probe.remove();
  const [r = 0, g = 0, b = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
}

const roots = new Set<Element>();

/** Names an element around which the custom properties live where the document itself has none. */
export function addThemeRoot(element: Element, signal: AbortSignal): void {
  roots.add(element);
  signal.addEventListener("abort", () => roots.delete(element), {once: true});
}

const themed = (): Element => [...roots].find((root) => root.isConnected) ?? document.body;
