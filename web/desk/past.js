// Fetches what the customer said before the open conversation.

import { EMPTY_THREAD } from "./thread_state.js";
import { canGoOn } from "./past_state.js";

/** @param {{store: object, api: object}} parts `api`: customer_api.js */
export function createPast({ store, api }) {
  return {
    async load(conversationId) {
      const { past } = store.state.threads.get(conversationId) ?? EMPTY_THREAD;
      if (!canGoOn(past)) return;
      store.dispatch("past_asked", { conversationId });
      try {
        const { conversations, before } = await api.history(conversationId, past.before);
        store.dispatch("past_loaded", { conversationId, page: { conversations, before } });
      } catch (error) {
        store.dispatch("past_failed", { conversationId, error: error.message });
      }
    },
  };
}
