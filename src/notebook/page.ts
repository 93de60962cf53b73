/** What every page has: the theme button, the backend's badge, links that set a figure, and what works offline. */
import {backendBadge} from "./badge.js";
import {themeToggle} from "./theme.js";
import {followHash} from "./hash.js";
import {followTryLinks} from "./try-links.js";

document.querySelector("#theme-toggle")?.replaceWith(themeToggle());
document.querySelector("#backend-badge")?.replaceWith(backendBadge());
followTryLinks(document);
followHash();

// The manifest stands in built pages only (build/pages.ts): a preview is never answered from a cache. Nor is a figure
// inside another site's page.
if (document.querySelector("link[rel=manifest]") && window === top && "serviceWorker" in navigator) {
  void import("./offline.js").then(({keepForOffline}) => keepForOffline());
}
