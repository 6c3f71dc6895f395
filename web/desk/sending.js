// Messages on their way out: one after the other per conversation, the same id on every try.

/** @param {{store: object, api: object}} parts */
export function createSending({ store, api }) {
  const tails = new Map(); // conversation → the end of its line of messages

  async function post(conversationId, { id, text, file }, leave) {
    try {
      const { message } = await (file ? api.sendFile(conversationId, id, file) : api.send(conversationId, { id, text, ...leave }));
      store.dispatch("message", { conversation_id: conversationId, message });
    } catch (error) {
      store.dispatch("send_failed", { conversationId, id, error: error.message, offline: error.unreachable ?? false, findings: error.findings ?? [] });
    }
  }

  /** `file`: a File, whose name the `text` is. `leave`: {confirmed} or {override}, what the agent or lead means all the same (guard.js). */
  function send(conversationId, { id, text, at, file = null }, leave = {}) {
    store.dispatch("sending", { conversationId, id, text, at, file });
    const turn = (tails.get(conversationId) ?? Promise.resolve()).then(() => post(conversationId, { id, text, file }, leave));
    tails.set(conversationId, turn);
    return turn;
  }

  return {
    send,

    /** The connection is back: what did not reach the server goes again, oldest first. */
    resend() {
      for (const [conversationId, { outbox }] of store.state.threads) {
        for (const draft of outbox.filter(({ state, offline }) => state === "failed" && offline)) send(conversationId, draft);
      }
    },
  };
}
