/** Types of modules that ship none. */
declare module "htl" {
  type Tag<T> = (strings: TemplateStringsArray, ...values: unknown[]) => T;
  export const html: Tag<HTMLElement>;
  export const svg: Tag<SVGElement>;
}

declare module "observablehq:stdlib" {
  export function FileAttachment(name: string): {
    readonly href: string;
    json<T = unknown>(): Promise<T>;
  };
}

/** Made at build (build/modules.ts): the site's styles for a shadow tree, and its fonts. */
declare module "workings:style" {
  export const styles: string;
}

declare module "workings:fonts" {
  export const faces: readonly {
    readonly family: string;
    readonly weight: string;
    readonly style: string;
    readonly file: string;
  }[];
}
