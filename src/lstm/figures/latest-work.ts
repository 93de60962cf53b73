/** Slow answers to quick questions: one is worked on at a time, and after it the newest that was asked meanwhile. */
export interface LatestWork<Q> {
  ask(question: Q): void;
}

/** @param signal when aborted, no answer arrives any more */
export function latestWork<Q, A>(
  work: (question: Q) => Promise<A>, onAnswer: (answer: A, question: Q) => void, signal: AbortSignal
): LatestWork<Q> {
  let waiting: {readonly question: Q} | undefined;
  let busy = false;
  const next = async () => {
    busy = true;
    while (waiting && !signal.aborted) {
      const {question} = waiting;
      waiting = undefined;
      const answer = await work(question);
      if (!signal.aborted) onAnswer(answer, question);
    }
    busy = false;
  };
  return {
    ask(question) {
      waiting = {question};
      if (!busy) void next();
    }
  };
}
