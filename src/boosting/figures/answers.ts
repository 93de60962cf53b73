/** A figure's answers from the worker: the newest there is, while the one to the settings of now is on its way. */
import type {Answer, AnswerName, Question} from "../tasks.js";

export interface Answered<N extends AnswerName> {
  readonly question: Question<N>;
  readonly answer: Answer<N>;
}

export interface AnswersOptions {
  readonly signal: AbortSignal;
  /** Something new is there to be drawn. */
  readonly redraw: () => void;
  readonly onError: (message: string) => void;
}

/**
 * Returns a function that takes the question of now and gives the newest answer, to it or to one before; none at first.
 * Questions that are overtaken while another is being answered are never computed.
 */
export function answersFrom<N extends AnswerName>(name: N, {signal, redraw, onError}: AnswersOptions) {
  let [newest, asked]: [Answered<N> | undefined, string] = [undefined, ""];
  let next: Question<N> | undefined;
  let busy = false;

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    const {answerer} = await import("../tasks.training.js");
    if (signal.aborted) return;
    const answer = (ask ??= answerer(name, signal));
    while (next !== undefined && !signal.aborted) {
      const question = next;
      next = undefined;
      try {
        newest = {question, answer: await answer(question)};
        redraw();
      } catch (error) {
        onError(error instanceof Error ? error.message : String(error));
      }
    }
    busy = false;
  }
  let ask: ((question: Question<N>) => Promise<Answer<N>>) | undefined;

  return (question: Question<N>): Answered<N> | undefined => {
    const key = JSON.stringify(question);
    if (key !== asked) {
      asked = key;
      next = question;
      void work();
    }
    return newest;
  };
}
