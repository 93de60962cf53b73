/** Which backend computes what the reader sees, or why it is not the fast one. */
import {html} from "htl";
import {watchBackend} from "../compute/status.js";
import type {BackendStatus} from "../compute/status.js";

const words: {[S in BackendStatus["state"]]: (status: Extract<BackendStatus, {state: S}>) => string} = {
  idle: () => "WebGPU starts with the first figure that needs it",
  starting: () => "WebGPU is starting…",
  webgpu: ({adapter}) => `WebGPU · ${adapter}`,
  cpu: ({reason}) => `CPU fallback: ${reason}`,
  lost: ({reason}) => `GPU lost (${reason}), restarting…`
};

/** @param signal stops the badge's watching */
export function backendBadge(signal?: AbortSignal): HTMLElement {
  const badge = html`<span class="badge" role="status"></span>`;
  const stop = watchBackend((status) => {
    badge.dataset.backend = status.state;
    badge.textContent = (words[status.state] as (status: BackendStatus) => string)(status);
    badge.title = badge.textContent;
    badge.hidden = status.state === "idle";
  });
  signal?.addEventListener("abort", stop, {once: true});
  return badge;
}
