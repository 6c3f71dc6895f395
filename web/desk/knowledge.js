// Looks articles up for the open conversation: what the agent types, otherwise the customer's last words.

import { createLatest } from "./latest.js";

const PAUSE_MS = 300; // after the last key, before asking
const SUGGESTIONS = 3;
const RESULTS = 6;
const LONGEST_QUERY = 200;
const WANTS_PERSON = /^(我?(要|找|想要?)?(转|接)?)?人工(客服|服务)?[。.!！]*$/;

const IDLE = Object.freeze({ query: "", typed: false, state: "idle", articles: [], error: "" });

/** A picture or a voice message without words: its text is its label. */
const isWordless = ({ attachment, text }) => Boolean(attachment) && /^［[^］]*］$/.test(text);

/** The customer's last message that says something of the matter: asking for a person does not, nor does a picture. */
export function lastQuestion(messages) {
  return messages.findLast((message) => message.speaker === "customer" && !isWordless(message) && isOfMatter(message.text));
}

function isOfMatter(text) {
  return text.trim().length > 1 && !WANTS_PERSON.test(text.trim());
}

/** The words of it that can be looked up. */
export function lastWords(messages) {
  return lastQuestion(messages)?.text.trim().slice(0, LONGEST_QUERY) ?? "";
}

/** @param {{api: object, clock: object, changed: (found: typeof IDLE) => void}} parts */
export function createKnowledge({ api, clock, changed }) {
  let found = IDLE;
  const latest = createLatest();
  let conversation = null;
  let suggestedFor = "";
  let stopWaiting = () => {};

  function set(fields) {
    found = { ...found, ...fields };
    changed(found);
  }

  async function ask(query, typed) {
    stopWaiting();
    if (!query) {
      latest.forget();
      return set({ ...IDLE, typed });
    }
    set({ query, typed, state: "loading", error: "" });
    await latest.ask(
      () => api.knowledge(query, typed ? RESULTS : SUGGESTIONS),
      ({ articles }) => set({ state: "done", articles }),
      (error) => set({ state: "failed", articles: [], error: error.message }),
    );
  }

  return {
    /** The agent changes the words; an empty box goes back to the suggestions. */
    type(text) {
      const query = text.trim().slice(0, LONGEST_QUERY);
      stopWaiting();
      if (!query) return void ask(suggestedFor, false);
      stopWaiting = clock.after(PAUSE_MS, () => void ask(query, true));
    },

    /** At once: Enter. */
    search(text) {
      const query = text.trim().slice(0, LONGEST_QUERY);
      void ask(query || suggestedFor, Boolean(query));
    },

    /** The conversation in view and what its customer said last. What the agent looks for stays, unless it is another conversation. */
    follow(conversationId, words) {
      const other = conversationId !== conversation;
      if (!other && words === suggestedFor) return;
      conversation = conversationId;
      suggestedFor = words;
      if (other || !found.typed) void ask(words, false);
    },
  };
}
