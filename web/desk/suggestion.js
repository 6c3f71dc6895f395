// What the assistant would answer to the customer's last question: a draft for who serves the conversation.

export const NOTHING = Object.freeze({ state: "idle", intent: null, text: "", error: "" });

/** @param {{ask: (id: string, seq: number) => Promise<object>, changed: (found: typeof NOTHING) => void}} parts */
export function createSuggestion({ ask, changed }) {
  let wanted = "";

  /** The conversation in view and the number of the message that wants an answer; null if none does. */
  return async function follow(id, seq) {
    const question = seq === null ? "" : `${id}/${seq}`;
    if (question === wanted) return;
    wanted = question;
    changed(question ? { ...NOTHING, state: "loading" } : NOTHING);
    if (!question) return;
    try {
      const { intent, text } = await ask(id, seq);
      if (question === wanted) changed({ state: "done", intent, text, error: "" });
    } catch (error) {
      if (question === wanted) changed({ ...NOTHING, state: "failed", error: error.message });
    }
  };
}
