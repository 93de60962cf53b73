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
