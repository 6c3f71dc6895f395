// Tells the server what the agent has before his eyes, once per message; only of his own conversations.

import { isAttentive } from "./conversation_frames.js";
import { isMine } from "./visibility.js";

/** @param {{live: {seen: (id: string, seq: number) => void}}} parts */
export function createReading({ live }) {
  const told = new Map();
  return {
    tell(state) {
      const id = state.openId;
      const summary = state.conversations.get(id);
      if (!summary || !isMine(state.me, summary) || !isAttentive(state, id)) return;
      const seq = state.threads.get(id)?.messages.at(-1)?.seq ?? 0;
      if (seq <= (told.get(id) ?? 0)) return;
      told.set(id, seq);
      live.seen(id, seq);
    },
  };
}
