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
  const stop = () => observer.disconnect();
  signal.addEventListener("abort", stop, {once: true});
  return stop;
}
