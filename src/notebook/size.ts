/** The width a figure has to draw in: figures draw in real pixels, so that text keeps its size on a phone. */
export function watchWidth(element: Element, listener: (width: number) => void, signal: AbortSignal): void {
  let last = -1;
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.round(entry!.contentRect.width);
    if (width === last || width === 0) return;
    last = width;
    listener(width);
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect(), {once: true});
}
