// Searches all conversations: what is typed, after a pause; a further page on demand.

import { createLatest } from "./latest.js";

const PAUSE_MS = 300;

export const NOTHING = Object.freeze({ query: "", state: "idle", results: [], words: [], before: null, error: "" });

/** @param {{api: object, clock: object, changed: (found: typeof NOTHING) => void}} parts */
export function createSearch({ api, clock, changed }) {
  let found = NOTHING;
  const latest = createLatest();
  let stopWaiting = () => {};

  function set(fields) {
    found = { ...found, ...fields };
    changed(found);
  }

  async function ask(query, before) {
    stopWaiting();
    set({ query, state: "loading", error: "", ...(before ? {} : { results: [] }) });
    await latest.ask(
      () => api.search(query, before),
      ({ results, words, before: next }) => set({ state: "done", results: [...found.results, ...results], words, before: next }),
      (error) => set({ state: "failed", error: error.message }),
    );
  }

  return {
    type(text) {
      stopWaiting();
      const query = text.trim();
      if (query.length < 2) {
        latest.forget();
        return set(NOTHING);
      }
      if (query !== found.query) stopWaiting = clock.after(PAUSE_MS, () => void ask(query));
    },

    /** At once: Enter. */
    now(text) {
      const query = text.trim();
      if (query) void ask(query);
    },

    more: () => found.before !== null && found.state !== "loading" && void ask(found.query, found.before),
  };
}

/** The pieces of a line: [text, whether it is one of the words]. */
export function marked(line, words) {
  const plain = [...line].map((char) => char.normalize("NFKC").toLowerCase());
  if (plain.some((char) => char.length !== 1)) return [[line, false]];
  const hits = new Array(plain.length).fill(false);
  const text = plain.join("");
  for (const word of words) {
    for (let at = text.indexOf(word); word && at !== -1; at = text.indexOf(word, at + 1)) hits.fill(true, at, at + word.length);
  }
  const pieces = [];
  [...line].forEach((char, at) => {
    if (pieces.length && pieces.at(-1)[1] === hits[at]) pieces.at(-1)[0] += char;
    else pieces.push([char, hits[at]]);
  });
  return pieces;
}
