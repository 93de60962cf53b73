/** What stands in for Framework's FileAttachment in the modules: the same built file, by its address below the root. */
import {siteFile} from "../notebook/site-root.js";

export interface AttachedFile {
  readonly href: string;
  json<T = unknown>(): Promise<T>;
}

export function attachedFile(path: string): AttachedFile {
  return {
    get href() {
      return siteFile(path);
    },
    async json<T>() {
      const response = await fetch(siteFile(path));
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return (await response.json()) as T;
    }
  };
}
