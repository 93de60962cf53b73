/** Runs a generator to its end at once, and gives what it returns. */
export function drain<R>(generator: Generator<unknown, R>): R {
  for (;;) {
    const step = generator.next();
    if (step.done) return step.value;
  }
}
