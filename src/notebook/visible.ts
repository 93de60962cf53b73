/** Whether an element is on screen: figures rest while nobody can see them. */
export function watchVisible(
  element: Element,
  listener: (visible: boolean) => void,
  signal: AbortSignal
): () => void {
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) listener(entry.isIntersecting);
  });
  observer.observe(element);
  // Asked for again at each run: what is stopped leaves nothing on the figure's signal.
  const stop = () => {
    observer.disconnect();
    signal.removeEventListener("abort", stop);
  };
  signal.addEventListener("abort", stop, {once: true});
  return stop;
}
