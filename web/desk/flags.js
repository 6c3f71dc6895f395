// "The assistant did not understand this": a customer's message is pointed out to the administrators, the reason may follow.

import { createReasonDialog } from "./flag_dialog.js";

/** @param {{store: object, api: {request: Function}}} parts */
export function createFlags({ store, api }) {
  const say = (text, tone) => store.dispatch("notice", { text, tone });

  async function send(conversationId, seq, reason) {
    const { words } = await api.request("POST", `/conversations/${encodeURIComponent(conversationId)}/messages/${seq}/flag`, { reason });
    store.dispatch("flagged", { conversationId, seq });
    return words;
  }

  /** At once, without a question; who wants to say why presses again. */
  async function flag(conversationId, message) {
    if (store.state.flagged.has(keyOf(conversationId, message.seq))) return explain(conversationId, message);
    try {
      say(`“${shortened(message.text)}”${await send(conversationId, message.seq, "")}`, "good");
    } catch (error) {
      if (error.status !== 401) say(error.message, "danger");
    }
  }

  function explain(conversationId, message) {
    createReasonDialog({ text: message.text, save: async (reason) => say(await send(conversationId, message.seq, reason), "good") });
  }

  return {
    flag,
    /** The customer's last words of the conversation that is open. */
    flagLast() {
      const { openId, threads } = store.state;
      const last = threads.get(openId)?.messages.findLast(({ speaker }) => speaker === "customer");
      if (last) void flag(openId, last);
    },
  };
}

export const keyOf = (conversationId, seq) => `${conversationId}/${seq}`;

const shortened = (text) => (text.length > 16 ? `${text.slice(0, 16)}…` : text);
