/** The Content-Security-Policy under which every page runs: nothing from elsewhere, no eval, inline scripts by hash. */
import {createHash} from "node:crypto";

/**
 * A page's policy. Styles may stand in attributes, where figures put sizes and colours, but not in elements. Workers
 * may start from blobs: a page inside a sandbox may start them in no other way (src/compute/worker.ts).
 * @param servers whether the page may ask servers elsewhere: a reader's own model server, once they name it
 */
export function policyOf(html: string, servers = false): string {
  const hashes = inlineScripts(html).map((code) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`);
  return [
    "default-src 'none'",
    `script-src 'self' ${[...new Set(hashes)].join(" ")}`.trim(),
    "style-src-elem 'self'",
    "style-src-attr 'unsafe-inline'",
    "frame-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${servers ? " http: https:" : ""}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'none'"
  ].join("; ");
}

/** The text of every script element without a source that a browser would run. */
function inlineScripts(html: string): readonly string[] {
  return [...html.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>([\s\S]*?)<\/script>/g)].map(([, , code = ""]) => code);
}

/** Puts the policy before anything it governs. */
export function withPolicy(html: string, servers: boolean): string {
  return html.replace(/<meta charset="utf-8">/, (meta) => {
    return `${meta}\n<meta http-equiv="Content-Security-Policy" content="${policyOf(html, servers)}">`;
  });
}
