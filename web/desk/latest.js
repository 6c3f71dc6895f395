// Questions that may overtake each other: of several answers the one to the latest question counts.

export function createLatest() {
  let asked = 0;
  return {
    /**
     * @template T
     * @param {() => Promise<T>} question
     * @param {(answer: T) => void} take
     * @param {(error: Error) => void} fail
     */
    async ask(question, take, fail) {
      const mine = ++asked;
      try {
        const answer = await question();
        if (mine === asked) take(answer);
      } catch (error) {
        if (mine === asked) fail(error);
      }
    },

    /** What was asked is not wanted any more. */
    forget() {
      asked += 1;
    },
  };
}
